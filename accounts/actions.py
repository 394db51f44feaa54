"""Acts over several models of people and years."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import journal
from accounts.models import DiagnosticPeriod, SchoolYear, Term

# Usual dates of a Russian school; each school edits its own. (month, day) of begin and end, year offset by month.
TERMS = [
    ("term", "I четверть", (9, 1), (10, 25)),
    ("break", "Осенние каникулы", (10, 26), (11, 3)),
    ("term", "II четверть", (11, 4), (12, 30)),
    ("break", "Зимние каникулы", (12, 31), (1, 11)),
    ("term", "III четверть", (1, 12), (3, 27)),
    ("break", "Весенние каникулы", (3, 28), (4, 5)),
    ("term", "IV четверть", (4, 6), (5, 26)),
    ("break", "Летние каникулы", (6, 1), (8, 31)),
]
# Four diagnostic periods, never two in one month: entry in September, exit in May.
PERIODS = [
    ("Входная диагностика", (9, 9), (9, 27)),
    ("Диагностика за II период", (11, 16), (12, 5)),
    ("Диагностика за III период", (2, 15), (3, 6)),
    ("Итоговая диагностика", (5, 4), (5, 22)),
]


def day_of(first_year, month_and_day):
    month, day = month_and_day
    return datetime.date(first_year if month >= 9 else first_year + 1, month, day)


@transaction.atomic
def make_year(*, school, first_year, by=None, state=SchoolYear.State.PREPARATION):
    """A school year with its usual terms, breaks and four diagnostic periods. Raises ValidationError."""
    year = SchoolYear.draft(school, first_year, state)
    year.full_clean()
    year.save()
    Term.objects.bulk_create(
        Term(year=year, kind=kind, name=name, starts_on=day_of(first_year, a), ends_on=day_of(first_year, b))
        for kind, name, a, b in TERMS
    )
    DiagnosticPeriod.objects.bulk_create(
        DiagnosticPeriod(
            year=year, number=n, name=name, opens_on=day_of(first_year, a), closes_on=day_of(first_year, b)
        )
        for n, (name, a, b) in enumerate(PERIODS, 1)
    )
    journal.record(by, _("created a school year"), year)
    return year
