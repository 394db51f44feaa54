"""Growth of one person from wave to wave, what a weak competence led to, and whether the next wave moved."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from accounts.models import Participation
from accounts.roles import Role
from pairs.models import Competence, Pair, Plan, PlanTemplateItem
from papers.chart import lines
from surveys.models import Answer, Support, Thresholds, Wave

LOWEST, HIGHEST = 1, 5
PROPOSED = 3  # lines offered against one weakness
READ = (Pair.State.FIXED, Pair.State.COMPLETED)


def parts_seen_by(user):
    """Participations whose growth this person reads by name: one's own, of the mentees of one's pairs, all for the curator."""
    rows = Participation.objects.filter(year__school_id=user.school_id)
    if user.has_role(Role.CURATOR):
        return rows
    pairs = Pair.objects.filter(mentor__person=user, state__in=READ)
    return rows.filter(Q(person=user) | Q(pk__in=pairs.values("mentee_id")))


@dataclass(frozen=True)
class Point:
    """A competence in one wave: the mean of `count` answers, 1 to 5."""

    wave: Wave
    mean: float
    count: int


@dataclass
class Line:
    """One competence through the year's waves."""

    competence: Competence
    points: dict  # wave's pk -> Point, in the order of the waves
    limits: Thresholds
    support: list = field(default_factory=list)  # [Help]
    proposals: list = field(default_factory=list)  # [PlanTemplateItem]

    @property
    def answered(self):
        return list(self.points.values())

    @property
    def last(self):
        return self.answered[-1]

    @property
    def change(self):
        """The last answered mean less the first; None unless both are there."""
        known = self.answered
        return known[-1].mean - known[0].mean if len(known) > 1 else None

    @property
    def mark(self):
        return self.limits.mark(self.last.mean)

    def cells(self, waves):
        return [(wave, self.points.get(wave.pk)) for wave in waves]

    def after(self, wave):
        """The points from that wave on: its own, if it was answered, and the next one; the rest left out."""
        return [point for point in self.answered if point.wave.opens_on >= wave.opens_on][:2]


@dataclass(frozen=True)
class Help:
    """Something accepted against a weakness, and what the next answered wave said."""

    support: Support
    points: list  # of the wave that showed the weakness and of the next answered one

    @property
    def change(self):
        return self.points[1].mean - self.points[0].mean if len(self.points) == 2 else None

    @property
    def next_wave(self):
        return self.points[1].wave if len(self.points) == 2 else None


@dataclass
class Growth:
    """One participation with its waves and competences."""

    part: Participation
    waves: list
    lines: list
    plan: Plan | None = None

    @property
    def label(self):
        return self.part.get_side_display()

    @property
    def rows(self):
        return [(line, line.cells(self.waves)) for line in self.lines]

    @property
    def weak(self):
        return [line for line in self.lines if line.mark == "weak"]

    @property
    def helped(self):
        return [line for line in self.lines if line.support]

    @property
    def chart(self):
        if len(self.waves) < 2:
            return ""
        days = {wave.pk: f"{wave.opens_on:%d.%m}" for wave in self.waves}  # names of four periods find no room there
        series = [
            (line.competence.name, [(days[wave.pk], point and point.mean) for wave, point in line.cells(self.waves)])
            for line in self.lines
        ]
        return lines(series, _("Competences from wave to wave"), LOWEST, HIGHEST)


def growth_of(parts, year, with_proposals=True):
    """[Growth] of these participations of one school that have answered something; eight queries, else five."""
    parts, limits = list(parts), Thresholds.of(year.school)
    found = means_of(parts)
    waves = {
        w.pk: w for w in Wave.objects.filter(pk__in={key[1] for key in found}).select_related("period", "questionnaire")
    }
    competences = Competence.objects.filter(pk__in={key[2] for key in found})
    ordered = sorted(waves.values(), key=lambda wave: (wave.opens_on, wave.pk))
    grown = [grown_of(part, ordered, competences, found, limits) for part in parts]
    grown = [each for each in grown if each.lines]
    add_support(grown)
    if with_proposals:
        add_proposals(grown)
    return grown


def means_of(parts):
    """{(participation, wave, competence): (mean, answers)} by their keys; one query."""
    own = Answer.objects.filter(
        response__participation__in=parts, response__submitted_on__isnull=False, score__isnull=False,
        competence__isnull=False,
    )  # fmt: skip
    keys = ("response__participation_id", "wave_id", "competence_id")
    rows = own.order_by().values_list(*keys).annotate(mean=Avg("score"), count=Count("pk"))
    return {tuple(key): (float(mean), count) for *key, mean, count in rows}


def grown_of(part, waves, competences, found, limits):
    own = [wave for wave in waves if any((part.pk, wave.pk, each.pk) in found for each in competences)]
    made = []
    for each in competences:
        keys = [(wave, (part.pk, wave.pk, each.pk)) for wave in own]
        points = {wave.pk: Point(wave, *found[key]) for wave, key in keys if key in found}
        made += [Line(each, points, limits)] if points else []
    return Growth(part, own, made)


def add_support(grown):
    rows = Support.objects.filter(participation__in=[each.part for each in grown]).order_by("on", "pk")
    of_line = defaultdict(list)
    for row in rows.select_related("plan_item", "wanted", "wave", "by"):
        of_line[row.participation_id, row.competence_id].append(row)
    for each in grown:
        for line in each.lines:
            own = of_line[each.part.pk, line.competence.pk]
            line.support = [Help(row, line.after(row.wave)) for row in own]


def add_proposals(grown):
    """Lines of the school's plan templates for what is weak now; what the plan or the list of support has is left out."""
    mentees = [each for each in grown if not each.part.is_mentor]
    plans = plans_of([each.part for each in mentees])
    spoken = {line.competence.pk for each in mentees for line in each.lines}
    templates = PlanTemplateItem.objects.filter(competence__in=spoken, template__archived=False)
    offered = list(templates.order_by("template_id", "position", "pk"))
    for each in mentees:
        each.plan = plans.get(each.part.pk)
        taken = {item.what for item in each.plan.items.all()} if each.plan else set()
        for line in each.weak:
            known = taken | {row.support.wanted.what for row in line.support if row.support.wanted}
            fitting = {item.what: item for item in offered if item.competence_id == line.competence.pk}
            line.proposals = [item for what, item in fitting.items() if what not in known][:PROPOSED]


def plans_of(mentees):
    """{participation's key: the plan of the main pair that works}."""
    rows = Plan.objects.filter(pair__mentee__in=mentees, pair__state=Pair.State.FIXED, pair__is_main=True)
    rows = rows.select_related("pair__mentor__person", "pair__mentee__person", "year__school").prefetch_related("items")
    return {plan.pair.mentee_id: plan for plan in rows}
