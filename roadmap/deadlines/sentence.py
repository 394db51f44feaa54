"""A cell as a row of parts: dates, repetitions, names, with or without a sign between them."""

from roadmap.deadlines.cursor import Cursor
from roadmap.deadlines.moments import days, moment, part_of_month, school_term, years
from roadmap.deadlines.parts import About, By, Moment, Plain, Span, Years
from roadmap.deadlines.phrases import demand, event, relative, schedule, whole_period
from roadmap.deadlines.reading import EVENT, FUZZY, MONTH, NOT_UNDERSTOOD, WHOLE_PERIOD, Unclear
from roadmap.deadlines.repeats import repeat

DATED = (Moment, Span, By, Years)
BETWEEN = ",;()/."


def parts_of(tokens):
    """The parts of a cell, in order. Raises Unclear unless every word of it was read."""
    c, found, is_free = Cursor(tokens), [], True
    title(c)
    between(c)
    while c.now.cls != "end":
        is_apart = c.now.gap
        some = c.first_of(*RULES)
        if not some or not (is_free or (is_apart and may_follow(found[-1], some[0]))):
            raise Unclear(NOT_UNDERSTOOD)
        found += some
        is_free = between(c)
    return found


def title(c):
    """«Срок:», «срок исполнения –»."""
    if c.now.text in ("срок", "сроки") and c.ahead(1).cls in ("by", "sign", "realisation", "not"):
        c.step()
        c.take("realisation")
        c.sign(":-")


def between(c):
    """Step over what stands between two parts; was there anything?"""
    at = c.at
    while c.sign(BETWEEN) or c.take("and", "next") or (c.now.text in ("-", ":") and c.now.gap and c.step()):
        pass
    return c.at > at


def may_follow(before, after):
    """May two parts stand together without a sign? A date behind «по графику» may belong to the schedule's name."""
    if not (isinstance(before, Plain) and isinstance(after, DATED)):
        return True
    return before.kind == EVENT or (before.kind == WHOLE_PERIOD and isinstance(after, Years))


def dated(c):
    """Dates, with what stands before them: «в период с 5 по 9 мая», «до 1 сентября», «в течение марта»."""
    found = c.first_of(until, several_days, one_or_two, years_alone)
    if found:
        c.take("inclusive")
    return found


def before_dates(c):
    """«в», «в срок», «в период», «в течение», «за», «на»."""
    c.first_of(lambda c: c.words("in|for|on", "period"), lambda c: c.words("in|on", "during"),
               lambda c: c.take("in", "for", "on", "during"))  # fmt: skip
    c.take("whole")


def point(c):
    """One moment as the end of something."""
    return c.first_of(part_of_month, moment)


def one_or_two(c):
    """«в марте», «сентябрь – май», «с 1 сентября по 31 мая», «с 1 сентября», «I четверть»."""
    before_dates(c)
    begun = c.words("not", "earlier") or c.take("from")
    first = c.first_of(point, school_term)
    if not first or isinstance(first, Plain):
        return first and [first]
    last = c.maybe(lambda c: (c.sign("-") or (begun and c.take("to", "by"))) and point(c))
    return [Span(first, last)] if last or begun else [first]


def several_days(c):
    """«19, 20 и 26 ноября», «с 07 по 16 ноября»."""
    before_dates(c)
    begun = c.take("from")
    found = c.maybe(days)
    is_span = found and isinstance(found[0], Span)
    return found if found and (len(found) == 1 and is_span if begun else len(found) > 1 or is_span) else None


def until(c):
    """«до 1 сентября», «не позднее 15 марта», «в срок до 10.09», «к концу мая»."""
    c.words("in", "period") or c.take("period")
    how = "not" if c.words("not", "later") else getattr(c.take("by", "towards"), "cls", None)
    at = c.at
    last = how and c.first_of(point, end_of_year)
    if not last or (last.kind == FUZZY and last.last is not None):  # «до начала мая»: which day?
        return None
    is_rough = how == "towards" if last.kind == FUZZY else how != "not" and last.last is None
    of_school = any(token.cls == "school" for token in c.tokens[at : c.at])
    return [By(last, is_rough or (of_school and last.kind == FUZZY))]


def end_of_year(c):
    """«до конца 2024 года», «до 2025 года»."""
    if c.now.value == "end":
        c.step()
    found = c.maybe(years)
    return Moment(MONTH, 12, found.first) if found and found.first == found.last else None


def years_alone(c):
    before_dates(c)
    found = c.maybe(years)
    return [found] if found else None


def about(c):
    return [About()] if c.take("about") else None


def listed(rule):
    """A rule for one part as one for a row of them."""

    def some(c):
        found = rule(c)
        return None if found is None else [found]

    return some


RULES = (
    about, *map(listed, (repeat, whole_period)), dated, *map(listed, (schedule, demand, relative, event)),
)  # fmt: skip
