"""The roadmap's file: a text table, .docx or .xlsx of any school, read into a ParsedRoadmap with remarks."""

import csv
import io
import re

from django.utils.translation import gettext as _

from papers.guard import Refused
from roadmap import slips
from roadmap.parsing import ParsedItem, ParsedRoadmap, ParsedSection, from_rows

__all__ = ["ParsedItem", "ParsedRoadmap", "ParsedSection", "from_rows", "read", "understood"]
MOST_BYTES, MOST_ROWS, MOST_ITEMS, MOST_LETTERS = 10 * 2**20, 5_000, 300, 400_000


def read(file_name, data):
    """ParsedRoadmap of an uploaded file (`data` are its bytes).

    Raises `papers.guard.Refused` with a sentence for the person when the file is no roadmap at all.
    """
    if len(data) > MOST_BYTES:
        refuse(_("The file is larger than 10 MB. A roadmap is a small table: save only its sheet."))
    if not data.strip(b"\x00\t\r\n "):
        refuse(_("The file is empty."))
    rows = _office_rows(data) if data[:2] == b"PK" else text_rows(decoded(data))
    return understood(rows[:MOST_ROWS])


def understood(rows):
    """ParsedRoadmap of rows, with remarks on what a person should look at; Refused when no roadmap is in them."""
    parsed = from_rows(rows)
    if not parsed.items:
        refuse(
            _(
                "No roadmap was found in this file. It needs a table with the headings «Содержание» (or «Мероприятие») "
                "and «Сроки», and items below."
            )
        )
    if len(parsed.items) > MOST_ITEMS:
        sentence = _("There are more than %(number)s items in this file; a roadmap has some twenty.")
        refuse(sentence % {"number": MOST_ITEMS})
    if sum(len(words) for item in parsed.items for words in item.source) > MOST_LETTERS:
        refuse(_("The cells of this table hold far more text than a roadmap has."))
    slips.remark(parsed)
    return parsed


def refuse(sentence):
    raise Refused(sentence)


def decoded(data):
    """Text of the bytes: UTF-8 or UTF-16 by their mark, else UTF-8, else cp1251 as Russian Windows writes it."""
    if data[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rt"):
        refuse(
            _(
                "This kind of file cannot be read. In Word or Excel choose Save as, then a Word document (.docx) "
                "or an Excel workbook (.xlsx)."
            )
        )
    text = _with_mark(data)
    if text is None:
        text = _without_mark(data)
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        refuse(_("This is no text file. Save the table as a Word document (.docx) or an Excel workbook (.xlsx)."))
    return text


def _with_mark(data):
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _without_mark(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if data[1:400:2].count(b"\x04"[0]) > len(data[:400]) // 6:  # every second byte of Cyrillic in UTF-16 is 4
        return data.decode("utf-16-le", errors="replace")
    return data.decode("cp1251", errors="replace")


def text_rows(text):
    """Rows of a text table whose cells are divided by tabs or by semicolons."""
    lines = re.split(r"\r\n|\r|\n|\x0b|\x0c", text)
    mark = "\t" if sum("\t" in line for line in lines) >= sum(line.count(";") > 1 for line in lines) else ";"
    if mark == ";" or _is_quoted(lines):
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        except csv.Error:
            pass
    return [line.split(mark) for line in lines]


def _is_quoted(lines):
    """Excel puts a cell with a line break between quotes; a text that only happens to have quotes is left alone."""
    quotes = sum(line.count('"') for line in lines)
    return quotes % 2 == 0 and any('\t"' in line or line.startswith('"') for line in lines)


def _office_rows(data):
    from papers.sheet import read_rows
    from roadmap.word import document_rows

    return document_rows(io.BytesIO(data)) if b"word/document.xml" in data else read_rows(io.BytesIO(data))
