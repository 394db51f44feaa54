"""Deadline cells: the collected expressions of the tests, with other years, months and days, no two the same."""

import re
from datetime import date
from itertools import count

from bench.pages import seconds
from roadmap.deadlines import read
from roadmap.deadlines.words import MONTHS, OF_MONTH

YEAR = re.compile(r"\b20\d\d\b")
DAY = re.compile(r"\b\d\d?(?=\.\d|\s*(?:,|и|-|–|по)\s*\d|\s+[а-я]{2,8}[яа]\b)")
MONTH = re.compile("|".join([*MONTHS, *OF_MONTH]), re.IGNORECASE)


def cells(number):
    """So many distinct cells."""
    from tests.deadline_table import TABLE

    found = {}
    for turn in count():
        for words, *_rest in TABLE:
            found.setdefault(varied(words, turn))
            if len(found) == number:
                return list(found)


def varied(words, turn):
    """The words with another year; without one with other months and days, or with a month behind them."""
    if not turn:
        return words
    if YEAR.search(words):
        return YEAR.sub(lambda year: str(2000 + (int(year[0]) + turn) % 100), words)
    if MONTH.search(words):
        days = DAY.sub(lambda day: str((int(day[0]) + turn // 12 - 1) % 28 + 1), words)
        return MONTH.sub(lambda month: another_month(month[0].lower(), turn), days)
    return f"{words}, {MONTHS[turn % 12]} {2010 + turn // 12}"


def another_month(name, turn):
    names = MONTHS if name in MONTHS else OF_MONTH
    return names[(names.index(name) + turn) % 12]


def seconds_for(number, rounds):
    """Seconds that reading so many distinct cells takes, at best."""
    some, year = cells(number), date(2024, 9, 1)
    return min(seconds(lambda: [read(words, year) for words in some]) for _ in range(rounds))
