"""What a school year begins with in the rooms of pairs."""

import datetime

from pairs.models import Group, Step

# (month, day) by which each of the five steps is usually held; the school edits them.
USUAL_DUE = {
    Step.Code.ACQUAINTANCE: (9, 10),
    Step.Code.TRIAL: (9, 20),
    Step.Code.PLANNING: (9, 30),
    Step.Code.WORK: (12, 25),
    Step.Code.FINAL: (5, 25),
}


def start_year(*, year):
    """The group «Все пары» and the five steps with their usual dates; running it again adds only what is missing."""
    Group.objects.get_or_create(year=year, holds_all=True, defaults={"name": "Все пары"})
    for position, (code, (month, day)) in enumerate(USUAL_DUE.items()):
        due_on = datetime.date(year.first_year + (month < 9), month, day)
        Step.objects.get_or_create(year=year, code=code, defaults={"due_on": due_on, "position": position})
