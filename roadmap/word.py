"""Rows of the tables in a Word document (.docx), in the order in which a person reads it."""

import zipfile

from django.utils.translation import gettext as _

from papers import guard

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_BYTES = 20 * guard.MIB


def document_rows(file):
    """Paragraphs as rows of one cell, rows of tables as lists of cells. Raises `guard.Refused` for what is unsafe."""
    if guard.check_upload(file) != guard.DOCX:
        raise guard.Refused(_("There is neither a Word document nor an Excel table in this file."))
    body = parsed(file).find(f"{WORD}body")
    rows = []
    for block in body if body is not None else ():
        if block.tag == f"{WORD}p":
            rows.append([words_of(block)])
        elif block.tag == f"{WORD}tbl":
            rows += [cells_of(row) for row in block.iter(f"{WORD}tr")]
    return rows


def parsed(file):
    """The document's XML; a document type, entities and damage are refused alike."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    with zipfile.ZipFile(file) as archive:
        if archive.getinfo("word/document.xml").file_size > MOST_BYTES:
            raise guard.Refused(_("The cells of this table hold far more text than a roadmap has."))
        try:
            return fromstring(archive.read("word/document.xml"), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, *guard.BROKEN_ZIP):
            raise guard.Refused(guard.damaged()) from None


def cells_of(row):
    """Texts of a row; a cell that spans several columns is followed by empty ones, a continued one is empty."""
    cells = []
    for cell in row.findall(f"{WORD}tc"):
        merged = cell.find(f"{WORD}tcPr/{WORD}vMerge")
        continued = merged is not None and merged.get(f"{WORD}val", "continue") == "continue"
        span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
        width = span.get(f"{WORD}val", "1") if span is not None else "1"
        cells.append("" if continued else " ".join(words_of(part) for part in cell.iter(f"{WORD}p")))
        cells += [""] * (min(int(width), 60) - 1 if width.isdecimal() else 0)
    return cells


def words_of(paragraph):
    spaces = {f"{WORD}tab": " ", f"{WORD}br": " "}
    return "".join(part.text or "" if part.tag == f"{WORD}t" else spaces.get(part.tag, "") for part in paragraph.iter())
