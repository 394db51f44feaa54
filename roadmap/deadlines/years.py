"""Which calendar year a month without one belongs to, and the days that a moment begins and ends on.

A year that is written is never moved. September to December belong to the first year of the school year, January to
July to its second, August to the days before it. In a row or a range a year reaches to its neighbours.
"""

from calendar import monthrange
from datetime import date

from roadmap.deadlines.parts import THIS, SchoolYear
from roadmap.deadlines.reading import (
    AUGUST,
    ENDS_BEFORE_IT_STARTS,
    NO_SUCH_DAY,
    NO_SUCH_YEAR,
    SEASON,
    THIS_YEAR,
    WHICH_YEAR,
    YEAR_UNKNOWN,
    Unclear,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Calendar:
    """Years for moments, and what had to be guessed about them."""

    def __init__(self, year_starts_on):
        self.first_year = year_starts_on.year if year_starts_on else None
        self.notes = []

    def school_year(self, month, first=None):
        """The year of a month of the school year that begins in `first`, or in the one that is known."""
        first = self.first_year if first is None else first
        if first is None:
            raise Unclear(YEAR_UNKNOWN)
        return first if month >= 8 else first + 1

    def written(self, moment):
        """The year that is written with a moment, or None."""
        if isinstance(moment.year, SchoolYear):
            return self.school_year(moment.month, moment.year.first)
        if moment.year == THIS:
            return self.this_year()
        if moment.year is not None and moment.kind == SEASON and moment.month == 12:  # «зима 2025»: which end of it?
            raise Unclear(WHICH_YEAR)
        return moment.year

    def this_year(self):
        """«т.г.»: the plan is written in the calendar year in which its school year begins."""
        if self.first_year is None:
            raise Unclear(YEAR_UNKNOWN)
        self.notes.append(THIS_YEAR)
        return self.first_year

    def alone(self, moment):
        """The moment with its year."""
        written = self.written(moment)
        if written is not None:
            return moment.of(written)
        if moment.month + moment.months - 1 >= 9 > moment.month:  # «III квартал» lies on both sides of 1 September
            raise Unclear(WHICH_YEAR)
        if moment.month == 8:
            self.notes.append(AUGUST)
        return moment.of(self.school_year(moment.month))

    def in_a_row(self, moments):
        """Moments with their years: one that is written at the end, or a school year, holds for those before it."""
        shared = next((moment.year for moment in moments if isinstance(moment.year, SchoolYear)), None)
        if shared:
            moments = [moment.of(shared) if moment.year is None else moment for moment in moments]
        found = [self.written(moment) for moment in moments]
        for place in reversed(range(len(moments) - 1)):
            if found[place] is None and found[place + 1] is not None:
                found[place] = before(moments[place], moments[place + 1], found[place + 1])
        return [self.next_in_row(moments, found, place) for place in range(len(moments))]

    def next_in_row(self, moments, found, place):
        """The moment at a place; `found` are the years so far. Behind a written year both rules must agree."""
        moment = moments[place]
        if found[place] is None:
            follows = place and after(moments[place - 1], moment, found[place - 1])
            if moment.month == 8 and place:  # August at the end of «май, август» is that of the same summer
                found[place] = follows
                self.notes.append(AUGUST)
            else:
                found[place] = self.alone(moment).year
                if place and self.written(moments[place - 1]) is not None and follows != found[place]:
                    raise Unclear(WHICH_YEAR)
        return moment.of(found[place])

    def range(self, first, last):
        """Both ends of a range with their years; each takes after the other."""
        begun, ended = self.written(first), self.written(last)
        if isinstance(last.year, SchoolYear) and begun is None:
            begun = self.school_year(first.month, last.year.first)
        if begun is None and ended is None:
            return self.range_of_school_year(first, last)
        if begun is None:
            begun = before(first, last, ended)
        if ended is None:
            ended = after(first, last, begun)
        return first.of(begun), last.of(ended)

    def range_of_school_year(self, first, last):
        """A range without years lies within the school year and the August before it."""
        first = self.alone(first)
        last = last.of(after(first, last, first.year))
        if (last.year, last.month) > (self.first_year + 1, 8):
            raise Unclear(WHICH_YEAR)
        return first, last


def before(moment, following, year):
    """The year of a moment that comes before another of this year."""
    return year if place_in_year(moment) <= place_in_year(following) else year - 1


def after(preceding, moment, year):
    """The year of a moment that comes after another of this year."""
    return year if place_in_year(preceding) <= place_in_year(moment) else year + 1


def place_in_year(moment):
    return moment.month, moment.day if moment.day > 0 else 32 + moment.day


def days_of(moment):
    """(first, last) day of a moment that has its year."""
    month = moment.month + moment.months - 1
    year = moment.year + (month - 1) // 12
    last = last_day(year, (month - 1) % 12 + 1)
    if moment.day < 0:
        return last.replace(day=last.day + moment.day + 1), last
    return day(moment.year, moment.month, moment.day), last if moment.last is None else day(
        year, last.month, moment.last
    )


def days_between(first, last):
    begun, ended = days_of(first)[0], days_of(last)[1]
    if begun > ended:
        raise Unclear(ENDS_BEFORE_IT_STARTS)
    return begun, ended


def sane(year):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear(NO_SUCH_YEAR)
    return year


def day(year, month, number):
    try:
        return date(sane(year), month, number)
    except ValueError:
        raise Unclear(NO_SUCH_DAY) from None


def last_day(year, month):
    return date(sane(year), month, monthrange(year, month)[1])
