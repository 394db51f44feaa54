"""Deadlines as the portal keeps them: the words beside a typed reading, in a person's language, moved to another year.

The reading itself is made by `roadmap.deadlines`; here it gets the kinds that an item of the database can have.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from roadmap import deadlines
from roadmap.deadlines import reading as r

BY_DATE, DATE_LIST, MONTH, MONTH_RANGE, FUZZY = "by_date", "date_list", "month", "month_range", "fuzzy"
RECURRING, SCHOOL_TERM, WHOLE_PERIOD = "recurring", "school_term", "whole_period"
EXTERNAL_SCHEDULE, ON_DEMAND, RELATIVE, UNCLEAR = "external_schedule", "on_demand", "relative", "unclear"
KINDS = {
    BY_DATE: gettext_lazy("By a date"),
    DATE_LIST: gettext_lazy("On several days"),
    MONTH: gettext_lazy("In a month"),
    MONTH_RANGE: gettext_lazy("From month to month"),
    FUZZY: gettext_lazy("About these days"),
    RECURRING: gettext_lazy("Repeatedly"),
    SCHOOL_TERM: gettext_lazy("In a school term"),
    WHOLE_PERIOD: gettext_lazy("During the whole period"),
    EXTERNAL_SCHEDULE: gettext_lazy("By a separate schedule"),
    ON_DEMAND: gettext_lazy("When it is needed"),
    RELATIVE: gettext_lazy("Within a time after an event"),
    UNCLEAR: gettext_lazy("Not understood: set it by hand"),
}
WITH_DATES = (BY_DATE, DATE_LIST, MONTH, MONTH_RANGE, FUZZY)
EVERY = {
    "day": gettext_lazy("every day"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("once a quarter"),
    "half_year": gettext_lazy("twice a year"),
    "year": gettext_lazy("once a year"),
}
TIMES_A_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 300  # letters that an item keeps of a deadline's words
WHY_UNCLEAR = {
    r.NO_SUCH_DAY: gettext_lazy("there is no such day; correct the date"),
    r.NO_SUCH_YEAR: gettext_lazy("the year cannot be right; correct it"),
    r.ENDS_BEFORE_IT_STARTS: gettext_lazy("it ends before it begins; correct the dates"),
    r.YEAR_UNKNOWN: gettext_lazy("its year is not known; write it"),
    r.WHICH_YEAR: gettext_lazy("it may be of either year; write which"),
    r.TOO_LONG: gettext_lazy("it is far too long; write only the dates or the period"),
}


@dataclass(frozen=True)
class Deadline:
    """A deadline's typed reading.

    `starts_on` and `due_on` are inclusive dates or None; `every` is a key of EVERY and `times` the occurrences a year,
    both for RECURRING only; `dates` are the single due dates of months or days that were listed («октябрь, апрель»).
    `guessed` says that the year was not written and could also be another one; `note` is the reader's: why
    it is UNCLEAR, which SCHOOL_TERM, by which day of the month, that «т.г.» was guessed.
    """

    kind: str
    words: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    every: str = ""
    times: int | None = None
    dates: tuple[date, ...] = ()
    guessed: bool = False
    note: str = ""


# How often, by the reader's names.
EVERY_OF = {
    r.DAILY: "day", r.WEEKLY: "week", r.MONTHLY: "month", r.QUARTERLY: "quarter", r.PER_TERM: "quarter",
    r.HALF_YEARLY: "half_year", r.YEARLY: "year",
}  # fmt: skip
# The kinds of the reader that an item keeps as another one.
KEPT_AS = {r.ON_DATE: BY_DATE, r.DATE_RANGE: BY_DATE, r.QUARTER: MONTH_RANGE, r.SEASON: MONTH_RANGE}


def parse(words, first_year):
    """The reading of a deadline cell. `first_year` is the year in which the school year begins, or None if unknown.

    Never fails: what is not understood is UNCLEAR, without a date, its words kept.
    """
    found = deadlines.read(words, first_year and date(first_year, 9, 1))
    read = replace(kept(found, first_year), words=words or "", guessed=any(note in r.GUESSES for note in found.notes))
    return replace(read, note=read.note or noted(found, r.THIS_YEAR))


def kept(found, first_year):
    """The reader's finding as a Deadline, without its words."""
    if found.kind == r.UNCLEAR:
        return Deadline(UNCLEAR, note=found.note)
    if term := noted(found, r.SCHOOL_TERM, r.SCHOOL_TRIMESTER, r.SCHOOL_HALF):
        return Deadline(SCHOOL_TERM, note=term)
    if found.end and (found.dates or found.months):
        return listed(found)
    if found.recur and found.count != 1 and not found.recur.startswith("every_"):
        return repeated(found)
    if found.start or found.end:
        return dated(found, first_year)
    if found.recur:  # every few years: whether it is due in this one, the school's own schedule tells
        return repeated(found) if found.count else Deadline(EXTERNAL_SCHEDULE)
    return Deadline(found.kind)


def noted(found, *starts):
    return next((note for note in found.notes if note.startswith(starts)), "")


def listed(found):
    """Each day, or each month by its end."""
    ends = [last_day(*map(int, month.split("-"))) for month in found.months or ()]
    dates = tuple(sorted([*(found.dates or ()), *ends]))
    if found.dates:
        return Deadline(DATE_LIST, starts_on=dates[0], due_on=dates[-1], dates=dates)
    return Deadline(RECURRING, starts_on=found.start, due_on=found.end, times=len(dates), dates=dates)


def repeated(found):
    """Repeatedly, over the whole period or between two dates; what never stops is the whole period."""
    if found.recur == r.CONTINUOUS:
        return Deadline(WHOLE_PERIOD, starts_on=found.start)
    times = found.count or (TIMES_A_YEAR["day"] if found.recur == r.DAILY else None)
    every = next((name for name, number in TIMES_A_YEAR.items() if number == times), "")
    due = found.end if found.start else None
    if due and times and found.recur in (r.MONTHLY, r.WEEKLY) and times <= TIMES_A_YEAR[EVERY_OF[found.recur]]:
        every = EVERY_OF[found.recur]
    note = noted(found, r.DAY_OF_MONTH)
    return Deadline(RECURRING, starts_on=found.start, due_on=due, every=every, times=times, note=note)


def dated(found, first_year):
    start, end = found.start, found.end
    if found.kind == r.YEAR_RANGE and first_year and covers(start, end, first_year):
        return Deadline(WHOLE_PERIOD)
    if end is None:  # «с 1 сентября»: until the period ends
        return Deadline(WHOLE_PERIOD, starts_on=start)
    kind = KEPT_AS.get(found.kind, found.kind)
    if kind in (r.MIXED, r.YEAR_RANGE):
        kind = kind_of_days(start, end)
    return Deadline(kind, starts_on=None if start == end else start, due_on=end)


def covers(start, end, first_year):
    """Do these days hold the whole school year, up to its last lessons?"""
    return start <= date(first_year, 9, 1) and end >= date(first_year + 1, 5, 31)


def kind_of_days(start, end):
    if start is None or start.day != 1 or end != last_day(end.year, end.month):
        return BY_DATE
    return MONTH if (start.year, start.month) == (end.year, end.month) else MONTH_RANGE


def last_day(year, month):
    return date(year, month, monthrange(year, month)[1])


def stored(kind, words, starts_on, due_on, times, guessed):
    """A Deadline of the values of an item's fields."""
    is_repeated = kind == RECURRING
    every = next((name for name, number in TIMES_A_YEAR.items() if is_repeated and number == times), "")
    return Deadline(kind, words, starts_on, due_on, every, times if is_repeated else None, guessed=guessed)


def fitting(stored, first_year):
    """What an item keeps, made whole from its words (single dates, how often), as far as these still say the same."""
    own = parse(stored.words, first_year)
    day, other = (stored.due_on, own.due_on) if own.due_on else (stored.starts_on, own.starts_on)
    own = moved(own, day.year - other.year) if day and other else own
    same = all(getattr(own, name) == getattr(stored, name) for name in ("kind", "starts_on", "due_on", "times"))
    return replace(own, guessed=stored.guessed) if same else stored


def describe(deadline):
    """The typed reading in a person's words, in the language in force: «до 2 сентября 2024 г.»."""
    kind, start, due = deadline.kind, deadline.starts_on, deadline.due_on
    if kind == BY_DATE and due:
        if start:
            return _("from %(start)s to %(due)s") % {"start": full_date(start), "due": full_date(due)}
        return _("by %(due)s") % {"due": full_date(due)}
    if kind == MONTH and due:
        return month_name(due)
    if kind == MONTH_RANGE and start and due:
        return f"{month_name(start)} – {month_name(due)}"
    if kind == FUZZY and start and due:
        return _("about %(start)s – %(due)s") % {"start": full_date(start), "due": full_date(due)}
    if kind == RECURRING:
        return _describe_recurring(deadline)
    return _describe_the_rest(deadline)


def _describe_the_rest(deadline):
    if deadline.kind == DATE_LIST and deadline.dates:
        return ", ".join(full_date(day) for day in deadline.dates)
    if deadline.kind == WHOLE_PERIOD and deadline.starts_on:
        return _("from %(start)s to the end of the period") % {"start": full_date(deadline.starts_on)}
    if deadline.due_on and deadline.kind in (DATE_LIST, FUZZY, SCHOOL_TERM, UNCLEAR):
        return _("by %(due)s") % {"due": full_date(deadline.due_on)}
    return str(KINDS.get(deadline.kind, KINDS[UNCLEAR]))


def beside(words, reading):
    """The reading, unless the words say just that already."""
    return "" if reading.casefold() in words.casefold() else reading


def _describe_recurring(deadline):
    if deadline.dates:
        return ", ".join(month_name(day) for day in deadline.dates)
    if deadline.every in EVERY and deadline.starts_on and deadline.due_on:
        return f"{EVERY[deadline.every]}, {month_name(deadline.starts_on)} – {month_name(deadline.due_on)}"
    if deadline.every in EVERY:
        return str(EVERY[deadline.every])
    if deadline.times:
        return _("%(times)s times a year") % {"times": deadline.times}
    return str(KINDS[RECURRING])


def _russian():
    return (get_language() or "").startswith("ru")


def month_name(day):
    """A month and its year in words: «сентябрь 2024» or September 2024."""
    words = date_format(day, "F Y")
    return words.lower() if _russian() else words


def full_date(day):
    """A date in words: «2 сентября 2024 г.» or 2 September 2024."""
    return date_format(day, "j E Y\u00a0\\г.") if _russian() else date_format(day, "j F Y")


def moved(deadline, years):
    """The same deadline `years` later: typed dates move, the words stay as they were written."""
    if not years:
        return deadline
    due = deadline.due_on
    to_month_end = deadline.kind not in (BY_DATE, DATE_LIST) and _is_month_end(due)
    return replace(
        deadline,
        starts_on=deadline.starts_on and _shifted(deadline.starts_on, years, False),
        due_on=due and _shifted(due, years, to_month_end),
        dates=tuple(_shifted(day, years, deadline.kind == RECURRING) for day in deadline.dates),
    )


def _is_month_end(day):
    return day is not None and day == last_day(day.year, day.month)


def _shifted(day, years, to_month_end):
    end = last_day(day.year + years, day.month)
    return end if to_month_end else date(end.year, end.month, min(day.day, end.day))
