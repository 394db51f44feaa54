"""What was read from a file, as the rows of a roadmap of one year: plain values that wait for a person's word."""

import re
from collections import Counter
from itertools import chain, count

from django.utils.translation import gettext as _

from roadmap import deadline_words, known
from roadmap.parsing import SCHOOL_YEAR


def content_of(parsed, year):
    """JSON-ready content of a roadmap of this SchoolYear from a ParsedRoadmap.

    Where the paper was written for another year the typed dates move to this one and the words stay:
    {"title", "goal", "remarks", "moved", "sections": [{"number", "title", "remarks"}], "items": [{"section", ...}]}.
    """
    written = parsed.school_year or year.first_year
    years = year.first_year - written
    codes = known.recognised([(item.number, item.content, item.result) for item in parsed.items])
    sections = [
        {"number": n, "title": section.title, "remarks": section.remarks}
        for n, section in enumerate(parsed.sections, 1)
    ]
    places = [(n, item) for n, section in enumerate(parsed.sections, 1) for item in section.items]
    numbers = item_numbers(places)
    items = [
        row_of(item, section, number, code, written, years)
        for (section, item), number, code in zip(places, numbers, codes, strict=True)
    ]
    remarks = list(parsed.remarks)
    if years:
        sentence = _("The file is of the year %(written)s: typed dates were moved to %(year)s, the words were kept.")
        remarks.insert(0, sentence % {"written": f"{written}/{written + 1}", "year": year})
    title = with_year_moved(parsed.title, years) or _("Roadmap %(year)s") % {"year": year}
    return {
        "title": title,
        "goal": parsed.goal,
        "remarks": remarks,
        "moved": years,
        "sections": sections,
        "items": items,
    }


def item_numbers(places):
    """A number for each (section, item): as written where that is unique, else counted within its section."""
    written, taken = Counter(item.number for _section, item in places), set()
    for section, item in places:
        own = [item.number] if written[item.number] == 1 else []
        inside = [f"{section}.{item.number}"] if item.number and "." not in item.number else []
        counted = (f"{section}.{n}" for n in count(1))
        free = (number for number in chain(own, inside, counted) if number and number not in taken)
        taken.add(number := next(number for number in free if number == item.number or number not in written))
        yield number


def row_of(item, section, number, code, written, years):
    """One item's values, dates as texts."""
    reading = deadline_words.moved(deadline_words.parse(item.deadline_words, written), years)
    return {
        "section": section,
        "number": number,
        "content": item.content,
        "deadline_words": item.deadline_words,
        **typed(reading),
        "result": item.result,
        "indicator_words": item.indicator_words,
        "responsible": item.responsible,
        "indicator": code,
        "target": item.target,
        "rows": item.rows,
        "source": item.source,
        "remarks": item.remarks,
    }


def typed(reading):
    """A Deadline as the values of an Item's fields."""
    return {
        "deadline_kind": reading.kind,
        "starts_on": reading.starts_on,
        "due_on": reading.due_on,
        "times_a_year": reading.times,
        "deadline_guessed": reading.guessed,
    }


def with_year_moved(text, years):
    """«на 2024 – 2025 учебный год» for another year; other words stay."""

    def shifted(found):
        return re.sub(r"\d+", lambda digits: str(int(digits[0]) + years).zfill(len(digits[0])), found[0])

    return SCHOOL_YEAR.sub(shifted, text) if years else text
