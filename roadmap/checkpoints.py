"""When an item is due within its year: once, on each of several days, each diagnostic period, each month."""

from datetime import date

from django.utils.translation import gettext as _

from roadmap.deadline_words import (
    DATE_LIST,
    RECURRING,
    SCHOOL_TERM,
    WHOLE_PERIOD,
    full_date,
    last_day,
    month_name,
)
from roadmap.deadlines.reading import DAY_OF_MONTH, SCHOOL_HALF, SCHOOL_TRIMESTER
from roadmap.deadlines.reading import SCHOOL_TERM as TERM

IN_A_YEAR = {TERM: 4, SCHOOL_TRIMESTER: 3, SCHOOL_HALF: 2}


def occurrences(deadline, year_start, period_end, diagnostic_periods=(), monthly=False, term_ends=()):
    """The times at which the item is due, as (label, due date or None) in order of time; at least one.

    `diagnostic_periods` are the year's (label, closing date) pairs: «1 раз в квартал» means these. `monthly` is for an
    item over the whole period whose indicator is measured month by month; `term_ends` are the last days of the school's
    terms. A date of None means: due at no known time.
    """
    start, end = bounds(deadline, year_start, period_end)
    if monthly or (deadline.kind == RECURRING and deadline.every == "month"):
        return _every_month(start, end, day_of_month(deadline))
    if deadline.kind == RECURRING:
        return _repeated(deadline, start, end, list(diagnostic_periods))
    if deadline.kind == DATE_LIST and deadline.dates:
        return [(full_date(day), day) for day in deadline.dates]
    if deadline.kind == WHOLE_PERIOD:
        return [("", period_end)]
    if deadline.kind == SCHOOL_TERM:
        return [("", deadline.due_on or end_of_term(deadline.note, list(term_ends)))]
    return [("", deadline.due_on)]


def bounds(deadline, year_start, period_end):
    """The first and last day of what comes back: the year's, or narrower where the deadline names a part of it."""
    if deadline.kind != RECURRING or deadline.dates:
        return year_start, period_end
    start, end = max(deadline.starts_on or year_start, year_start), min(deadline.due_on or period_end, period_end)
    return (start, end) if start <= end else (year_start, period_end)


def day_of_month(deadline):
    """5 for «ежемесячно до 5 числа», else None."""
    return int(deadline.note.split(" ")[1]) if deadline.note.startswith(DAY_OF_MONTH) else None


def end_of_term(note, ends):
    """The last day of «II четверть» or «I полугодие», where the school's terms are entered; else None."""
    name, _space, numbers = note.partition(" ")
    per_year = IN_A_YEAR.get(name)
    if not per_year or not ends or len(ends) % per_year:
        return None
    return sorted(ends)[int(numbers.split("-")[-1]) * (len(ends) // per_year) - 1]


def _repeated(deadline, year_start, period_end, periods):
    if deadline.dates:
        return [(month_name(day), day) for day in deadline.dates]
    if deadline.every == "quarter" and periods:
        return periods
    times = deadline.times or 1
    if times == 1 or times > 12:  # oftener than monthly nobody closes by hand
        return [("", period_end)]
    length = (period_end - year_start) / times
    ends = [year_start + length * n for n in range(1, times)] + [period_end]
    return [(_("%(number)s of %(total)s") % {"number": n, "total": times}, day) for n, day in enumerate(ends, 1)]


def _every_month(year_start, period_end, day_of_month=None):
    """By each month's end, or by a day of it."""
    months, day = [], year_start
    while day <= period_end:
        end = last_day(day.year, day.month)
        due = min(end, period_end) if day_of_month is None else end.replace(day=min(day_of_month, end.day))
        if day <= due <= period_end:
            months.append((month_name(end), due))
        day = date(end.year + end.month // 12, end.month % 12 + 1, 1)
    return months or [("", period_end)]
