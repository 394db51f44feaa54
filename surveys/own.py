"""The questionnaires put to one person: once for each side on which they take part."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Participation
from pairs.audience import SIDES
from surveys.models import Receipt, Response, Wave


@dataclass(frozen=True)
class Own:
    """A wave as one of the people it asks meets it."""

    wave: Wave
    part: int  # the participation that answers
    side: str
    is_begun: bool = False
    done_on: datetime.date | None = None
    is_double: bool = False  # the person takes part on both sides

    @property
    def side_label(self):
        """Said where a person is asked for both sides."""
        return Participation.Side(self.side).label if self.is_double and self.wave.audience not in SIDES else ""

    @property
    def fill_url(self):
        return f"{reverse('survey_fill', args=[self.wave.pk])}{self.query}"

    @property
    def answers_url(self):
        return "" if self.wave.anonymous else f"{self.wave.answers_url}{self.query}"

    @property
    def query(self):
        return "" if self.wave.audience in SIDES else f"?side={self.side}"


def own_waves(user, year, waves=None):
    """[Own] of this person in the year; three queries, however many there are."""
    parts = parts_with_groups(user, year)
    rows = waves if waves is not None else Wave.objects.filter(year=year)
    rows = rows.asking(user).select_related("period", "questionnaire", "group")
    answers = Response.objects.filter(participation__in=parts).values_list(
        "wave_id", "participation_id", "submitted_on"
    )
    done = {(wave, part): day for wave, part, day in answers}
    receipts = Receipt.objects.filter(participation__in=parts).values_list("wave_id", "participation_id", "on")
    done |= {(wave, part): day for wave, part, day in receipts}
    return [
        Own(wave, part, side, (wave.pk, part) in done, done.get((wave.pk, part)), len(parts) > 1)
        for wave in rows
        for part, (side, groups) in parts.items()
        if wave.asks(side, groups)
    ]


def parts_with_groups(user, year):
    """{participation's key: (side, groups of its pairs)}, the mentor's side first."""
    found = {}
    rows = Participation.objects.filter(person=user, year=year).order_by("-side", "pk")
    for pk, side, *groups in rows.values_list("pk", "side", "pairs_as_mentor__groups", "pairs_as_mentee__groups"):
        found.setdefault(pk, (side, set()))[1].update(groups)
    return found
