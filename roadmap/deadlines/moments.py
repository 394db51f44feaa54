"""Rules for pieces of the calendar: days, months, parts of months, quarters, seasons, and the year behind them."""

from roadmap.deadlines.lexicon import DAY, HALF, MONTH_UNIT, NUMBER, QUARTER_UNIT, TERM, TRIMESTER, WEEK, YEAR
from roadmap.deadlines.parts import THIS, Moment, Plain, SchoolYear, Span, Years
from roadmap.deadlines.reading import (
    FUZZY,
    MONTH,
    ON_DATE,
    QUARTER,
    SCHOOL_HALF,
    SCHOOL_TERM,
    SCHOOL_TRIMESTER,
    SEASON,
)

PARTS_OF_MONTH = {"beginning": (1, 10), "middle": (11, 20), "end": (21, None)}
NAMED_IN_A_YEAR = {TERM: (SCHOOL_TERM, 4), TRIMESTER: (SCHOOL_TRIMESTER, 3), HALF: (SCHOOL_HALF, 2)}


# ---------------------------------------------------------------- the year


def year_mark(c):
    """«г.», «года», «г.г.», «уч. г.», «учебного года»; True if there is one."""
    at = c.at
    is_school = bool(c.take("school"))
    if is_school:
        c.sign(".")
    if not c.unit(YEAR):
        c.at = at
        return None
    while c.sign(".") or (c.now.text in ("г", "гг") and c.unit(YEAR)):
        pass
    return "school" if is_school else "calendar"


def year(c):
    """The year behind a month or a day: a number, THIS, or a SchoolYear."""
    c.sign(",.")
    return c.first_of(school_years, written_year, current_year)


def written_year(c):
    if found := c.number(1000, 9999):
        year_mark(c)
        return found.value
    short = c.number(20, 60)
    if short and c.now.cls == "unit" and c.now.value == YEAR and year_mark(c):
        return 2000 + short.value
    return None


def current_year(c):
    """«т.г.», «текущего года», «текущего учебного года»."""
    c.sign("(")
    if c.take("current"):
        c.sign(".")
        if mark := year_mark(c):
            c.sign(")")
            return THIS if mark == "calendar" else SchoolYear(None)
    return None


def two_years(c):
    """(first, last, mark) of «2024-2025 гг.», «2024/25 уч. год»."""
    first = c.number(1000, 9999)
    if not first:
        return None
    year_mark(c)
    if not c.sign("-/"):
        return None
    last = c.number(1000, 9999) or (None if c.now.gap else c.number((first.value + 1) % 100, (first.value + 1) % 100))
    if not last or c.now.text == "." and c.ahead(1).cls == NUMBER or c.now.cls == "month":
        return None
    full = last.value if last.value > 99 else first.value - first.value % 100 + last.value
    return first.value, full, year_mark(c)


def school_years(c):
    found = two_years(c)
    return SchoolYear(found[0]) if found and found[1] == found[0] + 1 else None


def years(c):
    """Years by themselves: «2024–2026 гг.», «2024-2025 учебный год», «с 2022 по 2027 год», «2024 год», «т.г.»."""
    return c.first_of(years_between, years_from_to, one_year)


def years_between(c):
    found = two_years(c)
    if not found:
        return None
    first, last, mark = found
    # Two years in a row without a word are a school year; with «гг.» they are calendar years.
    return Years(first, last, mark == "school" or (mark is None and last == first + 1))


def years_from_to(c):
    first = c.number(1000, 9999) if c.take("from") else None
    if first:
        year_mark(c)
        last = c.number(1000, 9999) if c.take("to", "by") else None
        if last:
            return Years(first.value, last.value, year_mark(c) == "school")
    return None


def one_year(c):
    found = c.first_of(written_year, current_year)
    return None if found is None else Years(found, found)


def behind(c, moment):
    """The moment with the year that stands behind it."""
    found = c.maybe(year)
    return moment if found is None else moment.of(found)


# ---------------------------------------------------------------- days


def days(c):
    return c.first_of(day_in_digits, days_of_month)


def day_in_digits(c):
    """«15/09/2024», «15-09-2024», «2024-09-15»; with dots see `days_of_month`."""
    numbers = [c.take(NUMBER)]
    sign = c.sign("/-")
    numbers.append(sign and c.take(NUMBER))
    numbers.append(sign and c.sign(sign.text) and c.take(NUMBER))
    if not all(numbers) or any(number.gap for number in numbers[1:]):
        return None
    day, month, written = numbers if len(numbers[2].text) == 4 else reversed(numbers)
    if len(written.text) != 4 or not (1 <= month.value <= 12 and 1 <= day.value <= 31):
        return None
    return [Moment(ON_DATE, month.value, written.value, day.value, day.value)]


def days_of_month(c):
    """[Moment or Span] of «10 сентября», «19, 20 и 26 ноября», «2-4 октября», «07 по 16 ноября», «10-15.09.2024»."""
    at = c.at
    numbers, joints = [c.number(1, 31)], []
    while numbers[-1] and (joint := c.sign(",-") or c.take("and", "to")):
        joints.append({",": "and", "-": "to"}.get(joint.text, joint.cls))
        numbers.append(c.number(1, 31))
    month = numbers[-1] and month_of_day(c)
    if not month:
        return None
    moments = [Moment(ON_DATE, month.value, day=day.value, last=day.value) for day in numbers]
    written = c.maybe(day_year(is_digits=month.cls == NUMBER))
    if written is not None:
        moments = [moment.of(written) for moment in moments]
    elif at == 0 and len(month.text) == len(numbers[0].text) == 1:  # «1.2» is rather the number of an item
        return None
    elif month.cls == NUMBER:  # «01.09. – 15.09.»
        c.sign(".")
    return paired(moments, joints)


def month_of_day(c):
    """The month behind a day, in words or in digits."""
    if c.sign("."):
        return c.number(1, 12)
    return c.take("month")


def day_year(is_digits):
    """The year behind a day; in digits it may be short: «10.09.24»."""

    def rule(c):
        dot = is_digits and c.sign(".")
        if dot and not c.now.gap and (short := c.number(0, 99)) and len(short.text) == 2:
            year_mark(c)
            return 2000 + short.value
        return year(c)

    return rule


def paired(moments, joints):
    """Moments whose neighbours are joined by «to» as Spans; None for a row like «1-5-9»."""
    found, place = [], 0
    while place < len(moments):
        if place < len(joints) and joints[place] == "to":
            if place + 1 < len(joints) and joints[place + 1] == "to":
                return None
            found.append(Span(moments[place], moments[place + 1]))
            place += 1
        else:
            found.append(moments[place])
        place += 1
    return found


# ---------------------------------------------------------------- months and their parts


def month(c):
    return c.first_of(month_in_digits, month_in_words)


def month_in_digits(c):
    """«09.2024»."""
    found = c.number(1, 12)
    written = c.number(1000, 9999) if found and c.sign(".") and not c.now.gap else None
    if not written:
        return None
    year_mark(c)
    return Moment(MONTH, found.value, written.value)


def month_in_words(c):
    c.unit(MONTH_UNIT)
    found = c.take("month")
    if not found:
        return None
    if len(found.text) < 5:  # «сент.»
        c.sign(".")
    c.unit(MONTH_UNIT)
    moment = behind(c, Moment(MONTH, found.value))
    return c.maybe(lambda c: stretch_behind(c, moment)) or moment


def stretch_behind(c, moment):
    """«сентябрь, 2 неделя», «октябрь (1-я декада)»."""
    opened = c.sign(",(")
    bounds = stretch(c)
    if bounds is None or c.now.cls == "month" or (opened and opened.text == "(" and not c.sign(")")):
        return None
    return Moment(FUZZY, moment.month, moment.year, *bounds)


def part_of_month(c):
    """«конец мая», «первая неделя сентября», «2-я декада октября»."""
    bounds = c.first_of(named_part, stretch, half_of_month)
    found = c.take("month") if bounds else None
    return behind(c, Moment(FUZZY, found.value, None, *bounds)) if found else None


def named_part(c):
    found = c.take("part")
    return PARTS_OF_MONTH.get(found.value) if found else None


def half_of_month(c):
    which = c.take("ordinal", NUMBER)
    half = c.take("part") if which and which.value in (1, 2) else None
    return ((1, 15), (16, None))[which.value - 1] if half and half.value == "half" else None


def stretch(c):
    """(first day, last day) of weeks or decades: «2 неделя», «2-3 недели», «1-я декада», «последняя неделя»."""
    found = ranks(c)
    if found and c.unit(WEEK):
        return days_of(*found, 7, 5)
    return days_of(*found, 10, 3) if found and c.take("decade") else None


def days_of(first, last, length, most):
    if first == last == -1:
        return -length, None
    if not 1 <= first <= last <= most:
        return None
    return (first - 1) * length + 1, None if last == most else last * length


# ---------------------------------------------------------------- quarters, terms, seasons


def ranks(c):
    """(first, last) of «I», «1-2», «II и III», «первое», «последняя»; «I и III» is no stretch."""
    first = last = c.take("roman", "ordinal", NUMBER)
    joint = c.sign("-,") or c.take("and") if first else None
    if joint:
        last = c.take("roman", "ordinal", NUMBER)
    if not last or not (
        first.value <= last.value if joint and joint.text == "-" else 0 <= last.value - first.value < 2
    ):
        return None
    return first.value, last.value


def quarter(c):
    """«I квартал 2025 г.», «1-2 кварталы»: of the calendar."""
    found = ranks(c)
    if not found or not c.unit(QUARTER_UNIT) or not 1 <= found[0] <= found[1] <= 4:
        return None
    c.sign(".")
    first, last = found
    return behind(c, Moment(QUARTER, first * 3 - 2, months=(last - first + 1) * 3))


def school_term(c):
    """«I четверть», «конец II четверти», «II полугодие 2025 г.»: their dates are the school's own."""
    is_until = c.take("by", "towards")
    is_end = c.now.value == "end" and c.step()
    found = ranks(c) if is_end or not is_until else None
    named = c.unit(TERM, TRIMESTER, HALF) if found else None
    note, most = NAMED_IN_A_YEAR[named.value] if named else (None, 0)
    if not note or not 1 <= found[0] <= found[1] <= most:
        return None
    c.first_of(year, year_mark)
    first, last = found
    return Plain(QUARTER, f"{note} {first}" if first == last else f"{note} {first}-{last}")


def season(c):
    """«осень 2024», «летний период», «зима 2024-2025»."""
    found = c.take("season") or (c.now.cls == "seasonal" and c.ahead(1).cls == "period" and c.step())
    if not found:
        return None
    c.take("period")
    return behind(c, Moment(SEASON, found.value, months=3))


def part_of_school_year(c):
    """«начало учебного года», «конец учебного года»."""
    found = c.take("part")
    if found and found.value in ("beginning", "end") and c.take("school") and c.unit(YEAR):
        at_start = found.value == "beginning"
        moment = Moment(FUZZY, 9 if at_start else 5, None, *PARTS_OF_MONTH[found.value])
        return behind(c, moment)
    return None


def moment(c):
    """One moment, whatever it is."""
    return c.first_of(one_day, part_of_month, month, quarter, season, part_of_school_year)


def one_day(c):
    found = days(c)
    return found[0] if found and len(found) == 1 and isinstance(found[0], Moment) else None


def duration(c):
    """«10 рабочих дней», «месяц», «двух недель»; how long it is does not matter, it has no date."""
    c.words("not", "later|more|fewer")
    named = c.number(1, 99) or c.take("cardinal")
    c.take("working", "calendar", "school")
    return c.unit(DAY, WEEK, MONTH_UNIT, *([YEAR] if named else []))
