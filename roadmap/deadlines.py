"""Deadlines as roadmaps write them: the words are kept, a typed reading stands beside them.

A year that is written is never moved. A month without one belongs to the school year: September to December to its
first year, January to July to its second, and August to the days *before* the year, marked as guessed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

BY_DATE, MONTH, MONTH_RANGE = "by_date", "month", "month_range"
RECURRING, WHOLE_PERIOD, EXTERNAL_SCHEDULE, UNCLEAR = "recurring", "whole_period", "external_schedule", "unclear"
KINDS = {
    BY_DATE: gettext_lazy("By a date"),
    MONTH: gettext_lazy("In a month"),
    MONTH_RANGE: gettext_lazy("From month to month"),
    RECURRING: gettext_lazy("Repeatedly"),
    WHOLE_PERIOD: gettext_lazy("During the whole period"),
    EXTERNAL_SCHEDULE: gettext_lazy("By a separate schedule"),
    UNCLEAR: gettext_lazy("Not understood: set it by hand"),
}
EVERY = {
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("once a quarter"),
    "half_year": gettext_lazy("twice a year"),
    "year": gettext_lazy("once a year"),
}
TIMES_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Deadline:
    """A deadline's typed reading.

    `starts_on` and `due_on` are inclusive dates or None; `every` is a key of EVERY and `times` the occurrences a year,
    both for RECURRING only; `dates` are the single due dates of months that were listed («октябрь, апрель»).
    `guessed` says that the year was not written and could also be another one.
    """

    kind: str
    words: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    every: str = ""
    times: int | None = None
    dates: tuple[date, ...] = ()
    guessed: bool = False


STEMS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
MONTHS = (
    r"(?:январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]"
    r"|ноябр[ьяе]|декабр[ьяе])"
)
YEAR = r"(?:20\d\d)"
OF_YEAR = r"\s*(?:года|год|г\.\s?г|гг|г)?\.?"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
NUMBERS = {"один": 1, "одного": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6}
UNITS = {
    "недел": "week",
    "месяц": "month",
    "квартал": "quarter",
    "четверть": "quarter",
    "полугоди": "half_year",
    "год": "year",
    "учебный год": "year",
}
ADVERBS = {
    "еженедельно": "week",
    "ежемесячно": "month",
    "ежеквартально": "quarter",
    "ежегодно": "year",
    "каждую неделю": "week",
    "каждый месяц": "month",
    "каждый квартал": "quarter",
    "каждую четверть": "quarter",
    "каждое полугодие": "half_year",
    "каждый год": "year",
}


def parse(words, first_year):
    """The reading of a deadline cell. `first_year` is the year in which the school year begins, or None if unknown.

    Never fails: what is not understood is UNCLEAR, without a date, its words kept.
    """
    text = simplified(words)
    for reading in (_by_date, _from_to, _end_of_month, _months, _quarter, _recurring, _whole_period, _external):
        try:
            found = reading(text, first_year)
        except ValueError:  # 31 February: no such day
            found = None
        if found:
            return replace(found, words=words)
    return Deadline(UNCLEAR, words)


def simplified(words):
    text = re.sub(r"[\s\u00a0\u202f]+", " ", words or "").strip().casefold().replace("ё", "е")
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    return text.strip(" .,;")


def month_number(word):
    return next(n for n, stem in enumerate(STEMS, 1) if word.startswith(stem) and (stem != "ма" or word[:3] != "мар"))


def year_of(month, first_year):
    """The calendar year of a month that was written without one."""
    return first_year if month >= 8 else first_year + 1


def last_day(year, month):
    return date(year, month, monthrange(year, month)[1])


def _sane(year):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def _whole_year(digits):
    return _sane(int(digits) + (2000 if len(digits) == 2 else 0))


DAY = rf"(?P<{{0}}day>\d{{{{1,2}}}})(?:\.(?P<{{0}}digits>\d{{{{1,2}}}})|\s+(?P<{{0}}month>{MONTHS}))"
WITH_YEAR = rf"(?:[.,]?\s*(?P<{{0}}year>{YEAR}|(?<=\.)\d\d(?!\d))\.?{OF_YEAR})?"
ONE_DAY = re.compile(
    (r"(?:(?:срок\s+)?(?:до|к|не позднее|не позже)\s+)?" + DAY + WITH_YEAR).format("") + r"(?:\s*включительно)?"
)
TWO_DAYS = re.compile(
    r"(?:с\s+)?(?P<first>\d{1,2})(?:\s*-\s*|\s+по\s+)" + (DAY + WITH_YEAR).format("") + "|"
    r"(?:с\s+)?" + (DAY + WITH_YEAR).format("a_") + r"(?:\s*-\s*|\s+по\s+)" + (DAY + WITH_YEAR).format("b_")
)


def _day(found, prefix, first_year, year=None):
    """(date, guessed) of the day whose groups bear this prefix; None without a year."""
    month = int(found[f"{prefix}digits"] or 0) or month_number(found[f"{prefix}month"] or "")
    written = found[f"{prefix}year"]
    if not written and not year and first_year is None:
        return None, False
    chosen = _whole_year(written) if written else year or year_of(month, first_year)
    return date(chosen, month, int(found[f"{prefix}day"])), not written and not year and month == 8


def _by_date(text, first_year):
    found = ONE_DAY.fullmatch(text)
    if not found:
        return None
    due, guessed = _day(found, "", first_year)
    return due and Deadline(BY_DATE, due_on=due, guessed=guessed)


def _from_to(text, first_year):
    """«с 07 по 16 ноября», «07.11.2024 – 16.11.2024»."""
    found = TWO_DAYS.fullmatch(text)
    if not found:
        return None
    if found["first"]:
        due, guessed = _day(found, "", first_year)
        start = due and due.replace(day=int(found["first"]))
    else:
        due, guessed = _day(found, "b_", first_year)
        start, _guess = _day(found, "a_", first_year, year=due.year if due and found["b_year"] else None)
    if not due or not start or start > due:
        return None
    return Deadline(BY_DATE, starts_on=start, due_on=due, guessed=guessed)


END_OF_MONTH = re.compile(rf"(?:до\s+конца|конец|к концу)\s+(?P<month>{MONTHS})(?:[.,]?\s*(?P<year>{YEAR}){OF_YEAR})?")


def _end_of_month(text, first_year):
    found = END_OF_MONTH.fullmatch(text)
    if not found or not (found["year"] or first_year):
        return None
    month = month_number(found["month"])
    year = _sane(int(found["year"])) if found["year"] else year_of(month, first_year)
    return Deadline(BY_DATE, due_on=last_day(year, month), guessed=month == 8 and not found["year"])


ONE_MONTH = rf"{MONTHS}(?:[.,]?\s*{YEAR}(?!\d){OF_YEAR})?"
SOME_MONTHS = re.compile(rf"(?:в\s+|с\s+)?{ONE_MONTH}(?:(?P<glue>\s*-\s*|\s+по\s+|\s*[,;]\s*|\s+и\s+|\s+){ONE_MONTH})*")
YEARS_BEHIND = re.compile(rf"(?P<months>.*{MONTHS})[.,]?\s*(?P<a>{YEAR})\s*[-/]\s*(?P<b>{YEAR}){OF_YEAR}")


def _months(text, first_year):
    """«Сентябрь,2024», «Февраль-апрель 2025», «октябрь, апрель», «сентябрь-май 2024-2025»."""
    behind = YEARS_BEHIND.fullmatch(text)
    if behind and int(behind["b"]) == int(behind["a"]) + 1:
        text, first_year = behind["months"], _sane(int(behind["a"]))
    if not SOME_MONTHS.fullmatch(text):
        return None
    named = [
        (month_number(word), _sane(int(year)) if year else None)
        for word, year in re.findall(rf"({MONTHS})(?:[.,]?\s*({YEAR}))?", text)
    ]
    if len(named) == 1:
        return _one_month(*named[0], first_year)
    glue = re.findall(rf"(?:{MONTHS})(?:[.,]?\s*{YEAR}{OF_YEAR})?(\s*-\s*|\s+по\s+)", text)
    if len(named) == 2 and glue:
        return _month_range(*named, first_year)
    return None if glue else _listed_months(named, first_year)


def _one_month(month, year, first_year):
    if not year and first_year is None:
        return None
    chosen = year or year_of(month, first_year)
    return Deadline(
        MONTH, starts_on=date(chosen, month, 1), due_on=last_day(chosen, month), guessed=not year and month == 8
    )


def _month_range(first, last, first_year):
    (month_a, year_a), (month_b, year_b) = first, last
    guessed = False
    if year_b and not year_a:
        year_a = year_b if month_a <= month_b else year_b - 1
    elif year_a and not year_b:
        year_b = year_a if month_a <= month_b else year_a + 1
    elif not year_a:
        if first_year is None:
            return None
        year_a, guessed = year_of(month_a, first_year), month_a == 8
        year_b = year_a if month_a <= month_b else year_a + 1
    start, due = date(year_a, month_a, 1), last_day(year_b, month_b)
    return Deadline(MONTH_RANGE, starts_on=start, due_on=due, guessed=guessed) if start <= due else None


def _listed_months(named, first_year):
    """Separate months, each an occurrence; they must follow each other in time."""
    if first_year is None and not all(year for _month, year in named):
        return None
    years = [year or year_of(month, first_year) for month, year in named]
    dates = tuple(last_day(year, month) for year, (month, _written) in zip(years, named, strict=True))
    if list(dates) != sorted(set(dates)):
        return None
    guessed = any(month == 8 and not year for month, year in named)
    return Deadline(
        RECURRING, starts_on=dates[0].replace(day=1), due_on=dates[-1], times=len(dates), dates=dates, guessed=guessed
    )


QUARTER = re.compile(
    rf"(?:в\s+)?(?P<n>iv|i{{1,3}}|[1-4])(?:-?[а-я]{{1,2}})?\s*кварт(?:ал|але|ала)\s*(?P<year>{YEAR})?{OF_YEAR}"
)


def _quarter(text, first_year):
    found = QUARTER.fullmatch(text.replace("і", "i"))
    if not found:
        return None
    number = ROMAN[found["n"]]
    if not found["year"] and (first_year is None or number == 3):  # July to September lies on both sides of 1 September
        return None
    year = _sane(int(found["year"])) if found["year"] else first_year + (number < 3)
    return Deadline(MONTH_RANGE, starts_on=date(year, number * 3 - 2, 1), due_on=last_day(year, number * 3))


DURING = (
    r"(?:,?\s*(?:\(?(?:в течение|на протяжении|в|за)\s+)(?:всего\s+)?(?:учебного\s+)?"
    r"(?:периода|года|год)(?:\s+реализации)?\)?)?"
)
TIMES = re.compile(
    r"(?:не реже\s+|не менее\s+)?(?:(?P<count>\d{1,2}|" + "|".join(NUMBERS) + r")\s+)?раза?\s+в\s+"
    r"(?P<unit>недел|месяц|квартал|четверть|полугоди|учебный год|год)[а-я]*" + DURING
)
ADVERB = re.compile(rf"(?P<adverb>{'|'.join(ADVERBS)}){DURING}")


def _recurring(text, first_year):
    if found := ADVERB.fullmatch(text):
        every = ADVERBS[found["adverb"]]
        return Deadline(RECURRING, every=every, times=TIMES_A_YEAR.get(every))
    found = TIMES.fullmatch(text)
    if not found:
        return None
    count = found["count"] or "1"
    count = NUMBERS.get(count) or int(count)
    unit = UNITS[found["unit"]]
    times = count * TIMES_A_YEAR[unit]
    if not 1 <= times <= 366:
        return None
    every = next((name for name, number in TIMES_A_YEAR.items() if number == times), "")
    return Deadline(RECURRING, every=every, times=times)


PERIOD = r"(?:периода|года|срока|времени|учебного года|20\d\d\s*[-/]\s*(?:20)?\d\d\s*(?:учебного|уч\.?)\s*(?:года|г))"
WHOLE = re.compile(
    rf"(?:в течени[еи]|на протяжении)\s+(?:всего\s+)?{PERIOD}"
    r"(?:\s+реализации(?:\s+(?:программы|системы|дорожной карты)[а-я ]*)?)?\.?"
    r"|(?:весь|в)\s+(?:учебный\s+)?(?:период|год)(?:\s+реализации)?|постоянно|весь учебный год"
)
SCHEDULE = re.compile(
    r"(?:по|согласно|в соответствии с)\s+(?:[а-я-]+\s+){0,3}?"
    r"(?:график|план|расписани|план-график)[а-я-]*(?:\s+[а-я«» -]{0,80})?"
)


def _whole_period(text, first_year):
    return Deadline(WHOLE_PERIOD) if WHOLE.fullmatch(text) else None


def _external(text, first_year):
    return Deadline(EXTERNAL_SCHEDULE) if SCHEDULE.fullmatch(text) else None


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
    if kind == RECURRING:
        return _describe_recurring(deadline)
    if kind == UNCLEAR and due:
        return _("by %(due)s") % {"due": full_date(due)}
    return str(KINDS.get(kind, KINDS[UNCLEAR]))


def beside(words, reading):
    """The reading, unless the words say just that already."""
    return "" if reading.casefold() in words.casefold() else reading


def _describe_recurring(deadline):
    if deadline.dates:
        return ", ".join(month_name(day) for day in deadline.dates)
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
    whole_months = deadline.kind in (MONTH, MONTH_RANGE)
    shift = lambda day: day and _shifted(day, years, whole_months)
    return replace(
        deadline,
        starts_on=deadline.starts_on and _shifted(deadline.starts_on, years, False),
        due_on=shift(deadline.due_on),
        dates=tuple(_shifted(day, years, True) for day in deadline.dates),
    )


def _shifted(day, years, to_month_end):
    end = last_day(day.year + years, day.month)
    return end if to_month_end else date(end.year, end.month, min(day.day, end.day))
