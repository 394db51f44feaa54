"""Excel files read back as what was written, and never as a formula."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from papers import excel
from papers.table import Column, Table, about

COLUMNS = [
    Column("Teacher"),
    Column("Since", "date"),
    Column("Lessons", "int"),
    Column("Mean", "number"),
    Column("Share", "percent"),
    Column("Reserve", "bool"),
]
ROWS = [
    ("Ёлкин Ян", date(2026, 9, 2), 18, Decimal("3.25"), Decimal("87.5"), True),
    ("Ҡәҙер Ә.\nдва", None, 0, 4.5, "нет данных", False),
]


def book(tables, **kwargs):
    return load_workbook(BytesIO(excel.write(tables)), **kwargs)


def only_sheet(rows, columns=None):
    return book([Table("Mentors", columns or [Column("Name")], rows)]).worksheets[0]


def test_dates_and_numbers_are_read_back_as_dates_and_numbers():
    with translation.override("en"):
        sheet = only_sheet(ROWS, COLUMNS)
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["Teacher", "Since", "Lessons", "Mean", "Share", "Reserve"],
        ["Ёлкин Ян", datetime(2026, 9, 2), 18, 3.25, 0.875, "yes"],
        ["Ҡәҙер Ә.\nдва", None, 0, 4.5, "нет данных", "no"],
    ]
    assert [cell.number_format for cell in sheet[2]][1:5] == ["dd.mm.yyyy", "0", "General", "0.##%"]


def test_a_moment_is_written_in_local_time():
    sheet = only_sheet([(datetime(2026, 9, 2, 6, 30, tzinfo=UTC),)], [Column("At", "datetime")])
    assert sheet["A2"].value == datetime(2026, 9, 2, 9, 30)


def test_the_header_is_bold_frozen_and_filters():
    sheet = only_sheet(ROWS, COLUMNS)
    assert [cell.font.b for cell in sheet[1]] == [True] * 6
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    assert sheet.column_dimensions["A"].width >= len("Ёлкин Ян")


@pytest.mark.parametrize("text", ["=1+1", "+7 900 000-00-00", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "#N/A", "="])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = only_sheet([(text,)])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text != "#N/A")  # so that editing the cell makes it no formula


def test_a_heading_that_looks_like_a_formula_stays_text():
    assert only_sheet([], [Column("=HYPERLINK(1)")])["A1"].data_type == "s"


def test_what_xml_cannot_hold_is_removed_and_nothing_else():
    assert only_sheet([("a\x00b\x1fc\ud800d\uffffe\r\nf\tg 😀",)])["A2"].value == "abcde\nf\tg 😀"


def test_a_text_no_cell_holds_is_refused_with_row_and_column():
    table = Table("Mentors", [Column("Name"), Column("Note")], [("a", "x" * 32_767), ("b", "x" * 32_768)])
    with translation.override("en"), pytest.raises(excel.CellTooLong, match="Row 3, column “Note”.* 32767 characters"):
        excel.write([table])


def test_the_longest_text_is_kept_whole():
    assert only_sheet([("x" * 32_767,)])["A2"].value == "x" * 32_767


def test_characters_that_count_twice_in_excel_count_twice():
    with pytest.raises(excel.CellTooLong):
        only_sheet([("😀" * 16_384,)])


def test_numbers_excel_would_round_and_days_it_does_not_know_are_text():
    sheet = only_sheet(
        [(12345678901234567890, date(1899, 5, 1)), (float("nan"), None)], [Column("a", "int"), Column("b")]
    )
    with translation.override("ru"):
        assert [cell.value for cell in sheet[2]] == ["12345678901234567890", "01.05.1899"]
    assert sheet["A3"].value is None


def test_sheet_titles_follow_the_rules_of_excel():
    taken = set()
    titles = [excel.sheet_title(t, taken) for t in ["a/b:[c]?*\\", "A" * 40, "a" * 40, "'", "History", "\x00"]]
    assert titles == ["a b c", "A" * 31, "a" * 29 + " 2", "1", "History 2", "1 2"]


def test_the_export_says_who_took_it_when_and_what_was_filtered():
    lines = about(by="Иванова И. И.", at=date(2026, 11, 23), filters="", count=2)
    with translation.override("ru"):
        last = book([Table("Пары", COLUMNS, ROWS, about=lines)]).worksheets[-1]
    assert last.title == "О выгрузке"
    assert [row[1] for row in last.iter_rows(min_row=2, values_only=True)] == [value for _label, value in lines]


def test_a_table_without_rows_is_a_sheet_with_its_headings():
    assert [list(row) for row in only_sheet([]).iter_rows(values_only=True)] == [["Name"]]


def test_rows_may_be_a_generator():
    sheet = only_sheet((f"{n}",) for n in range(250))
    assert (sheet.max_row, sheet.auto_filter.ref) == (251, "A1:A251")


def test_the_download_has_a_russian_name_and_is_kept_by_nobody():
    response = excel.response("Реестр пар.xlsx", [Table("t", [Column("Name")], [])])
    assert response["Content-Type"] == excel.CONTENT_TYPE
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A0")
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")


def test_a_file_name_cannot_leave_its_header_or_its_folder():
    table = Table("t", [Column("Name")], [])
    disposition = excel.response('..\\a"b\r\nX:\x07 1/c.xlsx', [table])["Content-Disposition"]
    assert disposition == 'attachment; filename=".. a b X 1 c.xlsx"'


def test_a_file_that_would_lack_something_is_a_page_saying_why():
    with translation.override("en"):
        response = excel.response("a.xlsx", [Table("t", [Column("Note")], [("x" * 40_000,)])])
    assert response.status_code == 409
    assert "Row 2, column “Note”: the text is longer than 32767 characters" in response.content.decode()
