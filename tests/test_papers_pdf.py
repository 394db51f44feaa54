"""Official papers: their words, their fonts, and what they may not read."""

import subprocess
import sys
from datetime import date

import pytest
from django.utils import translation

from papers import checks, pdf
from papers.table import Column, Table, about


def table(rows=3):
    columns = [Column("№", "int"), Column("Наставник"), Column("С даты", "date"), Column("Доля", "percent")]
    lines = about(by="Иванова И. И.", at=date(2026, 11, 23), filters="", count=rows)
    people = ((n, "Ёлкин Ҡәҙер <b>", date(2026, 9, 2), 87.5) for n in range(1, rows + 1))
    return Table("Реестр наставнических пар", columns, people, note="По состоянию на 23.11.2026", about=lines)


def tool(name, content, tmp_path, *options):
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    return subprocess.run(
        [name, *options, path, *(["-"] if name == "pdftotext" else [])], capture_output=True, text=True
    ).stdout


@pytest.mark.pdf
def test_a_table_is_printed_in_russian_whatever_the_screen_speaks(tmp_path):
    with translation.override("en"):
        content = pdf.render("papers/table.html", lambda: {"table": table(), "organisation": "МКОУ СОШ № 9"})
    lines = [
        " ".join(line.split()) for line in tool("pdftotext", content, tmp_path, "-layout").splitlines() if line.strip()
    ]
    assert lines[:5] == [
        "МКОУ СОШ № 9",
        "Реестр наставнических пар",
        "По состоянию на 23.11.2026",
        "№ Наставник С даты Доля",
        "1 Ёлкин Ҡәҙер <b> 02.09.2026 87,5 %",
    ]
    assert "Кто выгрузил: Иванова И. И." in lines


@pytest.mark.pdf
def test_only_our_own_fonts_are_used_and_embedded(tmp_path):
    rows = tool("pdffonts", pdf.render("papers/table.html", {"table": table()}), tmp_path).splitlines()[2:]
    assert sorted(row.split()[0].split("+")[1] for row in rows) == ["Paper", "Paper-Bold"]
    assert {row.split()[-5] for row in rows} == {"yes"}


@pytest.mark.pdf
def test_headings_are_repeated_and_pages_numbered_from_the_second(tmp_path):
    text = tool("pdftotext", pdf.render("papers/table.html", {"table": table(90)}), tmp_path, "-layout")
    pages = [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]
    assert [page[0] for page in pages] == ["Реестр наставнических пар", *map(str, range(2, len(pages) + 1))]
    assert {page[1].split()[0] for page in pages[1:-1]} == {"№"}
    assert len(pages) > 2


@pytest.mark.pdf
def test_style_and_fonts_are_read_once_per_process():
    pdf.render("papers/table.html", {"table": table()})
    first = pdf.press()
    pdf.render("papers/table.html", {"table": table()})
    assert pdf.press() is first


@pytest.mark.pdf
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "file:///../etc/hostname",
        "http://127.0.0.1/",
        "ftp://x/",
        "data:,a",
        "file://host/etc/hostname",
    ],
)
def test_a_paper_reads_nothing_outside_the_static_folder(address):
    with pytest.raises(ValueError):
        pdf.press().fetcher.fetch(address)


@pytest.mark.pdf
def test_a_way_out_of_the_static_folder_is_closed():
    with pytest.raises(ValueError):
        pdf.press().fetcher.fetch(pdf.static_folder().as_uri() + "/../manage.py")


@pytest.mark.pdf
def test_a_paper_may_read_the_static_folder():
    fetched = pdf.press().fetcher.fetch(pdf.static_folder().as_uri() + "/paper.css")
    assert fetched.read() == (pdf.static_folder() / "paper.css").read_bytes()


@pytest.mark.pdf
def test_the_download_is_a_pdf_with_a_russian_name():
    response = pdf.response("Реестр.pdf", "papers/table.html", {"table": table()})
    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A0")


@pytest.fixture
def no_pango(monkeypatch):
    pdf.press.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    yield
    pdf.press.cache_clear()


def test_without_pango_a_page_says_what_to_do(no_pango):
    with translation.override("ru"):
        response = pdf.response("Реестр.pdf", "papers/table.html", {"table": table()})
    assert response.status_code == 409
    assert "На этом компьютере PDF не получить" in response.content.decode()


def test_the_check_warns_only_where_pango_is_missing(monkeypatch):
    monkeypatch.setattr(checks, "pango_is_there", lambda: False)
    assert [warning.id for warning in checks.pdf_can_be_made(None)] == ["papers.W001"]
    monkeypatch.setattr(checks, "pango_is_there", lambda: True)
    assert checks.pdf_can_be_made(None) == []


def test_a_library_that_is_not_there_is_seen():
    assert checks.pango_is_there(names=["libthere-is-no-such.so.0"]) is False


def test_the_heavy_libraries_are_loaded_only_where_they_are_used():
    modules = "papers.excel, papers.pdf, papers.sheet, papers.chart, papers.fields"
    code = f"import sys, django.conf as c; c.settings.configure(); import {modules}; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert [name for name in ("papers.pdf", "weasyprint", "openpyxl") if f"'{name}'" in loaded] == ["papers.pdf"]
