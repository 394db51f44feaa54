"""Needs × resources of a school: per competence who asks, who can give, and the gap between them."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Participation
from pairs.models import Competence, Offer, Pair, Request
from papers.chart import Cell, heat
from papers.table import Column, Table

ENOUGH_SHADES = 4


@dataclass(frozen=True)
class Who:
    """Somebody in a row of the sheet: `pk` is the person's."""

    pk: int
    name: str
    met: bool = False  # their mentor gives it
    places: int = 0


@dataclass
class Need:
    """One competence of the sheet."""

    competence: Competence
    asking: list = field(default_factory=list)  # mentees whose request it is
    giving: list = field(default_factory=list)  # mentors whose offer it is

    @property
    def asks(self):
        return len(self.asking)

    @property
    def met(self):
        return sum(who.met for who in self.asking)

    @property
    def gives(self):
        return len(self.giving)

    @property
    def places(self):
        return sum(who.places for who in self.giving)

    @property
    def gap(self):
        """Requests that neither the mentee's own mentor nor a free place of another answers."""
        return max(0, self.asks - self.met - self.places)


def needs_of(year, on):
    """[Need] in the order of the school's list, those nobody speaks of and no longer offered left out; three queries."""
    found = {each.pk: Need(each) for each in Competence.objects.filter(school=year.school_id)}
    for row in asking(year, on):
        found[row["competence_id"]].asking.append(who_of(row, met=row["met"]))
    for row in giving(year, on):
        free = max(0, row["participation__capacity"] - row["participation__live_pairs"])
        found[row["competence_id"]].giving.append(who_of(row, places=free))
    return [need for need in found.values() if need.asks or need.gives or not need.competence.archived]


NAMES = [f"participation__person__{part}" for part in ("last_name", "first_name", "patronymic", "pk")]


def asking(year, on):
    pairs = Pair.objects.filter(year=year).fixed_by(on)
    own = pairs.filter(mentee=OuterRef("participation"), mentor__offers__competence=OuterRef("competence"))
    rows = of_side(Request, year, on, Participation.Side.MENTEE).annotate(met=Exists(own))
    return rows.values("competence_id", "met", *NAMES)


def giving(year, on):
    rows = of_side(Offer, year, on, Participation.Side.MENTOR)
    return rows.values("competence_id", "participation__capacity", "participation__live_pairs", *NAMES)


def of_side(model, year, on, side):
    parts = Participation.objects.filter(year=year, side=side).on(on)
    return model.objects.filter(participation__in=parts).order_by("participation__person__sort_key", "pk")


def who_of(row, **fields):
    last, first, patronymic, person = (row[name] for name in NAMES)
    initials = " ".join(f"{part[0]}." for part in (first, patronymic) if part)
    return Who(person, f"{last} {initials}".strip(), **fields)


# ---------------------------------------------------------------- as a heat map and as a table


def heat_map(needs):
    """The sheet as SVG: darker is more; a triangle marks a gap, a tick what is covered."""
    most = max([1, *(max(need.asks, need.gives, need.places) for need in needs)])
    columns = [_("Asks"), _("In a pair"), _("Gives"), _("Places"), _("Gap")]
    rows = [
        (
            need.competence.name,
            [
                *(Cell(value, shade(value, most), tone) for value, tone in (
                    (need.asks, "c3"), (need.met, "c3"), (need.gives, "c1"), (need.places, "c1"))),
                gap_cell(need, most),
            ],
        )
        for need in needs
    ]  # fmt: skip
    return heat(columns, rows, _("Needs and resources by competence"))


def shade(value, most):
    """0 for nothing, else 1 to ENOUGH_SHADES."""
    return -(-ENOUGH_SHADES * value // most)


def gap_cell(need, most):
    if need.gap:
        return Cell(need.gap, max(2, shade(need.gap, most)), "bad", "gap")
    return Cell(0, 1 if need.asks else 0, "ok", "met" if need.asks else "")


def needs_table(needs):
    """The same as a table, with the names."""
    counts = numbers_table(needs)
    competence, asks, met, gives, *rest = counts.columns
    columns = [
        competence, asks, Column(_("Who asks"), width=34), met, gives, Column(_("Who can give"), width=34), *rest
    ]  # fmt: skip
    rows = [
        (name, asks, names(need.asking), met, gives, names(need.giving), *rest)
        for need, (name, asks, met, gives, *rest) in zip(needs, counts.rows, strict=True)
    ]
    return Table(counts.title, columns, rows, note=counts.note)


def numbers_table(needs):
    columns = [
        Column(_("Competence"), width=30),
        Column(_("Ask for it"), "int", width=10),
        Column(_("Of them in a pair"), "int", width=11),
        Column(_("Can give it"), "int", width=10),
        Column(_("Free places"), "int", width=13),
        Column(_("Gap"), "int", width=10),
    ]
    rows = [(need.competence.name, need.asks, need.met, need.gives, need.places, need.gap) for need in needs]
    return Table(_("Needs and resources"), columns, rows, note=formula())


def names(people):
    return ", ".join(who.name for who in people)


def formula():
    return _(
        "Asks: mentees with such a request. In a pair: those whose mentor gives it. Gap: requests, less those in a pair, less the free places of the mentors who give it."
    )
