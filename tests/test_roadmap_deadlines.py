"""Deadlines: every wording of the seed is typed, what is not understood stays as words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.checkpoints import occurrences
from roadmap.deadline_words import (
    BY_DATE,
    DATE_LIST,
    EXTERNAL_SCHEDULE,
    FUZZY,
    KINDS,
    MONTH,
    MONTH_RANGE,
    ON_DEMAND,
    RECURRING,
    RELATIVE,
    SCHOOL_TERM,
    UNCLEAR,
    WHOLE_PERIOD,
    Deadline,
    describe,
    fitting,
    moved,
    parse,
)
from roadmap.models import Item
from tests.deadline_table import TABLE

D = date


@pytest.mark.parametrize(
    ("words", "kind", "start", "due"),
    [
        ("До 02.09.2024", BY_DATE, None, D(2024, 9, 2)),
        ("До 10.09.2024г", BY_DATE, None, D(2024, 9, 10)),
        ("до 10.09.24 г.", BY_DATE, None, D(2024, 9, 10)),
        ("до 5 октября 2024 года", BY_DATE, None, D(2024, 10, 5)),
        ("01.09", BY_DATE, None, D(2024, 9, 1)),
        ("не позднее 15 марта", BY_DATE, None, D(2025, 3, 15)),
        ("до конца мая", BY_DATE, None, D(2025, 5, 31)),
        ("конец марта", FUZZY, D(2025, 3, 21), D(2025, 3, 31)),
        ("с 07 по 16 ноября", BY_DATE, D(2024, 11, 7), D(2024, 11, 16)),
        ("07.11.2024 – 16.11.2024", BY_DATE, D(2024, 11, 7), D(2024, 11, 16)),
        ("Сентябрь 2024", MONTH, D(2024, 9, 1), D(2024, 9, 30)),
        ("Сентябрь,2024", MONTH, D(2024, 9, 1), D(2024, 9, 30)),
        ("Май, 2025", MONTH, D(2025, 5, 1), D(2025, 5, 31)),
        ("Апрель 2024", MONTH, D(2024, 4, 1), D(2024, 4, 30)),
        ("в марте", MONTH, D(2025, 3, 1), D(2025, 3, 31)),
        ("Февраль-апрель 2025", MONTH_RANGE, D(2025, 2, 1), D(2025, 4, 30)),
        ("сентябрь – май", MONTH_RANGE, D(2024, 9, 1), D(2025, 5, 31)),
        ("Сентябрь-май 2024-2025 г.г.", MONTH_RANGE, D(2024, 9, 1), D(2025, 5, 31)),
        ("Сентябрь-май 2024-2025 гг.", MONTH_RANGE, D(2024, 9, 1), D(2025, 5, 31)),
        ("ноябрь-январь 2025", MONTH_RANGE, D(2024, 11, 1), D(2025, 1, 31)),
        ("I квартал 2025 г.", MONTH_RANGE, D(2025, 1, 1), D(2025, 3, 31)),
        ("4 квартал", MONTH_RANGE, D(2024, 10, 1), D(2024, 12, 31)),
        ("В течение всего периода реализации", WHOLE_PERIOD, None, None),
        ("В течение всего периода", WHOLE_PERIOD, None, None),
        ("в течение учебного года", WHOLE_PERIOD, None, None),
        ("В течение 2024-2025 учебного года", WHOLE_PERIOD, None, None),
        ("По отдельному графику", EXTERNAL_SCHEDULE, None, None),
        ("согласно плану работы школы", EXTERNAL_SCHEDULE, None, None),
        ("октябрь, апрель", RECURRING, D(2024, 10, 1), D(2025, 4, 30)),
        ("сентябрь\nянварь", RECURRING, D(2024, 9, 1), D(2025, 1, 31)),
        ("1 раз в квартал", RECURRING, None, None),
        ("ежемесячно с октября по май", RECURRING, D(2024, 10, 1), D(2025, 5, 31)),
        ("10 и 20 сентября", DATE_LIST, D(2024, 9, 10), D(2024, 9, 20)),
        ("осень", MONTH_RANGE, D(2024, 9, 1), D(2024, 11, 30)),
        ("II четверть", SCHOOL_TERM, None, None),
        ("2024-2026 гг.", WHOLE_PERIOD, None, None),
        ("2025 год", MONTH_RANGE, D(2025, 1, 1), D(2025, 12, 31)),
        ("с 10 сентября", WHOLE_PERIOD, D(2024, 9, 10), None),
        ("постоянно", WHOLE_PERIOD, None, None),
        ("сентябрь, далее постоянно", WHOLE_PERIOD, D(2024, 9, 1), None),
        ("педсовет, март", MONTH, D(2025, 3, 1), D(2025, 3, 31)),
        ("День учителя, 5 октября", BY_DATE, None, D(2024, 10, 5)),
        ("ежегодно до 1 октября", BY_DATE, None, D(2024, 10, 1)),
        ("1 раз в 3 года", EXTERNAL_SCHEDULE, None, None),
        ("педсовет, 1 раз в год", RECURRING, None, None),
        ("по мере необходимости", ON_DEMAND, None, None),
        ("в течение 10 рабочих дней", RELATIVE, None, None),
        ("31.02.2025", UNCLEAR, None, None),
        ("по графику до 10.09", UNCLEAR, None, None),
        ("", UNCLEAR, None, None),
    ],
)
def test_wordings_are_typed(words, kind, start, due):
    found = parse(words, 2024)
    assert (found.kind, found.starts_on, found.due_on, found.words) == (kind, start, due, words)


def test_a_written_year_is_never_moved():
    assert [parse("Апрель 2024", year) for year in (2024, 2030, None)] == [parse("Апрель 2024", 2024)] * 3


def test_august_without_a_year_lies_before_the_school_year_and_is_guessed():
    assert parse("август", 2024) == Deadline(
        MONTH, "август", starts_on=D(2024, 8, 1), due_on=D(2024, 8, 31), guessed=True
    )
    assert not parse("Август 2024", 2024).guessed
    assert not parse("сентябрь", 2024).guessed


def test_without_a_school_year_a_bare_month_stays_unclear():
    assert [parse(words, None).kind for words in ("май", "01.09", "октябрь, апрель", "4 квартал")] == [UNCLEAR] * 4


@pytest.mark.parametrize(
    ("words", "every", "times"),
    [
        ("1 раз в квартал", "quarter", 4),
        ("Один раз в четверть", "quarter", 4),
        ("ежемесячно", "month", 12),
        ("Ежемесячно в течение года", "month", 12),
        ("2 раза в год", "half_year", 2),
        ("не реже 3 раз в год", "", 3),
        ("1 раз в неделю", "week", 52),
        ("раз в полугодие", "half_year", 2),
        ("4 раза в год", "quarter", 4),
        ("ежедневно", "day", 365),
        ("3 раза в неделю", "", 156),
        ("ежемесячно с октября по май", "month", 8),
    ],
)
def test_repeated_deadlines_keep_how_often(words, every, times):
    found = parse(words, 2024)
    assert (found.kind, found.every, found.times) == (RECURRING, every, times)


PERIODS = [("I", D(2024, 10, 27)), ("II", D(2024, 12, 30)), ("III", D(2025, 3, 23)), ("IV", D(2025, 5, 26))]


def times_of(words, **more):
    return occurrences(parse(words, 2024), D(2024, 9, 1), D(2025, 5, 31), PERIODS, **more)


def test_once_a_quarter_is_due_when_each_diagnostic_period_closes():
    assert times_of("1 раз в квартал") == PERIODS


def test_monthly_is_due_at_the_end_of_each_month_of_the_period():
    days = [day for _label, day in times_of("В течение всего периода", monthly=True)]
    assert days[0] == D(2024, 9, 30)
    assert days[-1] == D(2025, 5, 31)
    assert len(days) == 9
    assert days == [day for _label, day in times_of("ежемесячно")]


def test_monthly_within_a_part_of_the_year_is_due_in_those_months():
    assert times_of("октябрь – декабрь, ежемесячно") == [
        ("октябрь 2024", D(2024, 10, 31)),
        ("ноябрь 2024", D(2024, 11, 30)),
        ("декабрь 2024", D(2024, 12, 31)),
    ]


def test_monthly_by_a_day_is_due_on_that_day():
    days = [day for _label, day in times_of("ежемесячно до 5 числа")]
    assert days == [D(2024, n, 5) for n in (9, 10, 11, 12)] + [D(2025, n, 5) for n in (1, 2, 3, 4, 5)]
    assert [day for _label, day in times_of("до 31 числа каждого месяца")][:2] == [D(2024, 9, 30), D(2024, 10, 31)]


def test_listed_days_are_due_one_by_one():
    with translation.override("ru"):
        assert times_of("до 1 октября и до 1 апреля") == [
            ("1 октября 2024\u00a0г.", D(2024, 10, 1)),
            ("1 апреля 2025\u00a0г.", D(2025, 4, 1)),
        ]


TERMS = [D(2024, 10, 25), D(2024, 12, 28), D(2025, 3, 21), D(2025, 5, 26)]


@pytest.mark.parametrize(
    ("words", "ends", "due"),
    [
        ("I четверть", TERMS, TERMS[0]),
        ("2-3 четверти", TERMS, TERMS[2]),
        ("I полугодие", TERMS, TERMS[1]),
        ("конец II полугодия", TERMS, TERMS[3]),
        ("II триместр", TERMS[:3], TERMS[1]),
        ("II триместр", TERMS, None),
        ("I четверть", [], None),
    ],
)
def test_a_school_term_is_due_when_the_schools_own_term_ends(words, ends, due):
    assert times_of(words, term_ends=ends) == [("", due)]


def test_one_off_items_are_due_once():
    assert times_of("До 02.09.2024") == [("", D(2024, 9, 2))]
    assert times_of("В течение всего периода") == [("", D(2025, 5, 31))]
    assert times_of("По отдельному графику") == [("", None)]
    assert [day for _label, day in times_of("октябрь, апрель")] == [D(2024, 10, 31), D(2025, 4, 30)]
    assert [day for _label, day in times_of("2 раза в год")][-1] == D(2025, 5, 31)


def test_moving_to_another_year_moves_dates_and_keeps_words():
    assert moved(parse("До 02.09.2024", 2024), 2) == Deadline(BY_DATE, "До 02.09.2024", due_on=D(2026, 9, 2))
    february = moved(parse("февраль 2024", 2023), 1)
    assert (february.starts_on, february.due_on) == (D(2025, 2, 1), D(2025, 2, 28))
    assert moved(parse("29.02.2024", 2023), 1).due_on == D(2025, 2, 28)
    assert moved(parse("февраль-апрель 2025", 2024), 3).due_on == D(2028, 4, 30)
    assert moved(parse("февраль 2025", 2024), 3).due_on == D(2028, 2, 29)


def test_listed_dates_move_as_what_they_are():
    assert moved(parse("10 и 28 февраля 2025", 2024), 3).dates == (D(2028, 2, 10), D(2028, 2, 28))
    assert moved(parse("октябрь 2024, февраль 2025", 2024), 3).dates == (D(2027, 10, 31), D(2028, 2, 29))
    assert moved(parse("конец февраля 2025", 2024), 3).due_on == D(2028, 2, 29)


def test_what_an_item_keeps_is_made_whole_from_its_words():
    for words in ("октябрь, апрель", "10 и 20 сентября 2024", "ежемесячно до 5 числа", "октябрь – май, ежемесячно"):
        for years in (0, 2):
            whole = moved(parse(words, 2024), years)
            assert fitting(replace(whole, dates=(), every="", note=""), 2024 + years) == whole
    by_hand = Deadline(RECURRING, "октябрь, апрель", D(2024, 10, 1), D(2025, 5, 15), times=2)
    assert fitting(by_hand, 2024) == by_hand


def test_an_item_can_keep_every_kind():
    assert set(Item.DeadlineKind.values) == set(KINDS)
    assert {parse(words, year).kind for words, year, *_rest in TABLE} == set(KINDS)


def test_a_reading_is_described_in_words():
    with translation.override("en"):
        assert describe(parse("конец марта", 2024)) == "about 21 March 2025 – 31 March 2025"
        assert describe(parse("10 и 20 сентября", 2024)) == "10 September 2024, 20 September 2024"
        assert describe(parse("ежемесячно с октября по май", 2024)) == "every month, October 2024 – May 2025"
        assert describe(parse("с 10 сентября", 2024)) == "from 10 September 2024 to the end of the period"
        assert describe(parse("по запросу", 2024)) == "When it is needed"
        assert describe(parse("До 02.09.2024", 2024)) == "by 2 September 2024"
        assert describe(parse("Сентябрь,2024", 2024)) == "September 2024"
        assert describe(parse("Февраль-апрель 2025", 2024)) == "February 2025 – April 2025"
        assert describe(parse("1 раз в квартал", 2024)) == "once a quarter"
        assert describe(parse("октябрь, апрель", 2024)) == "October 2024, April 2025"
    with translation.override("ru"):
        assert describe(parse("май", 2024)) == "май 2025"


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=60), st.one_of(st.none(), st.integers(2000, 2099)))
def test_any_text_is_read_without_failing(words, year):
    found = parse(words, year)
    assert found.words == words
    describe(found)
    occurrences(found, D(2024, 9, 1), D(2025, 5, 31), PERIODS)


FRAGMENTS = [
    "до ",
    "с ",
    " по ",
    "01.09",
    "31.02",
    ".2024",
    " 2025",
    " г.",
    "май",
    "август",
    "-",
    ", ",
    "1 раз в ",
    "месяц",
    "99",
]


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join), st.integers(2000, 2099))
def test_a_typed_reading_never_ends_before_it_starts(words, year):
    found = parse(words, year)
    assert found.starts_on is None or found.due_on is None or found.starts_on <= found.due_on
    moved(found, 1)
