"""What a person should look at in a roadmap that was read: kept as written, and remarked upon."""

import re
from collections import Counter
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from roadmap import deadline_words, known
from roadmap.deadlines.reading import THIS_YEAR, YEAR_UNKNOWN

# The first is needed by the second, so it should not be due later.
ORDER = (("questionnaires-analysed", "pairs-formed"), ("first-meetings", "plans-approved"))
SHOWN = 80  # letters of a cell that a remark repeats


def remark(parsed):
    """Add remarks to the parsed roadmap's items and to itself; change nothing else."""
    codes = known.recognised([(item.number, item.content, item.result) for item in parsed.items])
    readings = [deadline_words.parse(item.deadline_words, parsed.school_year) for item in parsed.items]
    for section in parsed.sections:
        _remark_on_numbers(section)
    for item, reading in zip(parsed.items, readings, strict=True):
        item.remarks += [*_on_words(item), *_on_deadline(item, reading, parsed.school_year)]
    _remark_on_order(parsed, codes, readings)
    _remark_on_whole(parsed)


def _on_words(item):
    if not item.content:
        yield _("The item has no content.")
    everything = " ".join((item.content, item.result, item.indicator_words))
    if found := re.search(r"(?<!не )менее,? чем на \d+\s*%", everything, re.I):
        yield _("It says «%(words)s»; the sense is probably «not less». Kept as written.") % {"words": found[0]}
    if re.search(r"\bобучающ", everything, re.I):
        yield _("It speaks of «обучающиеся» too; the portal covers teachers only. Kept as written.")


def _on_deadline(item, reading, first_year):
    if not item.deadline_words:
        yield _("The item has no deadline.")
    elif reading.kind == deadline_words.UNCLEAR and reading.note != YEAR_UNKNOWN:  # the chosen year will tell
        yield _why_unclear(Truncator(item.deadline_words).chars(SHOWN), reading)
    if reading.kind == deadline_words.FUZZY:
        yield _("The deadline is approximate: its days were taken as %(days)s.") % {"days": _days_of(reading)}
    if reading.note == THIS_YEAR:
        yield _("«This year» was taken as the calendar year in which the school year begins.")
    elif reading.guessed:
        yield _("The year of the deadline is not written; August was taken as the one before the school year.")
    if first_year and reading.due_on and not date(first_year, 8, 1) <= reading.due_on <= date(first_year + 1, 8, 31):
        yield _("The deadline lies outside the school year. Kept as written.")


def _why_unclear(words, reading):
    if reading.note in deadline_words.WHY_UNCLEAR:
        return _("The deadline «%(words)s»: %(why)s.") % {
            "words": words,
            "why": deadline_words.WHY_UNCLEAR[reading.note],
        }
    return _("The deadline «%(words)s» was not understood: choose its kind and dates.") % {"words": words}


def _days_of(reading):
    return " – ".join(deadline_words.full_date(day) for day in (reading.starts_on, reading.due_on) if day)


def _remark_on_numbers(section):
    for item in section.items:
        if not item.number:
            item.remarks.append(_("The item has no number."))
        elif "." in item.number and section.number.isdigit() and item.number.split(".")[0] != section.number:
            sentence = _("The item's number does not fit its section %(number)s.")
            item.remarks.append(sentence % {"number": section.number})


def _remark_on_order(parsed, codes, readings):
    place = {code: n for n, code in enumerate(codes) if code}
    for first, then in ORDER:
        if first in place and then in place:
            before, after = readings[place[first]].due_on, readings[place[then]].due_on
            if before and after and before > after:
                one, other = parsed.items[place[first]], parsed.items[place[then]]
                words = {"first": one.number, "then": other.number}
                one.remarks.append(_("%(first)s feeds %(then)s but ends after it. Kept as written.") % words)
                other.remarks.append(_("It ends before %(first)s, which feeds it. Kept as written.") % words)


def _remark_on_whole(parsed):
    if not parsed.school_year:
        parsed.remarks.append(_("The school year is not written in the file: the one chosen in the portal was taken."))
    if not parsed.title:
        parsed.remarks.append(_("No title was found above the table."))
    for number, times in Counter(item.number for item in parsed.items if item.number).items():
        if times > 1:
            sentence = _("The number %(number)s occurs %(times)s times.")
            parsed.remarks.append(sentence % {"number": number, "times": times})
