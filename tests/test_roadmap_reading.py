"""Reading the roadmap's file: the seed to the last cell, and tables of other schools."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.guard import Refused
from roadmap import known
from roadmap.deadline_words import UNCLEAR, parse
from roadmap.parsing import FIELDS, from_rows
from roadmap.reading import read, text_rows, understood
from tests.seed_roadmap import SEED

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "roadmap_2024.txt"
NO_REMARKS = []


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def seed():
    return read(FIXTURE.name, FIXTURE.read_bytes())


def cells(parsed):
    return [
        (
            section.number,
            section.title,
            [
                (item.number, item.content, item.deadline_words, item.result, item.indicator_words, item.responsible)
                for item in section.items
            ],
        )
        for section in parsed.sections
    ]


def test_the_seed_is_read_to_the_last_cell():
    assert cells(seed()) == SEED


def test_the_seed_has_its_title_goal_and_year():
    parsed = seed()
    assert parsed.title == (
        "«Дорожная карта» реализации системы наставничества педагогических работников "
        "в МКОУ СОШ № 9 на 2024 – 2025 учебный год"
    )
    assert parsed.goal.startswith("создание эффективной системы передачи")
    assert parsed.goal.endswith("необходимых результатов.")
    assert (parsed.school_year, parsed.remarks) == (2024, [])


def test_every_deadline_of_the_seed_is_typed():
    assert [item.number for item in seed().items if parse(item.deadline_words, 2024).kind == UNCLEAR] == []


def test_the_seeds_own_slips_are_kept_and_remarked_upon():
    slips = {item.number: item.remarks for item in seed().items if item.remarks}
    assert slips == {
        "1.4": ["It ends before 3.1, which feeds it. Kept as written."],
        "1.6": [
            "Put together from rows 13, 15 of the file: the table was cut there.",
            "1.6 feeds 1.7 but ends after it. Kept as written.",
        ],
        "1.7": ["It ends before 1.6, which feeds it. Kept as written."],
        "1.8": ["It says «менее чем на 90%»; the sense is probably «not less». Kept as written."],
        "2.2": ["The deadline lies outside the school year. Kept as written."],
        "3.1": ["3.1 feeds 1.4 but ends after it. Kept as written."],
        "3.3": [
            "Put together from rows 25, 27 of the file: the table was cut there.",
            "It speaks of «обучающиеся» too; the portal covers teachers only. Kept as written.",
        ],
    }
    assert [section.number for section in seed().sections if section.remarks] == ["3", "4", "5"]


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        ("скоро", "The deadline «скоро» was not understood: choose its kind and dates."),
        ("31.02.2025", "The deadline «31.02.2025»: there is no such day; correct the date."),
        ("III квартал", "The deadline «III квартал»: it may be of either year; write which."),
        (
            "до 10 мая " * 1000,
            f"The deadline «{('до 10 мая ' * 9)[:79]}…»: it is far too long; write only the dates or the period.",
        ),
        ("конец марта", "The deadline is approximate: its days were taken as 21 March 2025 – 31 March 2025."),
        ("до 1 мая т.г.", "«This year» was taken as the calendar year in which the school year begins."),
        ("август", "The year of the deadline is not written; August was taken as the one before the school year."),
    ],
)
def test_a_deadline_that_needs_a_look_is_remarked_upon(words, remark):
    rows = [["План на 2024-2025 учебный год"], ["№", "Содержание", "Сроки"], ["1.1", "Приказ", words]]
    with translation.override("en"):
        assert understood(rows).items[0].remarks[:1] == [remark]


def test_without_a_school_year_in_the_file_bare_months_wait_for_the_chosen_one():
    assert understood([["№", "Содержание", "Сроки"], ["1.1", "Приказ", "май"]]).items[0].remarks == []


def test_targets_stand_in_the_result_or_the_indicator():
    assert {item.number: item.target for item in seed().items if item.target} == {
        "1.6": 100, "1.9": 90, "3.2": 100, "4.3": 100, "5.1": 100, "5.2": 100, "5.4": 100,
    }  # fmt: skip


def test_indicators_are_recognised_by_words_whatever_the_numbers():
    items = seed().items
    ours = [entry.code for entry in known.KNOWN]
    assert known.recognised([(item.number, item.content, item.result) for item in items]) == ours
    assert known.recognised([("", item.content, item.result) for item in items]) == ours
    backwards = [(f"9.{n}", item.content, item.result) for n, item in enumerate(reversed(items))]
    assert known.recognised(backwards) == ours[::-1]


def test_another_schools_words_find_their_indicator_or_none():
    assert known.recognised(
        [
            ("2.4", "Закрепление наставнических пар приказом директора", ""),
            ("2.1", "Анкетирование: диагностика компетенций и потребностей педагогов", ""),
            ("7", "Утверждение персонализированных программ наставничества", ""),
            ("8", "Ремонт спортивного зала", ""),
            ("1.4", "Поездка в театр", ""),
        ]
    ) == ["pairs-formed", "diagnostics", "plans-approved", "", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le"])
def test_any_usual_encoding_gives_the_same_roadmap(encoding):
    data = FIXTURE.read_text(encoding="utf-8").encode(encoding)
    assert cells(read("roadmap.txt", data)) == SEED


def test_windows_line_ends_change_nothing():
    assert cells(read("a.txt", FIXTURE.read_bytes().replace(b"\n", b"\r\n"))) == SEED


def whole_rows():
    """The seed as an undamaged table."""
    rows = [["№", "Содержание", "Сроки", "Ожидаемый результат", "Показатели", "Ответственный"]]
    for number, title, items in SEED:
        rows += [[f"{number}. {title}", "", "", "", "", ""], *(list(item) for item in items)]
    return rows


def test_the_same_table_as_csv_with_semicolons_and_quotes():
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(whole_rows())
    assert cells(read("a.csv", out.getvalue().encode("cp1251"))) == SEED


def test_the_same_table_from_excel():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["«Дорожная карта» наставничества на 2024 – 2025 учебный год"])
    book.active.append([])
    for row in whole_rows():
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    parsed = read("roadmap.xlsx", out.getvalue())
    assert cells(parsed) == SEED
    assert parsed.school_year == 2024


def document(body):
    """A .docx with nothing but this body."""
    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def word_table(rows):
    cell = "<w:tc><w:tcPr>{props}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    lines = []
    for row in rows:
        if any(row[1:]):
            lines.append("".join(cell.format(props="", text=text) for text in row))
        else:
            lines.append(cell.format(props='<w:gridSpan w:val="6"/>', text=row[0]))
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def test_the_same_table_from_word():
    title = "<w:p><w:r><w:t>Дорожная карта на 2024-2025 </w:t></w:r><w:r><w:t>учебный год</w:t></w:r></w:p>"
    parsed = read("roadmap.docx", document(title + word_table(whole_rows())))
    assert cells(parsed) == SEED
    assert (parsed.title, parsed.school_year) == ("Дорожная карта на 2024-2025 учебный год", 2024)


def test_a_stage_that_spans_rows_in_word_opens_a_section():
    tall = "<w:tc><w:tcPr><w:vMerge{val}/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    flat = "<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    rows = [
        flat.format(text="Этап") + flat.format(text="Мероприятия") + flat.format(text="Сроки"),
        tall.format(val=' w:val="restart"', text="Старт") + flat.format(text="Приказ") + flat.format(text="май"),
        tall.format(val="", text="") + flat.format(text="Отчёт") + flat.format(text="июнь"),
    ]
    parsed = read("a.docx", document("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))
    assert [(s.title, [i.content for i in s.items]) for s in parsed.sections] == [("Старт", ["Приказ", "Отчёт"])]


def test_a_word_document_with_entities_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(Refused):
        read("a.docx", out.getvalue())


def test_numbers_and_dates_of_excel_are_read_as_a_person_writes_them():
    rows = [
        ["№", "Содержание", "Сроки"],
        [1.1, "Приказ", date(2024, 9, 2)],
        [1.2, "Отчёт", datetime(2025, 5, 31, 0, 0)],
    ]
    assert [(item.number, item.deadline_words) for item in understood(rows).items] == [
        ("1.1", "02.09.2024"),
        ("1.2", "31.05.2025"),
    ]


def test_columns_are_found_by_their_words_in_any_order():
    order = [5, 2, 1, 4, 0, 3]
    heading = [
        "Ответственные исполнители",
        "Срок проведения мероприятия",
        "Мероприятия",
        "Критерии",
        "№ п/п",
        "Вид документа",
    ]
    rows = [[row[k] for k in order] if any(row[1:]) else row for row in whole_rows()]
    rows[0] = heading
    assert cells(understood(rows)) == SEED


def test_a_table_without_indicators_and_numbers_with_stages_spanning_rows():
    parsed = understood(
        [
            ["Дорожная карта наставничества на 2025/2026 учебный год"],
            ["Наименование этапа", "Мероприятия", "Сроки реализации", "Ответственные"],
            ["Подготовительный", "Издание приказа", "сентябрь", "Директор"],
            [None, "Анкетирование педагогов", datetime(2025, 10, 1), "Куратор"],
            ["Итоговый", "Отчёт", "май", "Куратор"],
        ]
    )
    assert parsed.school_year == 2025
    assert cells(parsed) == [
        (
            "1",
            "Подготовительный",
            [
                ("", "Издание приказа", "сентябрь", "", "", "Директор"),
                ("", "Анкетирование педагогов", "01.10.2025", "", "", "Куратор"),
            ],
        ),
        ("2", "Итоговый", [("", "Отчёт", "май", "", "", "Куратор")]),
    ]


def test_a_bigger_header_and_a_row_of_column_numbers_are_no_items():
    parsed = understood(
        [
            ["", "", "УТВЕРЖДАЮ"],
            ["", "", "Директор школы ____ И.И. Петрова"],
            ["План мероприятий («дорожная карта»)"],
            ["наставничества на 2025–2026 учебный год"],
            [],
            ["№", "Наименование", "Срок", "Ответственный", "Примечание"],
            ["п/п", "мероприятия", "исполнения", "", ""],
            [1, 2, 3, 4, 5],
            ["Раздел 1. Подготовка"],
            [1, "Приказ", "до 10 сентября", "Директор", "см. положение"],
            [2, "Отчёт", "май", "Куратор", ""],
            ["Куратор ________ Сидорова"],
        ]
    )
    assert parsed.title == "План мероприятий («дорожная карта») наставничества на 2025–2026 учебный год"
    assert cells(parsed) == [
        (
            "1",
            "Подготовка",
            [("1", "Приказ", "до 10 сентября", "", "", "Директор"), ("2", "Отчёт", "май", "", "", "Куратор")],
        )
    ]
    assert parsed.items[0].remarks == ["From a column that the roadmap does not have: «см. положение»."]
    assert parsed.remarks == [
        "Above the table, not used: «УТВЕРЖДАЮ».",
        "Above the table, not used: «Директор школы ____ И.И. Петрова».",
        "In the table, not understood: «Куратор ________ Сидорова».",
    ]


def test_a_number_inside_the_content_cell_is_the_items_number():
    rows = [["Содержание", "Сроки"], ["1. Подготовка", ""], ["1.1. Приказ", "сентябрь"], ["1.2 Отчёт", "май"]]
    parsed = understood(rows)
    assert [(item.number, item.content) for item in parsed.items] == [("1.1", "Приказ"), ("1.2", "Отчёт")]


def test_a_header_repeated_on_the_next_page_is_no_item():
    rows = whole_rows()
    assert cells(understood(rows[:6] + rows[:1] + rows[6:])) == SEED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b"\x00\x00"),
        ("a.txt", "просто слова".encode()),
        ("a.csv", "Содержание;Сроки;Ответственный\n".encode()),
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("a.txt", b"x" * (10 * 2**20 + 1)),
        ("a.txt", ("Содержание\tСроки\n" + "1.1\tДело\tмай\n" * 400).encode()),
    ],
)
def test_what_is_no_roadmap_is_refused_with_a_sentence(name, data):
    with pytest.raises(Refused) as refused:
        read(name, data)
    assert str(refused.value).endswith((".", "below."))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(data):
    try:
        read("a.txt", data)
    except Refused:
        pass


CELL = st.one_of(
    st.none(),
    st.integers(-5, 99),
    st.floats(allow_nan=True),
    st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    st.sampled_from(
        ["", "1.1.", "1.2", "2.Раздел", "IV. Этап", "приказ", "Отчёт школы", "май 2025", "каждой пары", "№", "Сроки"]
    ),
    st.text(max_size=12),
)
HEADINGS = ["№", "Содержание", "Сроки", "Ожидаемый результат", "Показатели", "Ответственный", "Примечание", ""]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.permutations(HEADINGS), st.lists(st.lists(CELL, max_size=9), max_size=12))
def test_any_table_is_read_and_no_word_of_it_is_lost(headings, rows):
    with translation.override("en"):
        parsed = from_rows([headings, *rows])
    kept = " ".join(
        [*parsed.remarks, *(section.number + " " + section.title for section in parsed.sections)]
        + [" ".join([i.number, *(getattr(i, name) for name in FIELDS), *i.remarks]) for i in parsed.items]
    )
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and cell in ("приказ", "Отчёт школы", "май 2025", "каждой пары"):
                assert cell.replace(" ", "") in kept.replace(" ", "")


def test_a_text_that_only_has_quotes_is_left_alone():
    assert text_rows('a\tb "c\nd\te') == [["a", 'b "c'], ["d", "e"]]
