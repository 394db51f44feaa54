"""What speaks against a wave that is about to be opened."""

import datetime

from django.utils.translation import gettext_lazy

from surveys.models import LEAST_NAMELESS, Questionnaire, Wave

TOO_FEW = gettext_lazy(
    "Only %(count)s people are asked here, and nothing is ever shown of fewer than %(least)s answers without names. Untick the box and make it named, or ask more people."
)
TWIN = gettext_lazy(
    "“%(other)s” asks nearly the same people without names at about the same time: comparing the two would show what single people answered. Make it named, ask the same people, or wait a month."
)
MONTH = datetime.timedelta(days=30)
Purpose = Questionnaire.Purpose


def crowding(wave):
    """[(wave, how many of the same people)]: others that begin within a month of this one, but for the planned pair."""
    near = Wave.objects.filter(
        year=wave.year, opens_on__gt=wave.opens_on - MONTH, opens_on__lt=wave.opens_on + MONTH
    ).exclude(pk=wave.pk)  # fmt: skip
    people = wave.asked().values("pk")
    found = [
        (other, other.asked().filter(pk__in=people).count())
        for other in near.select_related("questionnaire", "period", "group", "year")
        if not is_planned_pair(wave, other)
    ]
    return [(other, count) for other, count in found if count]


def is_planned_pair(wave, other):
    """The last period asks twice: what has become of it, and how satisfied people are."""
    purposes = {wave.questionnaire.purpose, other.questionnaire.purpose}
    same = wave.period_id is not None and wave.period_id == other.period_id
    return same and Purpose.SATISFACTION in purposes and bool(purposes & set(Questionnaire.DIAGNOSTIC))


def near_twin(wave):
    """Another nameless wave of the same questionnaire at about the same time that asks nearly the same people.

    Subtracting one result from the other would show what the one to four people said who are asked by one of them alone.
    """
    code, people = wave.questionnaire.code, wave.asked()
    others = Wave.objects.filter(
        year=wave.year, anonymous=True, questionnaire__code=code, opens_on__lt=wave.closes_on + MONTH,
        closes_on__gt=wave.opens_on - MONTH,
    ).exclude(pk=wave.pk)  # fmt: skip
    for other in others.select_related("questionnaire", "period", "group", "year"):
        theirs = other.asked()
        apart = people.exclude(pk__in=theirs.values("pk")).count() + theirs.exclude(pk__in=people.values("pk")).count()
        if 0 < apart < LEAST_NAMELESS:
            return other
    return None


def why_named(wave):
    """Why the promise of namelessness could not be kept here, as a sentence; nothing where it can."""
    count = wave.asked().count()
    if count < LEAST_NAMELESS:
        return TOO_FEW % {"count": count, "least": LEAST_NAMELESS}
    other = near_twin(wave)
    return TWIN % {"other": other.title} if other else ""
