"""Tables as an Excel file: real dates and numbers, never a formula, nothing cut silently."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from papers.download import attachment, not_made
from papers.table import WIDTHS, Column, Table, shown

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767  # of Excel; openpyxl would cut there without a word
ROW_LIMIT = 1_048_576
EXACT = 10**15  # beyond this Excel rounds a number
FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
# What XML cannot hold, and control characters; line feed and tab stay.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FORMATS = {"date": "dd.mm.yyyy", "datetime": "dd.mm.yyyy hh:mm", "percent": "0.##%", "int": "0", "number": "General"}
PEEK = 100


class CellTooLong(ValueError):
    """A text that no Excel cell can hold; the message names row and column."""


class TooManyRows(ValueError):
    """More rows than an Excel sheet has."""


def write(tables):
    """The .xlsx file as bytes, one sheet per table; the `about` lines of the tables make a last sheet «О выгрузке».

    Raises CellTooLong and TooManyRows: a file that would lack something is not made.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    names = set()
    about = list(dict.fromkeys(line for table in tables for line in table.about))
    for table in [*tables, about_sheet(about)] if about else tables:
        with ended(book.create_sheet(sheet_title(table.sheet_name or table.title, names))) as sheet:
            fill(sheet, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def ended(sheet):
    """Ends the sheet's stream also when a row is refused: left open, it complains on stderr much later."""
    try:
        yield sheet
    finally:
        sheet.close()


def about_sheet(rows):
    """«О выгрузке» as a table: `rows` are (label, value), see `papers.table.about`."""
    return Table(_("About this export"), [Column(_("What"), width=28), Column(_("Value"), width=80)], rows)


def response(filename, tables):
    """The file as a download; `filename` ends in .xlsx and may be Russian. What Excel cannot hold is a page saying so."""
    try:
        return attachment(write(tables), filename, CONTENT_TYPE)
    except (CellTooLong, TooManyRows) as reason:
        return not_made(_("No Excel file"), reason, _("Shorten what is too long, or choose fewer rows, and try again."))


def sheet_title(title, taken):
    """A title Excel accepts and no other sheet of this book has: it is added to `taken`."""
    clean = " ".join(UNSAFE.sub(" ", re.sub(r"[\[\]:*?/\\]", " ", str(title))).split()).strip("'") or "1"
    name, number = clean[:31].strip(), 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{clean[: 31 - len(str(number)) - 1].strip()} {number}"
    taken.add(name.casefold())
    return name


def fill(sheet, table):
    rows = iter(table.rows)
    first = list(islice(rows, PEEK))
    prepare(sheet, table, first)
    styles = Styles.of(sheet)
    sheet.append([styles.cell(str(column.heading), styles.head) for column in table.columns])
    number = 1
    for number, row in enumerate(chain(first, rows), 2):
        if number > ROW_LIMIT:
            raise TooManyRows(_("An Excel sheet has no more than %(limit)s rows.") % {"limit": ROW_LIMIT})
        sheet.append([written(styles, c, v, number) for c, v in zip(table.columns, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{letter(len(table.columns))}{number}"


def prepare(sheet, table, rows):
    """What must stand in the file before the first row: widths, the frozen header, how it prints."""
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[letter(index)].width = column.width or measured(
            column, [row[index - 1] for row in rows]
        )
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = fit_to_width()


def measured(column, values):
    longest = max((len(line) for v in values for line in shown(v, column.kind).split("\n")), default=0)
    return min(max(longest + 2, min(len(str(column.heading)) + 4, 24), WIDTHS.get(column.kind, 8)), 60)


@dataclass
class Styles:
    """Cell styles of one sheet, made once: setting them cell by cell takes most of the time of a big export."""

    sheet: object
    head: object
    text: object
    guarded: object
    formats: dict

    @classmethod
    def of(cls, sheet):
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        def style(number_format="General", bold=False, guarded=False):
            cell = WriteOnlyCell(sheet)
            cell.number_format, cell.font = number_format, Font(bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=number_format in ("@", "General") or None)
            cell.quotePrefix = int(guarded)
            return cell._style

        formats = {kind: style(form) for kind, form in FORMATS.items()}
        return cls(sheet, style(bold=True), style(), style("@", guarded=True), formats)

    def cell(self, value, style, kind=None):
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self.sheet, value)
        cell._style = style
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it looks like, it is no formula and no error value
        return cell


def written(styles, column, value, row):
    """The cell for one value: numbers and dates as such, everything else as text."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if is_excel_date(value):
        kind = "datetime" if isinstance(value, datetime) and column.kind != "date" else "date"
        return styles.cell(value, styles.formats[kind])
    if is_excel_number(value):
        return number_cell(styles, column, value)
    text = clean_text(shown(value, column.kind), row, column)
    return styles.cell(text, styles.guarded if text.startswith(("=", "+", "-", "@", "\t")) else styles.text)


def is_excel_date(value):
    return isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) >= FIRST_DAY


def is_excel_number(value):
    return (
        isinstance(value, int | float | Decimal)
        and not isinstance(value, bool)
        and Decimal(value).is_finite()
        and abs(value) < EXACT
    )


def number_cell(styles, column, value):
    if column.kind == "percent":
        return styles.cell(value / 100, styles.formats["percent"])
    kind = "int" if isinstance(value, int) and column.kind == "int" else "number"
    return styles.cell(value, styles.formats[kind])


def clean_text(text, row, column):
    text = UNSAFE.sub("", text.replace("\r\n", "\n"))
    if len(text) * 2 > CELL_LIMIT and len(text.encode("utf-16-le")) // 2 > CELL_LIMIT:
        words = _(
            "Row %(row)s, column “%(column)s”: the text is longer than %(limit)s characters, no Excel cell holds it."
        )
        raise CellTooLong(words % {"row": row, "column": column.heading, "limit": CELL_LIMIT})
    return text


def letter(index):
    from openpyxl.utils import get_column_letter

    return get_column_letter(index)


def fit_to_width():
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)
