"""When an item is due within its year: once, each diagnostic period, each month."""

from datetime import date

from django.utils.translation import gettext as _

from roadmap.deadlines import RECURRING, WHOLE_PERIOD, last_day, month_name


def occurrences(deadline, year_start, period_end, diagnostic_periods=(), monthly=False):
    """The times at which the item is due, as (label, due date or None) in order of time; at least one.

    `diagnostic_periods` are the year's (label, closing date) pairs: «1 раз в квартал» means these. `monthly` is for an
    item over the whole period whose indicator is measured month by month. A date of None means: due at no known time.
    """
    if monthly or (deadline.kind == RECURRING and deadline.every == "month"):
        return _every_month(year_start, period_end)
    if deadline.kind == RECURRING:
        return _repeated(deadline, year_start, period_end, list(diagnostic_periods))
    if deadline.kind == WHOLE_PERIOD:
        return [("", period_end)]
    return [("", deadline.due_on)]


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


def _every_month(year_start, period_end):
    months, day = [], year_start
    while day <= period_end:
        end = last_day(day.year, day.month)
        months.append((month_name(end), min(end, period_end)))
        day = date(end.year + end.month // 12, end.month % 12 + 1, 1)
    return months or [("", period_end)]
