"""The only place that knows what day it is, so that tests and `demo --on DATE` can fix it."""

import datetime
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

_fixed: list[datetime.date] = []


def today() -> datetime.date:
    """The school's day: the fixed one (innermost `on`), else `settings.TODAY`, else the calendar's."""
    if _fixed:
        return _fixed[-1]
    return getattr(settings, "TODAY", None) or timezone.localdate()


def now() -> datetime.datetime:
    """An aware moment of `today()`: the real time unless the day is fixed."""
    moment = timezone.localtime()
    return (
        moment if today() == moment.date() else moment.replace(year=today().year, month=today().month, day=today().day)
    )


@contextmanager
def on(day: datetime.date):
    """Fix the day for the length of a block (tests, demo)."""
    _fixed.append(day)
    try:
        yield day
    finally:
        _fixed.pop()
