"""To whom something is addressed: a questionnaire, an event, a material."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pairs.models.pairing import participants_of


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    MENTORS = "mentors", _("Mentors")
    MENTEES = "mentees", _("Mentees")
    GROUP = "group", _("A group of pairs")


SIDES = {Audience.MENTORS: "mentor", Audience.MENTEES: "mentee"}


def addressed(audience, *, year, on, group=None):
    """Participations of the year's pairs on that day to whom it is addressed, each once.

    `group` is needed for Audience.GROUP alone; the group of all pairs stands for everybody.
    """
    people = participants_of(year, on)
    if audience in SIDES:
        return people.filter(side=SIDES[audience])
    if audience == Audience.GROUP and not group.holds_all:
        pairs = group.pairs.all()
        return people.filter(Q(pk__in=pairs.values("mentor_id")) | Q(pk__in=pairs.values("mentee_id")))
    return people
