"""What the grammar finds in a cell: pieces of the calendar whose years are still as written, and all the rest."""

from dataclasses import dataclass, replace

THIS = "this"  # «т.г.»


@dataclass(frozen=True)
class SchoolYear:
    """«2024-2025» behind a month: the school year that it belongs to; None is the one of the plan."""

    first: int | None


@dataclass(frozen=True)
class Moment:
    """A stretch of the calendar that one name names: a day, a month, a part of one, a quarter, a season.

    It begins on `day` of `month` and lasts `months` months, until `last` of the last one (None: its end). A negative
    `day` counts from the month's end. `year` is a number, THIS, a SchoolYear, or None where none is written.
    """

    kind: str
    month: int
    year: object = None
    day: int = 1
    last: int | None = None
    months: int = 1

    def of(self, year):
        return replace(self, year=year)


@dataclass(frozen=True)
class Span:
    """From the beginning of one moment to the end of another, which may be missing: «с 1 сентября»."""

    first: Moment
    last: Moment | None = None


@dataclass(frozen=True)
class By:
    """Until the end of a moment, included."""

    last: Moment
    is_approximate: bool = False


@dataclass(frozen=True)
class Years:
    """Calendar years, or school years, from the first to the last."""

    first: object
    last: int
    is_school: bool = False


@dataclass(frozen=True)
class Repeat:
    """How often it comes back."""

    recur: str
    count: int | None
    weekday: int | None = None
    notes: tuple = ()


@dataclass(frozen=True)
class Plain:
    """A kind without dates: the whole period, a schedule, a demand, something relative, an event's name, a school term."""

    kind: str
    note: str | None = None


@dataclass(frozen=True)
class About:
    """What follows is approximate."""
