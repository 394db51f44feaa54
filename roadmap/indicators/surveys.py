"""Whom the diagnostics count (3.2): those whom a period asks by name, and the part that has answered."""

from pairs.models import participants_of
from surveys.models import Response, addressed_in


def asked(moment):
    """Participants to whom the period's diagnostics are addressed, at its close or on the day while it is still open."""
    if moment.period is None:
        return participants_of(moment.year, moment.on)
    people = addressed_in(moment.period, moment.on)
    return people if moment.period.opens_on <= moment.on else people.none()  # nothing is due yet


def answered(people, moment):
    done = Response.objects.filter(year=moment.year, wave__feeds=True, submitted_on__lte=moment.on)
    if moment.period is not None:
        done = done.filter(wave__period=moment.period)
    return people.filter(pk__in=done.values("participation_id"))
