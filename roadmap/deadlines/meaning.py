"""From the parts of a cell to one reading: dates get their years, and parts that stand together are put together."""

from dataclasses import replace
from datetime import date

from roadmap.deadlines.parts import THIS, About, By, Moment, Plain, Repeat, Span, Years
from roadmap.deadlines.reading import (
    APPROXIMATE,
    BY_DATE,
    CONTINUOUS,
    DATE_LIST,
    DATE_RANGE,
    EVENT,
    EXTERNAL_SCHEDULE,
    FUZZY,
    MIXED,
    MONTH,
    MONTH_LIST,
    MONTH_RANGE,
    MONTHLY,
    NOT_UNDERSTOOD,
    ON_DATE,
    ON_DEMAND,
    QUARTER,
    RECURRING,
    RELATIVE,
    SEASON,
    WEEKLY,
    WHOLE_PERIOD,
    YEAR_RANGE,
    YEARLY,
    Reading,
    Unclear,
    noted,
)
from roadmap.deadlines.years import Calendar, days_between, days_of, last_day, sane

RANGES = {MONTH: MONTH_RANGE, QUARTER: QUARTER, FUZZY: FUZZY}


def reading_of(parts, year_starts_on):
    """The reading of the parts of one cell. Raises Unclear where they do not go together."""
    calendar = Calendar(year_starts_on)
    about = any(isinstance(part, About) for part in parts)
    repeats = [part for part in parts if isinstance(part, Repeat)]
    plain = [part for part in parts if isinstance(part, Plain)]
    dated = list(dict.fromkeys(part for part in parts if isinstance(part, (Moment, Span, By, Years))))
    found = all_dates(calendar, dated) if dated else None
    if found and about:
        found = roughly(found)
    return together(found, once(repeats), plain, calendar.notes)


def once(repeats):
    """The one repetition; «ежемесячно, 1 раз в месяц» says it twice."""
    if len({(repeat.recur, repeat.count) for repeat in repeats}) > 1:
        raise Unclear(NOT_UNDERSTOOD)
    return max(repeats, key=lambda repeat: repeat.weekday is not None, default=None)


def together(found, repeat, plain, guesses):
    """One reading of the dates, the repetition and the rest."""
    kinds = {part.kind for part in plain}
    notes = [part.note for part in plain]
    if RELATIVE in kinds:
        return relative(found, repeat, kinds)
    if QUARTER in kinds:  # a school term, whose dates are not known
        return with_term(found, repeat, plain)
    if found:
        return replace(
            with_dates(found, repeat, kinds, notes), note=noted(*guesses, *found.notes, *extra(repeat, kinds))
        )
    if repeat:
        kind = MIXED if EVENT in kinds else RECURRING
        weekday = repeat.weekday
        return Reading(kind, None, None, repeat.recur, repeat.count, weekday=weekday, note=noted(*extra(repeat, kinds)))
    if kinds == {EVENT} or not kinds:
        raise Unclear(NOT_UNDERSTOOD)
    if ON_DEMAND in kinds and EXTERNAL_SCHEDULE not in kinds:
        return Reading(ON_DEMAND)
    if WHOLE_PERIOD in kinds:
        return Reading(WHOLE_PERIOD, note=noted(*notes, *extra(None, kinds)))
    return Reading(EXTERNAL_SCHEDULE)


def extra(repeat, kinds):
    """Notes of what stands beside the dates or the repetition."""
    beside = [kind for kind in (EVENT, EXTERNAL_SCHEDULE, ON_DEMAND) if kind in kinds]
    return (*(repeat.notes if repeat else ()), *beside)


def with_dates(found, repeat, kinds, notes):
    if not repeat and not kinds or found.kind == YEAR_RANGE and not repeat and kinds == {WHOLE_PERIOD}:
        return found
    if WHOLE_PERIOD in kinds and not repeat:
        repeat = Repeat(CONTINUOUS, None)
    if not repeat:
        return replace(found, kind=MIXED)
    count = times_within(found, repeat)
    if count == 1 or repeat.recur.startswith("every_"):
        return replace(found, kind=MIXED, recur=repeat.recur, count=count, weekday=repeat.weekday)
    return replace(not_the_last(found), kind=MIXED, recur=repeat.recur, count=count, weekday=repeat.weekday)


def not_the_last(found):
    """«сентябрь, далее ежемесячно»: the month or the day is the first of many, and no end."""
    if found.kind == MONTH:
        return replace(found, end=None, months=(f"{found.start:%Y-%m}",))
    if found.kind in (BY_DATE, ON_DATE):
        return replace(found, start=found.end, end=None, dates=(found.end,))
    return found


def times_within(found, repeat):
    """How often it comes between two dates, where that is shorter than a year."""
    if not (found.start and found.end and repeat.count) or found.dates or found.months or found.kind == MONTH:
        return repeat.count
    days = (found.end - found.start).days + 1
    if not 31 < days < 360:
        return repeat.count
    months = (found.end.year - found.start.year) * 12 + found.end.month - found.start.month + 1
    if repeat.recur == MONTHLY:
        return repeat.count * months // 12
    if repeat.recur == WEEKLY:
        return repeat.count * days // 365
    return repeat.count if repeat.recur == YEARLY else None


def relative(found, repeat, kinds):
    if found or (repeat and repeat.recur != YEARLY) or kinds - {RELATIVE, WHOLE_PERIOD, ON_DEMAND}:
        raise Unclear(NOT_UNDERSTOOD)
    return Reading(RELATIVE)


def with_term(found, repeat, plain):
    """«I четверть», also with an event's name or by a schedule."""
    terms = [part.note for part in plain if part.kind == QUARTER]
    kinds = {part.kind for part in plain} - {QUARTER, WHOLE_PERIOD}
    if found or repeat or len(terms) > 1 or kinds - {EVENT, EXTERNAL_SCHEDULE}:
        raise Unclear(NOT_UNDERSTOOD)
    return Reading(QUARTER, note=noted(terms[0], *extra(None, kinds)))


# ---------------------------------------------------------------- dates


def all_dates(calendar, parts):
    """The reading of one part with a date, or of several that stand in a row."""
    if len(parts) == 1:
        return one_date(calendar, parts[0])
    if any(isinstance(part, Years) for part in parts):
        raise Unclear(NOT_UNDERSTOOD)
    return in_a_row(calendar, parts)


def one_date(calendar, part):
    if isinstance(part, Years):
        return of_years(calendar, part)
    if isinstance(part, By):
        end = days_of(calendar.alone(part.last))[1]
        return Reading(BY_DATE, None, end, note=APPROXIMATE if part.is_approximate else None)
    if isinstance(part, Span):
        return of_span(calendar, part)
    return of_days(part.kind, *days_of(calendar.alone(part)))


def of_days(kind, start, end):
    return Reading(kind, start, end, note=APPROXIMATE if kind == FUZZY else None)


def of_span(calendar, span):
    kinds = {span.first.kind, span.last.kind} if span.last else {span.first.kind}
    if SEASON in kinds:
        raise Unclear(NOT_UNDERSTOOD)
    kind = FUZZY if FUZZY in kinds else RANGES.get(span.first.kind, DATE_RANGE) if len(kinds) == 1 else DATE_RANGE
    if span.last is None:
        return of_days(kind, days_of(calendar.alone(span.first))[0], None)
    return of_days(kind, *days_between(*calendar.range(span.first, span.last)))


def of_years(calendar, years):
    first = calendar.this_year() if years.first == THIS else sane(years.first)
    last = first if years.last == THIS else sane(years.last)
    if first > last or (years.is_school and first == last):
        raise Unclear(NOT_UNDERSTOOD)
    if years.is_school:
        return Reading(YEAR_RANGE, date(first, 9, 1), date(last, 8, 31))
    return Reading(YEAR_RANGE, date(first, 1, 1), date(last, 12, 31))


def in_a_row(calendar, parts):
    """«октябрь, апрель», «до 1 октября и до 1 апреля», «10 сентября, май»."""
    moments = [moment for part in parts for moment in ends_of(part)]
    if {moment.kind for moment in moments} - {MONTH, ON_DATE}:
        raise Unclear(NOT_UNDERSTOOD)
    placed = iter(calendar.in_a_row(moments))
    dates, months = [], []
    for part in parts:
        first, *last = [next(placed) for _ in ends_of(part)]
        if first.kind == ON_DATE:
            dates.append(days_of(first)[0])
        else:
            months += months_between(first, last[0] if last else first)
    if len(set(dates)) < len(dates) or len(set(months)) < len(months):
        raise Unclear(NOT_UNDERSTOOD)
    return listed(tuple(sorted(dates)), tuple(sorted(months)))


def ends_of(part):
    """The moments of a part in a row; of ranges only those of months can be put in one."""
    if isinstance(part, By):
        if part.is_approximate:
            raise Unclear(NOT_UNDERSTOOD)
        return (part.last,)
    if isinstance(part, Moment):
        return (part,)
    if part.last is None or (part.first.kind, part.last.kind) != (MONTH, MONTH):
        raise Unclear(NOT_UNDERSTOOD)
    return part.first, part.last


def months_between(first, last):
    days_between(first, last)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def listed(dates, months):
    """A row of days, of months, or of both, which is mixed."""
    starts = [*dates, *(date.fromisoformat(f"{month}-01") for month in months)]
    ends = [*dates, *(last_day(*map(int, month.split("-"))) for month in months)]
    kind = MIXED if dates and months else DATE_LIST if dates else MONTH_LIST
    return Reading(kind, min(starts), max(ends), dates=dates or None, months=months or None)


def roughly(found):
    """«ориентировочно …»."""
    kind = FUZZY if found.kind in (ON_DATE, DATE_RANGE, MONTH, MONTH_RANGE, FUZZY) and found.end else found.kind
    return replace(found, kind=kind, note=noted(APPROXIMATE, *found.notes))
