"""Who has given which consent, and what a missing one blocks."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Consent, Participation, User

Kind = Consent.Kind
PARTICIPATION, PERSONAL_DATA, MENTOR_WORK, PUBLICATION = (
    Kind.PARTICIPATION, Kind.PERSONAL_DATA, Kind.MENTOR_WORK, Kind.PUBLICATION,
)  # fmt: skip
KINDS = (PARTICIPATION, PERSONAL_DATA, MENTOR_WORK, PUBLICATION)  # in the order of the columns
# Of the fourth nobody is reminded: it is free, and who is silent has answered.
NEEDED = (PARTICIPATION, PERSONAL_DATA, MENTOR_WORK)

SHORT = {
    PARTICIPATION: pgettext_lazy("consent", "Participation"),
    PERSONAL_DATA: pgettext_lazy("consent", "Personal data"),
    MENTOR_WORK: pgettext_lazy("consent", "Work as a mentor"),
    PUBLICATION: pgettext_lazy("consent", "Publication"),
}
BLOCKS = {
    PARTICIPATION: _("Nobody is put into a pair against their will: the page of the order warns before it is signed."),
    PERSONAL_DATA: _(
        "Beyond the employment itself nothing may be kept on the person, no card, no answers: the page of the order warns."
    ),
    MENTOR_WORK: _("From 1 March 2025 on no order fixes a pair with this mentor (Labour Code, art. 351.8)."),
    PUBLICATION: _("Name and photo stay off the public rubric and the school's site."),
}


class State(models.TextChoices):
    MISSING = "missing", pgettext_lazy("consent", "Not given")
    GIVEN = "given", pgettext_lazy("consent", "Given")
    OLDER = "older", pgettext_lazy("consent", "Given to an older version")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


IN_FORCE = (State.GIVEN, State.OLDER)
LACKING = (State.MISSING, State.WITHDRAWN)


def parts_of(year, day):
    """Participations of a person in the year that have not ended; for Exists over people."""
    return Participation.objects.filter(Q(until__isnull=True) | Q(until__gte=day), year=year, person=OuterRef("pk"))


def people_of(user, year, day, side=""):
    """Those whose consents this person looks after: the participants of the year."""
    parts = parts_of(year, day)
    people = User.objects.visible_to(user).filter(Exists(parts.filter(side=side) if side else parts))
    return with_states(people, year, day)


def with_states(people, year, day):
    """Adds `state_<kind>` to each person: empty for what is not asked of them and was never given."""
    people = people.annotate(
        takes_part=Exists(parts_of(year, day)), is_mentor=Exists(parts_of(year, day).filter(side="mentor"))
    )
    return people.annotate(**{f"state_{kind}": state_of(kind, day) for kind in KINDS})


def state_of(kind, day):
    own = Consent.objects.filter(person=OuterRef("pk"), kind=kind, given_on__lte=day)
    live = own.in_force(day)
    asked = {MENTOR_WORK: Q(is_mentor=True), PARTICIPATION: Q(takes_part=True)}.get(kind)
    free = [When(~asked, then=Value(""))] if asked else []
    return Case(
        When(Exists(live.given_to_older_text()), then=Value(State.OLDER.value)),
        When(Exists(live), then=Value(State.GIVEN.value)),
        When(Exists(own), then=Value(State.WITHDRAWN.value)),
        *free,
        default=Value(State.MISSING.value),
        output_field=models.CharField(),
    )


def lacking(kinds=NEEDED, states=LACKING):
    """People who lack one of these."""
    found = Q()
    for kind in kinds:
        found |= Q(**{f"state_{kind}__in": states})
    return found


@dataclass(frozen=True)
class Number:
    """How many people are in which state, of one kind."""

    kind: str
    of: dict

    @property
    def short(self):
        return SHORT[self.kind]

    @property
    def asked(self):
        return sum(self.of.values())

    @property
    def in_force(self):
        return sum(self.of[state] for state in IN_FORCE)

    @property
    def words(self):
        """«2 не дано», the states worth a look."""
        return [f"{State(state).label.lower()}: {n}" for state, n in self.of.items() if n and state != State.GIVEN]


def counts(people):
    """A Number of each kind, one query for all."""
    fields = [f"state_{kind}" for kind in KINDS]
    rows = list(people.order_by().values(*fields).annotate(n=Count("pk")))
    return [
        Number(kind, {state: sum(row["n"] for row in rows if row[field] == state) for state in State})
        for kind, field in zip(KINDS, fields, strict=True)
    ]


def with_consents(people):
    """Each person's consents come along, the newest first, with the versions they were given to."""
    return people.prefetch_related(Prefetch("consents", Consent.objects.select_related("text"), to_attr="papers"))


@dataclass(frozen=True)
class Line:
    """One kind of consent of one person."""

    person: User
    kind: str
    state: str
    consent: Consent | None  # the newest of the kind

    @property
    def key(self):
        return f"{self.person.pk}-{self.kind}"

    @property
    def label(self):
        return State(self.state).label if self.state else ""

    @property
    def short(self):
        return SHORT[self.kind]

    @property
    def full(self):
        return Kind(self.kind).label

    @property
    def tone(self):
        """Silence about what is free is no lack."""
        if self.state == State.MISSING:
            return "lacking" if self.needed else "free"
        return "lacking" if self.state == State.WITHDRAWN else self.state

    @property
    def lacks(self):
        return self.state in LACKING

    @property
    def needed(self):
        return self.kind in NEEDED

    @property
    def blocks(self):
        return BLOCKS[self.kind]


def lines_of(person, kinds=KINDS):
    """The consents of a person that `with_states` and `with_consents` found; what is not asked of them is left out."""
    lines = [line_of(person, kind) for kind in kinds]
    return [line for line in lines if line.state]


def line_of(person, kind):
    newest = next((consent for consent in person.papers if consent.kind == kind), None)
    return Line(person, kind, getattr(person, f"state_{kind}"), newest)
