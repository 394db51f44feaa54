"""Means of competences over many people, and how they moved between two stages of the year."""

from dataclasses import dataclass

from django.db.models import Avg, Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Participation
from surveys.models import ENOUGH, Answer, Question

SIDE_LABELS = {
    Participation.Side.MENTEE: gettext_lazy("mentees"),
    Participation.Side.MENTOR: gettext_lazy("mentors"),
}


@dataclass(frozen=True)
class Mean:
    """One competence of one side: the mean of the people's own means; nothing but their number where they are few."""

    side: str
    name: str
    count: int
    mean: float | None
    weak: int | None
    strong: int | None

    def figures(self):
        """Cells of a table after the number of people."""
        return (_("too few answers"), None, None) if self.mean is None else (self.mean, self.weak, self.strong)


@dataclass(frozen=True)
class Moved:
    """The same people at two stages: `before` and `after` are None where fewer than ENOUGH answered both times."""

    side: str
    name: str
    count: int
    before: float | None
    after: float | None
    grew: int | None
    fell: int | None

    @property
    def change(self):
        return None if self.before is None else round(self.after - self.before, 2)

    def figures(self):
        if self.before is None:
            return (_("too few answers"), None, None, None, None)
        return (self.before, self.after, self.change, self.grew, self.fell)


def spoken_of(waves):
    """[(competence's pk, name)] of what the waves ask about, in the order of the school's list."""
    rows = Question.objects.filter(questionnaire__waves__in=waves, competence__isnull=False)
    rows = rows.order_by("competence__position", "competence_id").values_list("competence_id", "competence__name")
    return list(rows.distinct())


def keys_of(waves):
    """[(side, competence's pk, name)]: mentees first."""
    return [(side, pk, name) for side in SIDE_LABELS for pk, name in spoken_of(waves)]


def scored(year, waves):
    """Scores of submitted answers of the year's waves, grouped by person and competence."""
    rows = Answer.objects.filter(
        year=year, wave__in=waves, score__isnull=False, competence__isnull=False, response__submitted_on__isnull=False
    )
    return rows.order_by().values("response__participation_id", "competence_id", "response__participation__side")


def of(side, pk):
    return Q(competence_id=pk, response__participation__side=side)


def means_of(year, waves, limits):
    """[Mean] of what somebody has answered; two queries, however many people."""
    keys, wanted = keys_of(waves), {}
    for n, (side, pk, _name) in enumerate(keys):
        rule = of(side, pk)
        wanted |= {
            f"n{n}": Count("own", filter=rule),
            f"mean{n}": Avg("own", filter=rule),
            f"weak{n}": Count("own", filter=rule & Q(own__lte=limits.weak_up_to)),
            f"strong{n}": Count("own", filter=rule & Q(own__gte=limits.strong_from)),
        }
    found = scored(year, waves).annotate(own=Avg("score")).aggregate(**wanted) if keys else {}
    return [mean(found, n, side, name) for n, (side, _pk, name) in enumerate(keys) if found[f"n{n}"]]


def mean(found, n, side, name):
    count = found[f"n{n}"]
    if count < ENOUGH:
        return Mean(side, name, count, None, None, None)
    return Mean(side, name, count, round(found[f"mean{n}"], 2), found[f"weak{n}"], found[f"strong{n}"])


def moved_of(year, first, last):
    """[Moved] between the waves of two stages, for those who answered both; two queries."""
    keys, wanted = keys_of(first), {}
    for n, (side, pk, _name) in enumerate(keys):
        rule = of(side, pk) & Q(before__isnull=False, after__isnull=False)
        wanted |= {
            f"n{n}": Count("before", filter=rule),
            f"before{n}": Avg("before", filter=rule),
            f"after{n}": Avg("after", filter=rule),
            f"grew{n}": Count("before", filter=rule & Q(after__gt=F("before"))),
            f"fell{n}": Count("before", filter=rule & Q(after__lt=F("before"))),
        }
    stages = {"before": Avg("score", filter=Q(wave__in=first)), "after": Avg("score", filter=Q(wave__in=last))}
    found = scored(year, [*first, *last]).annotate(**stages).aggregate(**wanted) if keys else {}
    return [moved(found, n, side, name) for n, (side, _pk, name) in enumerate(keys) if found[f"n{n}"]]


def moved(found, n, side, name):
    count = found[f"n{n}"]
    if count < ENOUGH:
        return Moved(side, name, count, None, None, None, None)
    before, after = round(found[f"before{n}"], 2), round(found[f"after{n}"], 2)
    return Moved(side, name, count, before, after, found[f"grew{n}"], found[f"fell{n}"])
