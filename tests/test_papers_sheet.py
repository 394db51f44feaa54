"""Tables people send: what is read, and what is refused."""

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from papers import excel, guard
from papers.guard import Refused
from papers.sheet import read_rows
from papers.table import Column, Table


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def xlsx(*sheets, edit=None):
    """A workbook of these lists of rows; `edit` changes the XML of its first sheet."""
    book, out = Workbook(), BytesIO()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(out)
    return edited(out.getvalue(), edit) if edit else out.getvalue()


def edited(content, edit):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, edit(part) if name == "xl/worksheets/sheet1.xml" else part)
    return out.getvalue()


def read(content):
    return read_rows(BytesIO(content))


def refusal(content):
    with pytest.raises(Refused) as refused:
        read(content)
    return str(refused.value)


def test_cells_keep_their_types_and_lose_the_blanks_around_them():
    rows = [
        ["ФИО", "С", "В", "n", "x"],
        [" Ёлкин\xa0Ян ", datetime(2026, 9, 2), datetime(2026, 9, 2, 8, 30), 3, 2.5],
        ["", time(9), True],
    ]
    assert read(xlsx(rows)) == [
        ["ФИО", "С", "В", "n", "x"],
        ["Ёлкин Ян", date(2026, 9, 2), datetime(2026, 9, 2, 8, 30), 3, 2.5],
        [None, time(9), True, None, None],
    ]


def test_blank_rows_between_are_kept_so_that_numbers_agree_and_those_at_the_end_are_not():
    assert read(xlsx([["a"], [], [None, "b"], [" "], []])) == [["a", None], [None, None], [None, "b"]]


def test_the_first_sheet_that_holds_anything_is_read():
    assert read(xlsx([], [["a"]], [["b"]])) == [["a"]]


def test_a_hidden_sheet_is_not_read():
    book, out = Workbook(), BytesIO()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet().append(["shown"])
    book.save(out)
    assert read(out.getvalue()) == [["shown"]]


def test_a_formula_nobody_calculated_is_an_empty_cell():
    assert read(xlsx([["a", "=1+1"]])) == [["a"]]


def test_a_dimension_that_lies_hides_no_rows():
    lying = xlsx(
        [["a", "b"], ["c", "d"]], edit=lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml)
    )
    assert read(lying) == [["a", "b"], ["c", "d"]]


def test_what_was_exported_reads_back_equal():
    rows = [["Ёлкин Ян", date(2026, 9, 2), 18], ["=1+1", None, 0]]
    table = Table("t", [Column("Name"), Column("Since", "date"), Column("n", "int")], rows)
    assert read(excel.write([table])) == [["Name", "Since", "n"], *rows]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=30), st.integers(-(10**14), 10**14), st.dates(date(1900, 3, 1))),
        min_size=1,
        max_size=5,
    )
)
def test_any_export_reads_back_equal_but_for_control_characters(rows):
    table = Table("t", [Column("a"), Column("b", "int"), Column("c", "date")], rows)
    wanted = [
        [excel.UNSAFE.sub("", text.replace("\r\n", "\n")).replace("\xa0", " ").strip() or None, n, d]
        for text, n, d in rows
    ]
    assert read(excel.write([table]))[1:] == wanted


@pytest.mark.parametrize("rows", [[], [[None], [" "]]])
def test_an_empty_table_is_refused(rows):
    assert refusal(xlsx(rows)) == "The table is empty: there is not one filled cell in it."


def test_a_hundred_thousand_rows_are_refused():
    table = Table("t", [Column("n", "int")], ([n] for n in range(100_000)))
    assert "more than 5000 rows" in refusal(excel.write([table]))


def test_a_row_far_below_the_others_is_refused_and_not_cut():
    far = xlsx(
        [["a"], ["b"]], edit=lambda xml: xml.replace(b'<row r="2">', b'<row r="900000">').replace(b'"A2"', b'"A900000"')
    )
    assert "more than 5000 rows" in refusal(far)


def test_five_thousand_rows_and_sixty_columns_are_read():
    assert len(read(xlsx([["a"]] * 5_000))) == 5_000
    assert len(read(xlsx([["a"] * 60]))[0]) == 60


def test_the_sixty_first_column_is_refused_with_its_row():
    assert (
        refusal(xlsx([["a"], ["a"] * 61])) == "Row 2 has more than 60 columns. Leave only the columns that are needed."
    )


def test_a_damaged_sheet_is_refused():
    assert "damaged" in refusal(xlsx([["a"]], edit=lambda xml: xml[: len(xml) // 2]))


@pytest.mark.parametrize(
    "content",
    [
        "ФИО;Стаж\r\n«Ёлкин, Ян»;2 года\r\n".encode("utf-8-sig"),
        "ФИО;Стаж\r\n«Ёлкин, Ян»;2 года\r\n".encode("cp1251"),
        'ФИО,Стаж\n"«Ёлкин, Ян»",2 года\n'.encode(),
        "ФИО\tСтаж\n«Ёлкин, Ян»\t2 года\n\n\n".encode(),
        "ФИО\tСтаж\n«Ёлкин, Ян»\t2 года\n".encode("utf-16"),
    ],
)
def test_csv_is_read_in_the_usual_encodings_and_delimiters(content):
    assert read(content) == [["ФИО", "Стаж"], ["«Ёлкин, Ян»", "2 года"]]


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n;;\r\n", "table is empty"),
        (guard.OLE + b"0" * 50, "Save it as .xlsx"),
        (b"  <html><table></table>", "Save the table as .xlsx"),
        (b"%PDF-1.4", "Save the table as .xlsx"),
        (b"a;b\x00c", "Save the table as .xlsx"),
        (b"a;" + b"b" * 2_000 + b"\x00c", "cannot be read"),
        (b"a\n" * 5_001, "more than 5000 rows"),
        (b";".join([b"a"] * 61), "more than 60 columns"),
        (b'a;b\n"' + b"x" * 200_000, "damaged"),
        (b"a" * (10 * guard.MIB + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, words):
    assert words in refusal(content)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        rows = read(content)
    except Refused:
        return
    assert {len(row) for row in rows} == {len(rows[0])}
