"""When things happen in the demo year: on days of lessons, and never after the day up to which it has run."""

import datetime
from dataclasses import dataclass

from accounts.models import SchoolYear


@dataclass(frozen=True)
class Days:
    year: SchoolYear
    today: datetime.date
    breaks: tuple  # (first, last) day of each

    @classmethod
    def of(cls, year, today):
        return cls(year, today, tuple(year.terms.filter(kind="break").values_list("starts_on", "ends_on")))

    def on(self, month, day):
        """That day of the school year; August is the one before it."""
        return datetime.date(self.year.first_year + (month < 8), month, day)

    def is_lesson_day(self, day):
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.breaks)

    def weekday(self, day):
        """That day, or the Friday before a weekend."""
        return day - datetime.timedelta(days=max(0, day.weekday() - 4))

    def past(self, day):
        """That day, or today if it is still ahead."""
        return min(day, self.today)

    def share(self, part):
        """The day at which that part of what has passed of the teaching year was over."""
        passed = (min(self.today, self.year.teaching_ends_on) - self.year.starts_on).days
        return self.year.starts_on + datetime.timedelta(days=int(passed * part))

    @property
    def is_over(self):
        """Has the year's work been wound up: ten days after the end of teaching."""
        return self.today > self.year.teaching_ends_on + datetime.timedelta(days=10)


def later(day, days):
    return day + datetime.timedelta(days=days)
