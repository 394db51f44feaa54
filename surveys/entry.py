"""The entry questionnaires of a year read for the curator: what was asked for, what is offered, the means."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Avg, Count, F, FloatField, OuterRef, Q, Subquery, Value

from accounts.models import Participation
from pairs.models import Offer, Request
from surveys.models import Answer, Finding, Pick, Question, Questionnaire, Response, Thresholds, Wave

ENTRY = Questionnaire.Purpose.ENTRY


def entry_waves(year):
    """The waves of the entry diagnostics: of entry questionnaires, and whatever the first period asks by name."""
    first = Q(feeds=True, period__number=1)
    return Wave.objects.filter(Q(questionnaire__purpose=ENTRY) | first, year=year, anonymous=False)


def entry_responses(year):
    """Submitted entry questionnaires, of one person the entry questionnaire itself before its stand-in."""
    rows = Response.objects.filter(year=year, wave__in=entry_waves(year)).submitted()
    return rows.annotate(is_stand_in=~Q(wave__questionnaire__purpose=ENTRY)).order_by(
        "is_stand_in", "submitted_on", "pk"
    )


def people(year, day):
    """Who takes part on that day, each with `entry_id`, `received_on`, `from_paper` of their entry questionnaire."""
    own = entry_responses(year).filter(participation=OuterRef("pk"))
    rows = Participation.objects.filter(year=year).on(day).select_related("person", "analysis")
    return rows.annotate(
        entry_id=Subquery(own.values("pk")[:1]),
        received_on=Subquery(own.values("submitted_on")[:1]),
        from_paper=Subquery(own.values("from_paper")[:1]),
    )


ANALYSED, INTERVIEWED = Q(analysis__analysed_on__isnull=False), Q(analysis__interviewed_on__isnull=False)
RECEIVED = Q(received_on__isnull=False)
IN_STATE = {
    "received": RECEIVED,
    "no_form": ~RECEIVED,
    "to_analyse": RECEIVED & ~ANALYSED,
    "to_interview": ~INTERVIEWED,
    "done": ANALYSED & INTERVIEWED,
}


def numbers(rows):
    """{state: how many of these people}, and `all` of them; one query."""
    found = {name: Count("pk", filter=rule) for name, rule in IN_STATE.items()}
    return rows.order_by().aggregate(all=Count("pk"), **found)


@dataclass
class Entry:
    """What one entry questionnaire says: picked competences, and {competence's pk: mean of 1 to 5}."""

    picked: set = field(default_factory=set)
    means: dict = field(default_factory=dict)

    def says(self, side, limits):
        """{competence's pk: why} of what a mentee asks for or a mentor can give: "picked", else "weak" or "strong"."""
        telling = "strong" if side == Participation.Side.MENTOR else "weak"
        found = {key: telling for key, mean in self.means.items() if limits.mark(mean) == telling}
        return found | dict.fromkeys(self.picked, "picked")


def read(response_ids):
    """{response's pk: Entry} of these questionnaires; one query."""
    found, none = defaultdict(Entry), Value(None, output_field=FloatField())
    choices = {"answer__question__choices__number": F("number"), "answer__response__in": response_ids}
    chosen = "question__choices__competence"
    several = Pick.objects.filter(**choices, **{f"answer__{chosen}__isnull": False})
    single = Answer.objects.filter(
        response__in=response_ids, question__kind=Question.Kind.ONE, question__choices__number=F("value"),
        **{f"{chosen}__isnull": False},
    )  # fmt: skip
    scored = Answer.objects.filter(response__in=response_ids, score__isnull=False, competence__isnull=False)
    rows = scored.order_by().values_list("response_id", "competence_id").annotate(mean=Avg("score")).union(
        several.values_list("answer__response_id", f"answer__{chosen}_id").annotate(mean=none),
        single.values_list("response_id", f"{chosen}_id").annotate(mean=none), all=True,
    )  # fmt: skip
    for response, competence, mean in rows:
        if mean is None:
            found[response].picked.add(competence)
        else:
            found[response].means[competence] = float(mean)
    return found


@dataclass
class Reading:
    """One participant as the curator reads them: what the questionnaire says, and what was made of it."""

    part: object
    says: dict  # competence's pk -> picked, weak or strong
    means: dict  # competence's pk -> mean
    standing: set  # competences of the person's requests or offers
    findings: dict  # competence's pk -> the finding that took it over
    limits: Thresholds

    @property
    def to_take(self):
        """What the questionnaire says and the registry lacks."""
        return [key for key in self.says if key not in self.standing]

    def marks(self, competences):
        """[(competence, mean, "weak" or "strong" or "")] of those with a mean, in the order of the school's list."""
        return [
            (each, self.means[each.pk], self.limits.mark(self.means[each.pk]))
            for each in competences
            if each.pk in self.means
        ]

    def chips(self, competences):
        """[(competence, state, why, finding or None)]; state: new, taken (by a finding), there (in the registry)."""
        found = []
        for each in competences:
            finding = self.findings.get(each.pk)
            if each.pk in self.standing:
                found.append((each, "taken" if finding else "there", self.says.get(each.pk, ""), finding))
            elif each.pk in self.says:
                found.append((each, "new", self.says[each.pk], None))
        return found


def readings(parts, limits):
    """[Reading] of participations that came from `people`; three queries."""
    parts = list(parts)
    ids, keys = [part.entry_id for part in parts if part.entry_id], [part.pk for part in parts]
    entries = read(ids) if ids else {}
    standing, findings = defaultdict(set), defaultdict(dict)
    own = {"participation__in": keys}
    wanted = Request.objects.filter(**own).values_list("participation_id", "competence_id")
    given = Offer.objects.filter(**own).values_list("participation_id", "competence_id")
    for part, competence in wanted.union(given, all=True):
        standing[part].add(competence)
    for finding in Finding.objects.filter(**own).select_related("by"):
        findings[finding.participation_id][finding.competence_id] = finding
    return [
        Reading(
            part, entry.says(part.side, limits), entry.means, standing[part.pk], findings[part.pk], limits
        )
        for part in parts
        for entry in [entries.get(part.entry_id) or Entry()]
    ]  # fmt: skip
