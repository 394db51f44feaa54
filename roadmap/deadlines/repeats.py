"""Rules for how often something comes back: «1 раз в квартал», «каждую пятницу», «до 5 числа каждого месяца»."""

from dataclasses import replace

from roadmap.deadlines.lexicon import (
    DAY,
    HALF,
    MONTH_UNIT,
    NUMBER,
    QUARTER_UNIT,
    RECURS,
    TERM,
    TRIMESTER,
    WEEK,
    YEAR,
)
from roadmap.deadlines.moments import one_year
from roadmap.deadlines.parts import Repeat
from roadmap.deadlines.reading import (
    APPROXIMATE,
    AT_BEGINNING,
    AT_END,
    AT_LEAST,
    CONTINUOUS,
    DAY_OF_MONTH,
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    TIMES_A_YEAR,
    WEEK_OF_MONTH,
    WEEKLY,
    YEARLY,
)

PERIODS = (MONTH_UNIT, QUARTER_UNIT, TERM, TRIMESTER, HALF)


def repeat(c):
    """«ежемесячно», «не реже 2 раз в год», «каждую пятницу», «1 раз в 3 года», «до 5 числа каждого месяца»."""
    at_least = at_least_words(c)
    found = c.first_of(adverb, times_in_unit, every, constant, on_weekdays, after_each, by_day_of_month, nth_of_month)
    if found is None:
        return None
    found = c.maybe(lambda c: with_weekday(c, found)) or found
    found = c.maybe(lambda c: with_day(c, found)) or found
    c.maybe(since_a_year)
    return replace(found, notes=(*found.notes, AT_LEAST)) if at_least else found


def at_least_words(c):
    return c.words("not", "fewer") or c.words("not", "fewer", "than") or bool(c.take("least"))


def adverb(c):
    found = c.take("adverb")
    return Repeat(found.value, TIMES_A_YEAR.get(found.value)) if found else None


def constant(c):
    """«на постоянной основе»."""
    c.take("on", "in")
    return Repeat(CONTINUOUS, None) if c.words("constant", "basis") else None


def how_many(c):
    """(how many, is it a guess): «2», «один», «1-2», «1 (один)»; one where only «раз» stands."""
    first, last = c.take(NUMBER, "cardinal"), None
    if not first:
        return 1, False
    if c.sign("-") and not (last := c.take(NUMBER, "cardinal")):
        return None
    if c.now.text == "(" and c.ahead(1).cls in ("cardinal", NUMBER) and c.ahead(2).text == ")":
        c.at += 3
    return first.value, last is not None


def times_in_unit(c):
    """«1 раз в квартал», «дважды в год», «раз в 3 месяца»."""
    if c.ahead(2).cls == "times":  # «по 1 разу в четверть»
        c.take("to")
    twice = c.take("twice")
    times = (twice.value, False) if twice else how_many(c)
    if not times or not (twice or c.take("times")):
        return None
    c.sign(".")
    if not (c.take("in", "for") or c.sign("/")):
        return None
    c.take("every", "during")
    number = c.take(NUMBER, "cardinal")
    c.take("school", "calendar")
    unit = c.take("unit")
    found = often(times[0], number.value if number else 1, unit.value) if unit else None
    if found is None:
        return None
    if len(unit.text) < 4:  # «мес.»
        c.sign(".")
    return replace(found, notes=(APPROXIMATE,)) if times[1] else found


def often(times, number, unit):
    """So many times in so many units, or None where that is no whole number a year."""
    if number == 1:
        return times_a_unit(times, unit)
    if times == 1 and unit == YEAR and 2 <= number <= 10:
        return Repeat(f"every_{number}_years", None)
    if times == 1 and unit == MONTH_UNIT and number in (2, 3, 4, 6, 12):
        return Repeat({3: QUARTERLY, 6: HALF_YEARLY, 12: YEARLY}.get(number, MONTHLY), 12 // number)
    return Repeat(WEEKLY, 52 // number) if times == 1 and unit == WEEK and number in (2, 4) else None


def times_a_unit(times, unit):
    if unit == YEAR and times == 2:  # twice a year is once in each half
        return Repeat(HALF_YEARLY, 2)
    count = None if unit == DAY else times * TIMES_A_YEAR[RECURS[unit]]
    return Repeat(RECURS[unit], count) if times and (count or 1) <= 366 else None


def every(c):
    """«каждую четверть», «каждый понедельник», «каждые 3 года», «каждое 25 число»."""
    if not c.take("every"):
        return None
    if c.now.cls == "weekday":
        return weekdays(c)
    if c.now.cls == "ordinal" or c.ahead(1).cls == "weekday":
        return nth_of_month(c)
    number = c.take(NUMBER, "cardinal")
    if number and c.take("date"):
        c.words("unit")
        return Repeat(MONTHLY, 12, notes=(f"{DAY_OF_MONTH} {number.value}",))
    c.take("school", "calendar")
    unit = c.take("unit")
    return often(1, number.value if number else 1, unit.value) if unit else None


def weekdays(c):
    """One weekday, or several of a week."""
    found = [c.take("weekday")]
    while found[-1] and (c.now.cls == "and" or c.now.text == ",") and c.ahead(1).cls == "weekday":
        c.step()
        found.append(c.take("weekday"))
    if not found[-1]:
        return None
    if c.maybe(lambda c: c.take("every") and c.unit(WEEK)) is None:
        c.unit(WEEK)
    return Repeat(WEEKLY, 52 * len(found), weekday=found[0].value if len(found) == 1 else None)


def nth_of_month(c):
    """«первый понедельник каждого месяца», «последняя неделя месяца»."""
    which, named = c.take("ordinal", NUMBER), c.take("weekday") or c.unit(WEEK)
    c.take("every")
    if not (which and named and c.unit(MONTH_UNIT) and which.value in (-1, 1, 2, 3, 4, 5)):
        return None
    weekday = named.value if named.cls == "weekday" else None
    return Repeat(MONTHLY, 12, weekday, (f"{WEEK_OF_MONTH} {which.value}",))


def on_weekdays(c):
    """«по средам», «по вторникам и четвергам»."""
    return weekdays(c) if c.take("to") else None


def with_weekday(c, found):
    """«еженедельно по пятницам», «1 раз в неделю (среда)»."""
    if found.recur != WEEKLY or found.count != 52 or found.weekday is not None:
        return None
    opened = c.sign(",(-:")
    c.take("to", "in", "every")
    named = weekdays(c)
    if named is None or named.weekday is None or (opened and opened.text == "(" and not c.sign(")")):
        return None
    return replace(found, weekday=named.weekday)


def after_each(c):
    """«по итогам четверти», «в конце каждого полугодия», «в конце месяца»."""
    if not c.words("to", "upon"):
        c.take("in", "towards")
        if c.now.cls != "part" or c.step().value not in ("beginning", "end"):
            return None
    note = AT_BEGINNING if c.ahead(-1).value == "beginning" else AT_END
    each = c.take("every")
    unit = c.unit(*PERIODS, *([YEAR, WEEK] if each else []))
    return Repeat(RECURS[unit.value], TIMES_A_YEAR[RECURS[unit.value]], notes=(note,)) if unit else None


def last_day_words(c):
    """The day in «до 5 числа», «не позднее 10-го числа», «с 1 по 5 число»."""
    if not (c.words("not", "later|earlier") or c.take("by", "towards")) and c.take("from"):
        c.number(1, 31)
        c.take("to")
    day = c.number(1, 31)
    return day.value if day and c.take("date") else None


def by_day_of_month(c):
    """«до 5 числа каждого месяца», «25 числа ежемесячно»."""
    day = last_day_words(c)
    if not day:
        return None
    if c.words("every", "unit") and c.ahead(-1).value == MONTH_UNIT or c.now.value == MONTHLY and c.take("adverb"):
        return Repeat(MONTHLY, 12, notes=(f"{DAY_OF_MONTH} {day}",))
    return None


def with_day(c, found):
    """«ежемесячно до 5 числа», «ежеквартально не позднее 10 числа месяца, следующего за отчетным кварталом»."""
    if found.recur not in (MONTHLY, QUARTERLY) or any(note.startswith(DAY_OF_MONTH) for note in found.notes):
        return None
    c.sign(",(")
    day = last_day_words(c)
    if not day:
        return None
    c.take("every")
    if c.unit(MONTH_UNIT):
        c.sign(",")
    if c.words("following", "unit") or c.words("following", "for", "following"):
        c.take("unit", "period")
    c.sign(")")
    return replace(found, notes=(*found.notes, f"{DAY_OF_MONTH} {day}"))


def since_a_year(c):
    """«ежегодно с 2023 года»: long ago, so it says nothing."""
    return c.take("from") and one_year(c)
