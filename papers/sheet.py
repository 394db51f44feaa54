"""A table that somebody sends: .xlsx or .csv in, lists of cells out."""

import csv
from datetime import datetime, time
from io import StringIO

from django.utils.translation import gettext as _

from papers import guard
from papers.guard import Refused

ROWS, COLUMNS = 5_000, 60
EXCEL_ROWS = 1_048_576
DELIMITERS = ";,\t"


def read_rows(file):
    """All rows of the first sheet that holds anything, as lists of equal length; row n of the file is item n - 1.

    Cells are str (stripped), int, float, bool, date, datetime, time or None (empty, or a formula nobody calculated).
    Raises Refused for what is no table, is dangerous or empty, or has over 5,000 rows or 60 columns.
    """
    rows = bounded(csv_rows(file) if looks_like_text(file) else xlsx_rows(file))
    if not rows:
        raise Refused(_("The table is empty: there is not one filled cell in it."))
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


def looks_like_text(file):
    """Whether to try the file as CSV; everything else goes to the spreadsheet guard, whose refusals say what to do."""
    head = guard.start(file, 1024)
    if head.startswith((b"PK", guard.OLE, b"%PDF", b"\xff\xd8\xff", b"\x89PNG")) or head.lstrip(
        b"\xef\xbb\xbf \r\n\t"
    ).startswith(b"<"):
        return False
    return bool(head) and (b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")))


def xlsx_rows(file):
    guard.check_xlsx(file)
    try:
        yield from first_filled(sheets(file))
    except Exception:  # openpyxl raises anything at all on a damaged part
        raise Refused(guard.damaged()) from None


def first_filled(sheets):
    for sheet in sheets:
        rows = trimmed(sheet.iter_rows(max_row=EXCEL_ROWS, values_only=True))
        first = next(rows, None)
        if first is not None:
            yield first
            yield from rows
            return


def sheets(file):
    """Visible sheets; the declared dimension is forgotten, because a false one hides rows."""
    from openpyxl import load_workbook

    for sheet in load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            yield sheet


def csv_rows(file):
    guard.refuse_size(file, guard.SHEET_LIMIT)
    text = decoded(file.read())
    try:
        yield from trimmed(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error:
        raise Refused(guard.damaged()) from None


def decoded(content):
    """UTF-8 (with or without its mark), UTF-16 with its mark, else what Russian Excel writes."""
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(_("The text of this file cannot be read. Save the table as .xlsx and try again."))


def delimiter_of(text):
    """The one that gives the most columns in the first line that is not blank."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([line[:100_000]], delimiter=mark), [])))


def trimmed(rows):
    """Rows as lists of clean cells without what is empty at their end; nothing but these three may be empty or huge."""
    blank = 0
    for row in rows:
        cells = clean_row(row)
        if not cells:
            blank += 1
            continue
        yield from ([] for _gap in range(blank))
        blank = 0
        yield cells


def clean_row(row):
    if row.count(None) == len(row):
        return []
    cells = [clean(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def clean(value):
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip() or None
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value


def bounded(rows):
    kept = []
    for row in rows:
        kept.append(row)
        if len(kept) > ROWS:
            raise Refused(
                _("There are more than %(limit)s rows in the table. Divide it into several files.") % {"limit": ROWS}
            )
        if len(row) > COLUMNS:
            words = _("Row %(row)s has more than %(limit)s columns. Leave only the columns that are needed.")
            raise Refused(words % {"row": len(kept), "limit": COLUMNS})
    return kept
