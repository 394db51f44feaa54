"""Tables and charts as people see them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from papers import chart
from papers.table import Column, Table, shown


@pytest.mark.parametrize(
    "value, kind, words",
    [
        (None, "text", ""),
        (0, "int", "0"),
        (date(2026, 9, 2), "date", "02.09.2026"),
        (datetime(2026, 9, 2, 21, 30, tzinfo=UTC), "date", "03.09.2026"),
        (datetime(2026, 9, 2, 6, 30, tzinfo=UTC), "datetime", "02.09.2026 09:30"),
        (Decimal("3.4000"), "number", "3,4"),
        (Decimal("3.456"), "number", "3,46"),
        (-0.001, "number", "0"),
        (1234567, "int", "1234567"),
        (Decimal("87.50"), "percent", "87,5 %"),
        ("нет данных", "percent", "нет данных"),
        (True, "bool", "да"),
        (False, "bool", "нет"),
        (float("nan"), "number", ""),
    ],
)
def test_values_are_shown_as_a_russian_reads_them(value, kind, words):
    with translation.override("ru"):
        assert shown(value, kind) == words


def test_values_are_shown_in_english_too():
    with translation.override("en"):
        table = Table("t", [Column("a", "number"), Column("b", "bool")], [(2.5, True)])
        assert list(table.cells()) == [["2.5", "yes"]]


def test_a_row_of_the_wrong_length_is_an_error():
    with pytest.raises(ValueError):
        list(Table("t", [Column("a")], [(1, 2)]).cells())


def test_widths_on_paper_make_a_whole():
    table = Table("t", [Column("a"), Column("b", "date"), Column("c", width=27)], [])
    assert table.shares() == [35.29, 25.0, 39.71]


def test_what_is_only_in_excel_is_neither_on_page_nor_paper():
    table = Table("t", [Column("a", only_in_excel=True), Column("b", width=10)], [("x", "y")])
    assert (list(table.cells()), table.shares()) == ([["y"]], [100.0])


def test_a_table_on_a_page_names_each_cell_and_escapes_it():
    table = Table("Пары", [Column("Наставник"), Column("Встреч", "int")], [("<b>Ёлкин</b>", 3)])
    html = Template("{% load papers %}{% table_page table %}").render(Context({"table": table}))
    root = ElementTree.fromstring(html.strip())
    assert [(td.get("data-label"), td.get("class"), td.text) for td in root.iter("td")] == [
        ("Наставник", "c-lead", "<b>Ёлкин</b>"),
        ("Встреч", "num", "3"),
    ]
    assert [th.get("scope") for th in root.iter("th")] == ["col", "col"]


def drawn(svg):
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert not [node for node in root.iter() if "style" in node.attrib]
    return root


def lengths(root, kind):
    return [float(node.get("width")) for node in root.iter() if node.get("class") == kind]


def words(root):
    return [node.text for node in root.iter() if node.tag.endswith("text")]


def test_a_page_shows_the_first_rows_of_a_long_table_and_says_how_many_there_are():
    table = Table("Список", [Column("№", "int")], [(number,) for number in range(1, 6)])
    with translation.override("ru"):
        page = Template("{% load papers %}{% table_page table 3 %}").render(Context({"table": table}))
    assert [f">{number}<" in page for number in range(1, 6)] == [True] * 3 + [False] * 2
    assert "Показаны первые 3 строк из 5" in page


def test_bars_are_as_long_as_their_numbers():
    with translation.override("ru"):
        root = drawn(chart.bars([("<script>", 5, 2.5), ("b", None, 0)], "Средние", top=5))
    assert root.get("aria-label") == "Средние"
    full = lengths(root, "base")[0]
    assert lengths(root, "bar1") == [full, 0]
    assert lengths(root, "bar2") == [full / 2, 0]
    assert words(root) == ["<script>", "5", "2,5", "b", "–", "0"]


def test_a_label_too_long_for_its_line_is_shortened():
    root = drawn(chart.bars([("Слово " * 20, 1)], "t"))
    assert [len(word) for word in words(root)] == [46, 1]


def test_lines_break_where_a_wave_is_missing():
    root = drawn(chart.lines([("Я", [("1", 1), ("2", 2), ("3", None), ("4", 4), ("5", 5)])], "Рост", 1, 5))
    curves = [node.get("points") for node in root.iter() if node.get("class") == "line line1"]
    assert [points.count(",") for points in curves] == [2, 2, 2]  # two runs and the legend
    assert curves[0].startswith("60.0,216.0")


def test_a_line_of_one_wave_is_a_dot():
    root = drawn(chart.lines([("Я", [("1", 3)])], "Рост", 1, 5))
    assert [node.get("cx") for node in root.iter() if node.tag.endswith("circle")] == ["260.0"]


def test_parts_of_a_donut_make_the_circle():
    root = drawn(chart.donut([("a", 3), ("b", 1), ("c", 0)], "Пары", "пары"))
    parts = [
        node for node in root.iter() if (node.get("class") or "").startswith("seg") and "s0" not in node.get("class")
    ]
    shares = [float(node.get("stroke-dasharray").split()[0]) + 3 for node in parts]
    assert [round(share / sum(shares), 2) for share in shares] == [0.75, 0.25]
    assert words(root) == ["4", "пары"]


def test_parts_of_a_strip_share_its_width_and_nothing_is_drawn_for_none():
    root = drawn(chart.strip([("Выполнено", 3, "ok"), ("Просрочено", 1, "bad"), ("Готово", 0, "brand")], "Позиции"))
    parts = [(rect.get("class"), float(rect.get("x")), float(rect.get("width")) + 3) for rect in root]
    assert parts == [("t-ok", 0, 360), ("t-bad", 360, 120)]


@pytest.mark.parametrize(
    "svg",
    [
        lambda: chart.bars([], "t"),
        lambda: chart.lines([], "t", 1, 5),
        lambda: chart.donut([], "t"),
        lambda: chart.strip([], "t"),
    ],
)
def test_charts_without_data_are_still_drawn(svg):
    assert drawn(svg()).get("aria-label") == "t"
