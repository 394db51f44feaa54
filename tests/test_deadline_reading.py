"""Deadlines in Russian prose: what was collected from schools is read as a person reads it, and nothing is invented."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.deadlines import KINDS, Reading, read
from roadmap.deadlines import reading as r
from roadmap.deadlines.lexicon import WORDS
from roadmap.deadlines.words import write
from roadmap.deadlines.years import last_day
from tests.deadline_table import COLLECTED, SOURCES, TABLE

ROOT = Path(__file__).resolve().parent.parent
D = date
YEAR = D(2024, 9, 1)
UNDERSTOOD = [row for row in TABLE if row[2].kind != r.UNCLEAR]


def begins(first_year):
    return D(first_year, 9, 1)


def spelled(words):
    return " ".join(words.casefold().split())


@pytest.mark.parametrize("source", SOURCES)
def test_the_deadlines_of_a_school_are_read_whole(source):
    first_year, rows = SOURCES[source]
    assert [(words, read(words, begins(first_year))) for words, _reading in rows] == rows


def test_the_table_is_wide():
    """A hundred and fifty different expressions of schools, and every kind."""
    collected = {spelled(words) for _year, rows in COLLECTED.values() for words, _reading in rows}
    assert len(collected) >= 150
    assert {reading.kind for _words, _year, reading, _source in TABLE} == set(KINDS)


def test_the_reader_knows_nothing_of_django():
    code = "import roadmap.deadlines.words, sys; print([name for name in sys.modules if name.startswith('django')])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


# ---------------------------------------------------------------- years


def test_a_written_year_is_never_moved():
    for words in (
        "Апрель 2024",
        "до 10.09.24",
        "сентябрь-май 2024-2025",
        "I квартал 2025 г.",
        "октябрь 2024, май 2025",
    ):
        assert {read(words, year) for year in (begins(2024), begins(2030), None)} == {read(words, YEAR)}


def test_a_month_without_a_year_belongs_to_the_school_year():
    found = [read(month, YEAR).start.year for month in ("сентябрь", "декабрь", "январь", "июль", "август")]
    assert found == [2024, 2024, 2025, 2025, 2024]
    assert [month for month in ("июль", "август", "сентябрь") if read(month, YEAR).note == r.AUGUST] == ["август"]


@pytest.mark.parametrize(
    "words", ["май", "01.09", "до 5 мая", "октябрь, апрель", "4 квартал", "весна", "до 1 мая т.г."]
)
def test_without_a_school_year_a_date_without_a_year_is_unclear(words):
    assert read(words, None) == Reading(r.UNCLEAR, note=r.YEAR_UNKNOWN)


# ---------------------------------------------------------------- damage


LATIN = str.maketrans("асеорхукмтАСЕОРХКМТВН", "aceopxykmtACEOPXKMTBH")
DASHES = "‐‑‒–—―−-"


def test_latin_letters_that_look_cyrillic_change_nothing():
    differ = [words for words, year, reading, _ in TABLE if read(words.translate(LATIN), begins(year)) != reading]
    assert differ == []


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_a_dash(dash):
    for words, year, reading, _source in TABLE:
        one = words.translate(dict.fromkeys(map(ord, DASHES), dash))
        assert read(one, begins(year)) == reading


def test_every_space_is_a_space_and_capitals_do_not_matter():
    for words, year, reading, _source in TABLE:
        assert read(f"\u00a0{words.replace(' ', chr(0x202F))}\n".upper(), begins(year)) == reading


@pytest.mark.parametrize("word", ["сентябрь", "декабря", "октябре", "квартал", "ежемесячно", "четверть"])
def test_a_long_word_may_be_broken_anywhere(word):
    whole = {"квартал": "1 раз в квартал", "четверть": "1 раз в четверть"}.get(word, word)
    if word == "декабря":
        whole = "до 10 декабря"
    for place in range(1, len(word)):
        for joint in (" ", "\n", "-\n"):
            broken = whole.replace(word, word[:place] + joint + word[place:])
            assert read(broken, YEAR) == read(whole, YEAR), broken


# ---------------------------------------------------------------- a wrong date is far worse than none


@pytest.mark.parametrize("more", ["кроме", "кажется", "№ 7", "32", "отменено", "за исключением мая"])
def test_a_word_that_is_not_understood_leaves_no_date(more):
    for words, year, reading, _source in TABLE:
        if reading.kind not in (r.EXTERNAL_SCHEDULE, r.ON_DEMAND, r.RELATIVE) and not set(reading.notes) & {
            r.EVENT, r.EXTERNAL_SCHEDULE, r.ON_DEMAND,
        }:  # fmt: skip
            found = read(f"{words} {more}", begins(year))
            assert (found.start, found.end) == (None, None), words


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", r.EMPTY),
        (" \n.", r.EMPTY),
        ("31.02.2025", r.NO_SUCH_DAY),
        ("с 1 по 31 сентября", r.NO_SUCH_DAY),
        ("29 февраля", r.NO_SUCH_DAY),
        ("до 10 сентября 1924 г.", r.NO_SUCH_YEAR),
        ("сентябрь 9" + "9" * 400, r.NOT_UNDERSTOOD),
        ("до 10 сентября " * 667, r.TOO_LONG),
        ("9" * 10_000, r.TOO_LONG),
        ("май ,;()" * 1_250, r.TOO_LONG),
        ("III квартал", r.WHICH_YEAR),
        ("май – сентябрь", r.WHICH_YEAR),
        ("с 20.05.2025 по 10.05.2025", r.ENDS_BEFORE_IT_STARTS),
    ],
)
def test_an_unclear_deadline_says_why(words, why):
    assert read(words, YEAR) == Reading(r.UNCLEAR, note=why)


ALPHABET = sorted(
    {*WORDS, "9", "10", "31", "02", "2024", "2025", "25", "I", "iv", ".", ",", "-", "(", ")", "«", "»", "/"}
)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(ALPHABET), max_size=9), st.sampled_from([" ", "", "\n"]))
def test_any_row_of_known_words_is_read_without_failing(words, joint):
    checked(read(joint.join(words), YEAR))


@settings(max_examples=250, derandomize=True, deadline=None)
@given(st.text(max_size=80), st.one_of(st.none(), st.dates(D(2000, 1, 1), D(2100, 12, 31))))
def test_any_text_is_read_without_failing(words, year):
    checked(read(words, year))


def checked(found):
    """A reading holds together."""
    assert found.kind in KINDS
    assert found.start is None or found.end is None or found.start <= found.end
    assert (found.dates, found.months) == (found.dates or None, found.months or None)
    assert list(found.dates or ()) == sorted(set(found.dates or ()))
    if found.kind == r.UNCLEAR:
        assert found == Reading(r.UNCLEAR, note=found.note)
    write(found)


# ---------------------------------------------------------------- and back into words


def without_guesses(reading):
    return replace(reading, note=r.noted(*(note for note in reading.notes if note not in r.GUESSES)))


def test_what_was_read_is_written_and_read_again():
    for words, year, reading, _source in UNDERSTOOD:
        known = without_guesses(reading)
        assert read(write(known), begins(year)) == known, words


DAYS = st.dates(D(2020, 1, 1), D(2035, 12, 31))
FIRSTS = st.builds(D, st.integers(2020, 2035), st.integers(1, 12), st.just(1))
MONTHS = st.builds("{}-{:02}".format, st.integers(2020, 2035), st.integers(1, 12))
TIMES = st.sampled_from(
    [(recur, times * count) for recur, count in r.TIMES_A_YEAR.items() for times in (1, 2, 3) if times * count < 200]
    + [(r.MONTHLY, 6), (r.MONTHLY, 3), (r.WEEKLY, 26), (r.DAILY, None), (r.CONTINUOUS, None), ("every_3_years", None)]
).filter(lambda pair: pair not in [(r.YEARLY, 2), (r.MONTHLY, 3)])  # twice a year is once in each half
PARTS = ((1, 10), (11, 20), (21, 0), (1, 7), (8, 14), (15, 21), (22, 28), (1, 15), (16, 0))


def end_of(first, months=1):
    month = first.month + months - 1
    return last_day(first.year + (month - 1) // 12, (month - 1) % 12 + 1)


def listed(kind, dates=(), months=()):
    starts = [*dates, *(D.fromisoformat(f"{month}-01") for month in months)]
    ends = [*dates, *(end_of(D.fromisoformat(f"{month}-01")) for month in months)]
    return Reading(kind, min(starts), max(ends), dates=tuple(dates) or None, months=tuple(months) or None)


def repeating(times, weekday, notes):
    recur, count = times
    if weekday is not None and (recur, count) == (r.WEEKLY, 52):
        return Reading(r.RECURRING, recur=recur, count=count, weekday=weekday)
    kept = [note for note in notes if note != f"{r.DAY_OF_MONTH} 5" or recur == r.MONTHLY]
    return Reading(r.RECURRING, recur=recur, count=count, note=r.noted(*kept) if count else None)


def several(values, least=2):
    return st.lists(values, min_size=least, max_size=5, unique=True).map(sorted)


READINGS = st.one_of(
    st.builds(lambda day: Reading(r.BY_DATE, None, day), DAYS),
    st.builds(lambda day: Reading(r.BY_DATE, None, day, note=r.APPROXIMATE), DAYS),
    st.builds(lambda day: Reading(r.ON_DATE, day, day), DAYS),
    st.builds(lambda day, more: Reading(r.DATE_RANGE, day, day + timedelta(more)), DAYS, st.integers(1, 900)),
    st.builds(lambda day: Reading(r.DATE_RANGE, day), DAYS),
    st.builds(lambda days: listed(r.DATE_LIST, days), several(DAYS)),
    st.builds(lambda first: Reading(r.MONTH, first, end_of(first)), FIRSTS),
    st.builds(lambda first, more: Reading(r.MONTH_RANGE, first, end_of(first, more)), FIRSTS, st.integers(2, 20)),
    st.builds(lambda months: listed(r.MONTH_LIST, (), months), several(MONTHS)),
    st.builds(lambda days, months: listed(r.MIXED, days, months), several(DAYS, 1), several(MONTHS, 1)),
    st.builds(
        lambda year, n, more: Reading(r.QUARTER, D(year, 3 * n - 2, 1), end_of(D(year, 3 * n - 2, 1), 3 * more)),
        st.integers(2020, 2035), st.integers(1, 4), st.integers(1, 6),
    ),
    st.sampled_from([r.SCHOOL_TERM, r.SCHOOL_TRIMESTER, r.SCHOOL_HALF]).map(lambda n: Reading(r.QUARTER, note=f"{n} 2")),
    st.builds(
        lambda year, month: Reading(r.SEASON, D(year, month, 1), end_of(D(year, month, 1), 3)),
        st.integers(2020, 2035), st.sampled_from([3, 6, 9, 12]),
    ),
    st.builds(lambda a, b: Reading(r.YEAR_RANGE, D(a, 1, 1), D(a + b, 12, 31)), st.integers(2020, 2030), st.integers(0, 6)),
    st.builds(lambda a, b: Reading(r.YEAR_RANGE, D(a, 9, 1), D(a + b, 8, 31)), st.integers(2020, 2030), st.integers(1, 6)),
    st.builds(
        lambda first, part: Reading(
            r.FUZZY, first.replace(day=part[0]), first.replace(day=part[1]) if part[1] else end_of(first), note=r.APPROXIMATE
        ),
        FIRSTS, st.sampled_from(PARTS),
    ),
    st.builds(
        lambda day, more: Reading(r.FUZZY, day, day + timedelta(more), note=r.APPROXIMATE), DAYS, st.integers(0, 90)
    ),
    st.builds(
        repeating, TIMES, st.one_of(st.none(), st.integers(0, 6)),
        st.sampled_from([(), (r.AT_LEAST,), (f"{r.DAY_OF_MONTH} 5",), (r.EXTERNAL_SCHEDULE,), (r.ON_DEMAND,)]),
    ),
    st.builds(
        lambda first, more, notes: Reading(r.MIXED, first, end_of(first, more), note=r.noted(notes)),
        FIRSTS, st.integers(1, 9), st.sampled_from([r.EVENT, r.EXTERNAL_SCHEDULE, r.ON_DEMAND]),
    ),
    st.builds(
        lambda first, more: Reading(r.MIXED, first, end_of(first, more), recur=r.MONTHLY, count=more),
        FIRSTS, st.integers(2, 11),
    ),
    st.sampled_from(
        [Reading(kind) for kind in (r.WHOLE_PERIOD, r.EXTERNAL_SCHEDULE, r.ON_DEMAND, r.RELATIVE)]
        + [Reading(r.WHOLE_PERIOD, note=note) for note in (r.CALENDAR_YEAR, r.EXTERNAL_SCHEDULE)]
    ),
)  # fmt: skip


@settings(max_examples=500, derandomize=True, deadline=None)
@given(READINGS, st.one_of(st.none(), st.integers(2000, 2090).map(begins)))
def test_a_typed_reading_written_in_words_is_read_again(reading, year):
    assert read(write(reading), year) == reading
