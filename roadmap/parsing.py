"""From the rows of a table to a roadmap, put together as a person would read it.

Columns are found by their header words; whatever is broken becomes a remark, and no word of an item is lost.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

NUMBER, CONTENT, DEADLINE, RESULT = "number", "content", "deadline_words", "result"
INDICATOR, RESPONSIBLE, STAGE, OTHER = "indicator_words", "responsible", "stage", "other"
# The order decides where a heading has words of two columns: «Срок проведения мероприятия» is a deadline.
HEADINGS = (
    (DEADLINE, r"\bсрок|\bдат[аы]\b|период|\bвремя|\bкогда"),
    (RESPONSIBLE, r"ответствен|исполнител"),
    (INDICATOR, r"показател|критери|индикатор|эффективност"),
    (RESULT, r"результат|вид документа|\bдокумент|\bпродукт|\bитог"),
    (STAGE, r"^этап|наименование этапа|^раздел|^направлени"),
    (CONTENT, r"содержани|мероприят|наименовани|деятельност|действи|\bработ[аы]|позици"),
    (NUMBER, r"^(?:№|no|n|nn|№№|номер)?[\s./]*(?:п\s*[./]?\s*п\.?|поз)?$"),
)
FIELDS = (CONTENT, DEADLINE, RESULT, INDICATOR, RESPONSIBLE)
ITEM_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\.?(?:\s+|(?=[^\d\s.])|$)(.*)", re.S)
ONE_NUMBER = re.compile(r"(\d{1,3})\s*[.)]?")
SECTION = re.compile(
    r"(?:(?:раздел|этап|направление|блок)\s+)?(?:(\d{1,2})(?:\s*[.):]+\s*|\s+)|([IVXХ]{1,5})\s*[.):]\s*)(?=\D)(.*)",
    re.S | re.I,
)
SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-‐‑–—/]\s*(20)?(\d\d)(?!\d)")
PERCENT = re.compile(r"(\d{1,3})\s*%")


@dataclass
class ParsedItem:
    """One item as written; `rows` are the file's row numbers it was put together from."""

    number: str
    content: str = ""
    deadline_words: str = ""
    result: str = ""
    indicator_words: str = ""
    responsible: str = ""
    rows: list[int] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def target(self):
        """Percent that the result or the indicator names, or None."""
        if re.search(r"(?<!не )менее чем", f"{self.result} {self.indicator_words}"):
            return None
        found = PERCENT.search(self.result) or PERCENT.search(self.indicator_words)
        return int(found[1]) if found and int(found[1]) <= 100 else None


@dataclass
class ParsedSection:
    number: str
    title: str
    items: list[ParsedItem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class ParsedRoadmap:
    """What was understood. `school_year` is the year in which the school year begins, or None."""

    title: str = ""
    goal: str = ""
    school_year: int | None = None
    sections: list[ParsedSection] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def items(self):
        return [item for section in self.sections for item in section.items]


def cell_text(value):
    """A cell as a person reads it: dates in the usual form, whole numbers without a tail."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def tidy(text):
    return " ".join(text.split())


def from_rows(rows):
    """ParsedRoadmap of a table given as rows of cells (texts, dates, numbers, None). Never fails; may find no items."""
    table = [[cell_text(cell) for cell in row] for row in rows]
    start, columns, body = _find_header(table)
    parsed = ParsedRoadmap()
    if columns is None:
        parsed.remarks.append(_("No table was found: there is no row with the headings “Content” and “Deadlines”."))
        return parsed
    _read_preamble(parsed, [tidy(" ".join(row)) for row in table[:start]])
    _Body(parsed, columns, table, body).read()
    return parsed


def meaning(heading):
    """The field that a heading names, or None."""
    text = tidy(heading).casefold().replace("ё", "е")
    return next((name for name, words in HEADINGS if text and re.search(words, text)), None)


def _find_header(table):
    """(row of the header, {column: field}, first row of the body)."""
    start = next((n for n, row in enumerate(table[:200]) if _is_header(row)), None)
    if start is None:
        return 0, None, 0
    headings, end = list(table[start]), start + 1
    while end < len(table) and end < start + 4 and _continues_header(table[end], headings):
        for n, cell in enumerate(table[end]):
            if n < len(headings):
                headings[n] = tidy(f"{headings[n]} {cell}")
        end += 1
    columns = _columns(headings)
    for n, heading in enumerate(headings):
        if n not in columns and heading:
            columns[n] = OTHER
    return start, _with_number_column(columns, table[end:]), end


def _is_header(row):
    return len(row) > 1 and {CONTENT, DEADLINE} <= set(_columns(row).values()) and _short(row)


def _columns(row):
    return {n: found for n, cell in enumerate(row) if (found := meaning(cell))}


def _short(row):
    return all(len(cell) <= 120 for cell in row)


def _continues_header(row, headings):
    """Whether this row is still the header: «ПП | | | (вид документа)», or the columns' numbers «1 2 3 4 5 6»."""
    cells = [tidy(cell) for cell in row]
    full = [cell for cell in cells if cell]
    if not full or not _short(cells) or len(cells) > len(headings) + 4:
        return False
    if len(full) > 2 and full == [str(n) for n in range(1, len(full) + 1)]:
        return True
    if ITEM_NUMBER.match(full[0]) or SECTION.match("".join(row).strip()):
        return False
    if meaning(full[0]) == NUMBER or any(cell.startswith("(") for cell in full):
        return all(cell.startswith("(") or cell[0].islower() or meaning(cell) for cell in full)
    return all(meaning(cell) for cell in full)


def _with_number_column(columns, body):
    """A column without a heading that holds item numbers is the numbers' column."""
    if NUMBER in columns.values():
        return columns
    width = max((len(row) for row in body), default=0)
    for n in range(width):
        if n not in columns or columns[n] == OTHER:
            cells = [tidy(row[n]) for row in body if n < len(row) and row[n].strip()]
            hits = sum(bool(ITEM_NUMBER.fullmatch(cell) or ONE_NUMBER.fullmatch(cell)) for cell in cells)
            if hits and hits * 2 >= len(cells):
                return columns | {n: NUMBER}
    return columns


def _read_preamble(parsed, lines):
    """Title, goal and school year from what stands above the table."""
    title, in_title = [], False
    for line in lines:
        goal = re.match(r"цел[ьи]\s*[-–—:]?\s*(.+)", line, re.I)
        if goal and not parsed.goal:
            parsed.goal, in_title = goal[1], False
        elif re.search(r"дорожн\w+ карт", line, re.I) and not title:
            title, in_title = [line], True
        elif in_title and line:
            title.append(line)
        else:
            in_title = False
            if line:
                parsed.remarks.append(_("Above the table, not used: «%(words)s».") % {"words": line})
    parsed.title = " ".join(title)
    found = SCHOOL_YEAR.search(parsed.title) or SCHOOL_YEAR.search(" ".join(lines))
    if found and (int(found[1]) + 1) % 100 == int(found[3]):
        parsed.school_year = int(found[1])


def joined(first, second):
    """Two pieces of one cell that a page break cut apart; a word that was divided is one word again."""
    if first.endswith("-") and second[:1].islower() and not first.endswith(" -"):
        return first + second
    return f"{first} {second}" if first and second else first or second


class _Body:
    """Reads the table's body row by row; keeps the item and section that a torn row belongs to."""

    def __init__(self, parsed, columns, table, start):
        self.parsed, self.columns, self.table, self.start = parsed, columns, table, start
        self.number_column = next((n for n, name in columns.items() if name == NUMBER), None)
        self.content_column = next(n for n, name in columns.items() if name == CONTENT)
        self.numbered = self._items_are_numbered()
        self.section = self.item = None
        self.after_blank = False

    def read(self):
        for n in range(self.start, len(self.table)):
            row = self.table[n]
            if not any(cell.strip() for cell in row):
                self.after_blank = True
            elif not self._repeats_header(row):
                self._read_row(n, row)
                self.after_blank = False
        self._close()

    def _items_are_numbered(self):
        rows = self.table[self.start :]
        places = [(row, self._number_place(row)) for row in rows]
        return any(place is not None and ITEM_NUMBER.match(tidy(row[place])) for row, place in places)

    def _repeats_header(self, row):
        return _is_header(row) and len(_columns(row)) >= 3 and not self._starts_item(row)

    def _starts_item(self, row):
        return self._number_place(row) is not None

    def _number_place(self, row):
        """The column in which this row has the number of an item, or None."""
        full = [n for n, cell in enumerate(row) if cell.strip()]
        for n in [self.number_column] if self.number_column in full else full[:1]:
            words = tidy(row[n])
            if n in (self.number_column, self.content_column, 0) and ITEM_NUMBER.match(words):
                return n
            if n == self.number_column and len(full) > 2 and ONE_NUMBER.fullmatch(words):
                return n
        return None

    def _read_row(self, n, row):
        heading = None if self._starts_item(row) else self._heading(n, row)
        if heading:
            self._open_section(*heading, broken=sum(bool(cell.strip()) for cell in row) > 1)
        elif self._starts_item(row) or self._begins_unnumbered(row):
            self._open_item(n, row)
        elif self.item and not self._stands_in_number_column(row):
            self._continue_item(n, row)
        else:
            self._leave_aside(row)

    def _heading(self, n, row):
        """(number, title) when the row is a section's title, which a table may have broken across its cells."""
        words = tidy("".join(row))
        full = [cell for cell in row if cell.strip()]
        found = SECTION.match(words)
        lone_number = full and ONE_NUMBER.fullmatch(tidy(full[0])) and len(full) == 2
        if found and (len(full) == 1 or lone_number or self._is_torn_title(full)) and len(words) <= 300:
            return found[1] or found[2], found[3].strip()
        if len(full) == 1 and self._stands_alone(n, row, words):
            return "", words
        return None

    def _is_torn_title(self, full):
        """Each piece but the first goes on in the middle of a word or sentence: a small letter or a space first."""
        return all(piece[:1].islower() or piece[:1].isspace() for piece in full[1:])

    def _stands_alone(self, n, row, words):
        following = next((r for r in self.table[n + 1 :] if any(cell.strip() for cell in r)), None)
        if following is None or not words[:1].isupper() or len(words) > 200:
            return False
        begins = self._starts_item(following) or (not self.numbered and self._begins_unnumbered(following))
        return bool(begins)

    def _stands_in_number_column(self, row):
        """A lone text where numbers stand continues nothing: a signature, a note."""
        full = [n for n, cell in enumerate(row) if cell.strip()]
        return full == [self.number_column]

    def _begins_unnumbered(self, row):
        if self.numbered:
            return False
        cells = {self.columns.get(n) for n, cell in enumerate(row) if cell.strip()}
        content = row[self.content_column].strip() if self.content_column < len(row) else ""
        return CONTENT in cells and len(cells) > 1 and not content[:1].islower()

    def _open_section(self, number, title, broken=False):
        self.section, self.item = ParsedSection(number or "", title), None
        self.parsed.sections.append(self.section)
        if broken:
            self.section.remarks.append(_("The title was put together from pieces in several cells."))

    def _open_item(self, n, row):
        if self.section is None:
            self._open_section("", _("Activities"))
        number, row, place = "", list(row), self._number_place(row)
        if place is not None:
            found = ITEM_NUMBER.match(tidy(row[place]))
            number, row[place] = found.groups() if found else (tidy(row[place]).rstrip(" .)"), "")
        self.item = ParsedItem(number)
        self.section.items.append(self.item)
        self._add_cells(n, row)

    def _continue_item(self, n, row):
        self._add_cells(n, row)
        self.item.remarks.append(
            _("Put together from rows %(rows)s of the file: the table was cut there.")
            % {"rows": ", ".join(str(number) for number in self.item.rows[-2:])}
        )

    def _add_cells(self, n, row):
        self.item.rows.append(n + 1)
        self.item.source.append(" | ".join(tidy(cell) for cell in self.table[n] if cell.strip()))
        for k, cell in enumerate(row):
            if words := tidy(cell):
                self._add_words(k, words)

    def _add_words(self, column, words):
        name = self.columns.get(column, OTHER)
        if name == STAGE:
            self._open_stage(words)
        elif name == NUMBER:
            self.item.content = joined(self.item.content, words)
        elif name in FIELDS:
            setattr(self.item, name, joined(getattr(self.item, name), words))
        else:
            self.item.remarks.append(_("From a column that the roadmap does not have: «%(words)s».") % {"words": words})

    def _open_stage(self, title):
        """A stage cell that spans rows: its first row opens a section, and the item just begun belongs to it."""
        if title == self.section.title:
            return
        item = self.section.items.pop()
        if not self.section.items and self.section in self.parsed.sections:
            self.parsed.sections.remove(self.section)
        self._open_section("", title)
        self.section.items.append(item)
        self.item = item

    def _leave_aside(self, row):
        words = tidy(" ".join(row))
        self.parsed.remarks.append(_("In the table, not understood: «%(words)s».") % {"words": words})

    def _close(self):
        """Titles at the end that no item follows are signatures and notes, not sections."""
        while self.parsed.sections and not self.parsed.sections[-1].items:
            section = self.parsed.sections.pop()
            words = f"{section.number} {section.title}".strip()
            self.parsed.remarks.append(_("Below the items, not used: «%(words)s».") % {"words": words})
        for n, section in enumerate(self.parsed.sections, 1):
            section.number = section.number or str(n)
