"""Rules for what has no date: the whole period, schedules, demands, terms that run from an event, names of events."""

from roadmap.deadlines.lexicon import DAY, NUMBER, SIGN, WEEK, WORD, YEAR
from roadmap.deadlines.moments import duration, years
from roadmap.deadlines.parts import Plain
from roadmap.deadlines.reading import CALENDAR_YEAR, EVENT, EXTERNAL_SCHEDULE, ON_DEMAND, RELATIVE, WHOLE_PERIOD

# What a name may be made of. Months, days, «до», «кроме» are no part of a name: they would be a date that was not read.
NAME = (WORD, "school", "calendar", "working", "plan", "period", "realisation", "event", "whole", "current", "as",
        "unit", "basis", "demand", "case", "date")  # fmt: skip
WITHIN_NAME = ("and", "in", "on", "from", "to")
NOT_A_NAME = frozenset(["кроме", "исключением", "исключая", "либо", "или", "нет"])
STOPS = frozenset(",;()")
QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“"}


# ---------------------------------------------------------------- the whole period


def whole_period(c):
    """«в течение всего периода реализации», «весь учебный год», «в течение календарного года»."""
    during = c.words("in", "during") or c.words("on", "during") or c.words("during")
    begun = during or c.words("for", "whole") or c.words("in|on|for") or c.now.cls == "whole"
    if not begun:
        return None
    whole = c.take("whole") or c.ahead(-1).cls == "whole"
    c.take("current")
    kind = c.take("school", "calendar")
    is_year = c.unit(YEAR)
    if not is_year and not c.take("period"):
        return None
    if not (during or whole or (kind and is_year) or c.now.cls == "realisation"):
        return None
    if c.take("realisation"):
        name(c)
    return Plain(WHOLE_PERIOD, CALENDAR_YEAR if kind and kind.cls == "calendar" else None)


# ---------------------------------------------------------------- schedules and demands


def schedule(c):
    return c.first_of(fixed_time, by_plan)


def fixed_time(c):
    """«в установленные сроки», «в сроки, установленные приказом»."""
    if c.words("in", "fixed", "period"):
        return Plain(EXTERNAL_SCHEDULE)
    if c.words("in", "period"):
        c.sign(",")
        if c.take("fixed"):
            name(c)
            return Plain(EXTERNAL_SCHEDULE)
    return None


def by_plan(c):
    """«по отдельному графику», «согласно плану работы школы на 2024-2025 учебный год»."""
    if not (c.take("to") or c.words("as") or c.words("in", "as")):
        return None
    c.take("from")
    for _ in range(5):
        if not c.take(WORD, "school", "calendar", "event", "current", "working", "ordinal", "fixed"):
            break
    if not c.take("plan"):
        return None
    if c.now.text == "-" and c.ahead(1).cls == "plan":
        c.at += 2
    name(c)
    c.maybe(as_fixed)
    return c.maybe(of_years) or Plain(EXTERNAL_SCHEDULE)


def as_fixed(c):
    """«…, утвержденному директором»."""
    if c.sign(",") and c.take("fixed"):
        name(c)
        return True
    return False


def of_years(c):
    """«… на 2024-2025 учебный год» behind a plan's name."""
    return Plain(EXTERNAL_SCHEDULE) if c.take("on") and years(c) else None


def demand(c):
    """«по мере необходимости», «по запросу», «при наличии», «при приеме на работу», «в случае …»."""
    if c.words("to", "measure|demand") or c.words("with", f"demand|{WORD}") or c.words("in", "case"):
        name(c)
        return Plain(ON_DEMAND)
    return None


# ---------------------------------------------------------------- relative to something else


def relative(c):
    """«в течение 10 рабочих дней после приказа», «за неделю до педсовета», «после утверждения»; none has a date."""
    if not c.first_of(after_something, some_time, limit_before):
        return None
    rest(c)
    return Plain(RELATIVE)


def after_something(c):
    """«после …», «перед …», «по окончании …», «в день …»."""
    if c.take("after") or c.words("to", "upon"):
        return c.now.cls != "end"
    return c.words("in", "unit") and c.ahead(-1).text == "день" and c.now.cls in (WORD, "realisation")


def some_time(c):
    """«в течение 3 дней», «через месяц», «в недельный срок»."""
    if (
        c.words("in", NUMBER, SIGN, "spell", "period")
        or c.words("in", "spell", "period")
        or c.words("in", "during", "spell", "period")
    ):
        return True
    begun = c.words("in", "during") or c.words("during") or c.words("through") or c.words("in", "period", "not")
    return begun and duration(c) and c.now.cls not in ("month", NUMBER)


def limit_before(c):
    """«за 3 дня до …», «не позднее чем за месяц до …», «не позднее 2 рабочих дней со дня …»."""
    if c.words("not", "later|earlier"):
        c.take("than")
        c.take("for", "through")
    elif not c.take("for"):
        return None
    return duration(c) and (c.now.cls in ("by", "after", "from", "end") or c.now.text in STOPS)


def rest(c):
    """All that is left until a comma, a semicolon or a bracket that holds more than a name."""
    while c.now.cls != "end" and c.now.text not in STOPS:
        c.step()
    c.maybe(name_in_brackets)


def name_in_brackets(c):
    if c.sign("("):
        name(c)
        return c.sign(")")
    return None


# ---------------------------------------------------------------- names


def name(c):
    """The words of a name, and what stands in quotation marks."""
    while True:
        if c.now.text in QUOTES:
            quoted(c)
        elif is_named(c.now) or (c.now.cls in WITHIN_NAME and is_named(c.ahead(1))) or hyphen_within(c):
            c.step()
        else:
            return


def is_named(token):
    return token.cls in NAME and token.text not in NOT_A_NAME


def hyphen_within(c):
    return c.now.cls == SIGN and c.now.text in "-." and not c.now.gap and not c.ahead(1).gap and is_named(c.ahead(1))


def quoted(c):
    opened = c.step()
    closing = QUOTES[opened.text]
    while c.now.cls != "end" and c.now.text != closing:
        c.step()
    c.sign(closing)


def event(c):
    """An event's name: «педсовет», «День учителя», «Неделя математики», «на заседании МО»."""
    c.first_of(lambda c: c.take("on", "towards", "in", "to"))
    c.take("seasonal")
    is_day = c.now.cls == "unit" and c.now.value in (DAY, WEEK) and c.ahead(1).cls == WORD
    if not (is_day or c.now.cls == "event" or c.now.text in QUOTES):
        return None
    name(c)
    return Plain(EVENT)
