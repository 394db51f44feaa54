"""What a deadline says: its kind, its dates, how often it comes back, and what was guessed."""

from dataclasses import dataclass
from datetime import date

BY_DATE, ON_DATE, DATE_RANGE, DATE_LIST = "by_date", "on_date", "date_range", "date_list"
MONTH, MONTH_RANGE, MONTH_LIST = "month", "month_range", "month_list"
QUARTER, SEASON, YEAR_RANGE, WHOLE_PERIOD = "quarter", "season", "year_range", "whole_period"
RECURRING, EXTERNAL_SCHEDULE, ON_DEMAND, RELATIVE = "recurring", "external_schedule", "on_demand", "relative"
FUZZY, MIXED, UNCLEAR = "fuzzy", "mixed", "unclear"
KINDS = (
    BY_DATE, ON_DATE, DATE_RANGE, DATE_LIST, MONTH, MONTH_RANGE, MONTH_LIST, QUARTER, SEASON, RECURRING, WHOLE_PERIOD,
    YEAR_RANGE, EXTERNAL_SCHEDULE, ON_DEMAND, RELATIVE, FUZZY, MIXED, UNCLEAR,
)  # fmt: skip

DAILY, WEEKLY, MONTHLY, QUARTERLY = "daily", "weekly", "monthly", "quarterly"
PER_TERM, PER_TRIMESTER = "per_school_quarter", "per_trimester"
HALF_YEARLY, YEARLY, CONTINUOUS = "half_yearly", "yearly", "continuous"
# How often each comes in a year. A school's days are not counted here; «every 3 years» may or may not fall in this one.
TIMES_A_YEAR = {
    WEEKLY: 52, MONTHLY: 12, QUARTERLY: 4, PER_TERM: 4, PER_TRIMESTER: 3, HALF_YEARLY: 2, YEARLY: 1,
}  # fmt: skip

# Notes: what was guessed ...
AUGUST = "august_before_the_year"  # no year is written, and August lies on both sides of the first of September
THIS_YEAR = "this_year_is_the_first"  # «т.г.» is the calendar year in which the school year begins
GUESSES = (AUGUST, THIS_YEAR)
# ... what is less exact than it looks, or more than a date can hold ...
APPROXIMATE, AT_LEAST, EVENT, CALENDAR_YEAR = "approximate", "at_least", "event", "calendar_year"
AT_BEGINNING, AT_END = "at_the_beginning_of_each", "at_the_end_of_each"
# (the next ones have numbers behind them: «school_term 1-2»)
DAY_OF_MONTH, WEEK_OF_MONTH = "day_of_month", "week_of_month"
SCHOOL_TERM, SCHOOL_TRIMESTER, SCHOOL_HALF = "school_term", "school_trimester", "school_half"
# ... and why something was not understood.
EMPTY, TOO_LONG, NOT_UNDERSTOOD, NO_SUCH_DAY = "empty", "too_long", "not_understood", "no_such_day"
NO_SUCH_YEAR, YEAR_UNKNOWN, WHICH_YEAR = "no_such_year", "year_unknown", "which_year"
ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"


@dataclass(frozen=True)
class Reading:
    """A deadline's typed reading; whatever is absent is None.

    `start` and `end` are inclusive; `count` is how often it comes in a year; `months` are «YYYY-MM»; `weekday` is 0 for
    Monday; `note` holds codes, joined by «; », of what was guessed, is approximate, or was not understood.
    """

    kind: str
    start: date | None = None
    end: date | None = None
    recur: str | None = None
    count: int | None = None
    dates: tuple[date, ...] | None = None
    months: tuple[str, ...] | None = None
    weekday: int | None = None
    note: str | None = None

    @property
    def notes(self):
        return tuple(self.note.split("; ")) if self.note else ()


class Unclear(Exception):
    """It cannot be read for this reason, a note."""


def noted(*notes):
    """The notes as one, each once, in order; None without any."""
    return "; ".join(dict.fromkeys(note for note in notes if note)) or None
