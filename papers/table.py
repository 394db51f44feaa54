"""A table is described once and shown as a page, a PDF or an Excel sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YES, NO = gettext_lazy("yes"), gettext_lazy("no")
WIDTHS = {"int": 10, "number": 12, "date": 12, "datetime": 17, "percent": 12, "bool": 10}  # in characters
ON_PAPER = {"date": 17, "datetime": 24}  # paper breaks a date that a sheet would show as ####, so it gets room
NUMERIC = ("int", "number", "percent")


@dataclass(frozen=True)
class Column:
    """A heading and what stands under it.

    `kind` is text, int, number, date, datetime, percent (0-100, not a fraction) or bool; `width` is in characters,
    without it the sheet measures its first rows and the paper takes the usual width of the kind. What is
    `only_in_excel` would make page and paper too wide to read.
    """

    heading: str
    kind: str = "text"
    width: int | None = None
    only_in_excel: bool = False

    @property
    def numeric(self):
        return self.kind in NUMERIC


@dataclass
class Table:
    """Title, columns and typed rows: date, int, Decimal, str, bool, None; words («нет данных») may stand anywhere.

    `rows` may be a generator, then the table can be shown once. `note` stands under the title on page and paper.
    `about` are the lines of the sheet «О выгрузке»: label and value, see `about()`.
    `prose`: its cells hold sentences, whose words paper may divide; names are never divided.
    """

    title: str
    columns: list[Column]
    rows: Iterable[Sequence]
    note: str = ""
    about: Sequence[tuple[str, str]] = field(default=())
    sheet_name: str = ""
    prose: bool = False

    def cells(self):
        """Each row as a list of strings in the active language; an empty cell is an empty string."""
        for row in self.rows:
            cells = zip(self.columns, row, strict=True)
            yield [shown(value, column.kind) for column, value in cells if not column.only_in_excel]

    @property
    def shown_columns(self):
        """The columns of page and paper."""
        return [column for column in self.columns if not column.only_in_excel]

    def pairs(self):
        """Each row as (column, string) pairs, as templates want it."""
        return [list(zip(self.shown_columns, row, strict=True)) for row in self.cells()]

    def shares(self):
        """Width of each column on paper, in percent; together 100."""
        widths = [
            max(column.width or WIDTHS.get(column.kind, 24), ON_PAPER.get(column.kind, 0))
            for column in self.shown_columns
        ]
        return [round(100 * width / sum(widths), 2) for width in widths]


def about(*, by, at, filters, count):
    """Lines for `Table.about`: who took it (a name), when, the filters in force as one sentence, how many rows."""
    return [
        (_("Taken by"), str(by)),
        (_("Taken at"), shown(at, "datetime" if isinstance(at, datetime) else "date")),
        (_("Filter"), str(filters) or _("none: everything is here")),
        (_("Rows"), str(count)),
    ]


def shown(value, kind="text"):
    """A typed value as a person reads it in the active language."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, datetime):
        return shown_moment(value, kind)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | float | Decimal):
        number = shown_number(value)
        return f"{number} %" if kind == "percent" else number
    return str(value)


def shown_moment(value, kind):
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(local, "SHORT_DATE_FORMAT" if kind == "date" else "SHORT_DATETIME_FORMAT")


def shown_number(value):
    """At most two decimals, no zeros hanging at the end; the exact value is in the Excel file."""
    if isinstance(value, int):
        return number_format(value, use_l10n=True)
    if not Decimal(value).is_finite():
        return ""
    rounded = f"{value:.2f}".rstrip("0").rstrip(".")
    return number_format(Decimal("0" if rounded == "-0" else rounded), use_l10n=True)
