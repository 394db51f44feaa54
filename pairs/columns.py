"""Which column of a school's list is which: by the words of its heading, in whatever order."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.text import folded

# Code -> what the heading says (a regular expression over the folded text). The first that fits wins.
KNOWN = (
    ("full_name", r"фио|ф\.? ?и\.? ?о\.?.*|фамилия,? имя.*|full name|педагог|учитель|сотрудник"),
    ("last_name", r"фамилия|last name|surname"),
    ("first_name", r"имя|first name"),
    ("patronymic", r"отчество|patronymic|middle name"),
    ("email", r".*(e-?mail|почт|емейл|имейл).*"),
    ("phone", r".*(тел\b|телефон|phone|мобильн).*"),
    ("side", r"роль.*|участие|сторона|role.*|кем участвует"),
    ("capacity", r".*(вместимость|сколько.*(взять|наставляемых)|число наставляемых|мест\b|места|capacity|places).*"),
    ("post", r"должность.*|post|position"),
    ("subject", r".*предмет.*|subject.*|дисциплина"),
    ("stage", r".*(уровень|ступень).*|teaching stage|stage"),
    ("category", r".*категория.*|category"),
    ("experience", r".*стаж.*|.*experience.*"),
    ("building", r".*(здание|корпус).*|building"),
    ("at_school_since", r".*(в (этой )?школе с|дата приема|принят|at this school since|дата приёма).*"),
    ("reasons", r".*причин.*|reasons?.*|основани.*"),
    ("requests", r".*(запрос|дефицит|затруднен).*|requests?"),
    ("offers", r".*(ресурс|чем может|готов помочь|сильные|offers?).*"),
)  # fmt: skip

# What mentoring does not need is not taken in, and said so (152-ФЗ, domain.md).
NOT_NEEDED = re.compile(
    r".*(снилс|паспорт|инн\b|диплом|дата рожд|день рожд|год рожд|возраст|адрес|прописк|пол\b|семейн|национальн|оклад|зарплат"
    r"|birth|passport|sex\b|address).*"
)
NUMBERING = re.compile(r"№.*|n|no|п/?п|№ ?п/?п|#")


@dataclass
class Columns:
    at: dict  # code -> index
    headings: dict  # code -> heading as written
    not_needed: list
    unknown: list


def recognise(cells):
    """Columns of a header row."""
    found = Columns({}, {}, [], [])
    for index, cell in enumerate(cells):
        heading = " ".join(str("" if cell is None else cell).split())
        word = folded(heading).strip(" .:*")
        if not word or NUMBERING.fullmatch(word):
            continue
        code = None if NOT_NEEDED.fullmatch(word) else code_of(word, found.at)
        if code:
            found.at[code], found.headings[code] = index, heading
        else:
            (found.not_needed if NOT_NEEDED.fullmatch(word) else found.unknown).append(heading[:80])
    return found


def code_of(word, taken):
    return next((code for code, words in KNOWN if code not in taken and re.fullmatch(words, word)), None)


def header_of(rows):
    """(index, Columns) of the header: the first of ten rows that names people. Raises ValueError with a sentence."""
    for index, cells in enumerate(rows[:10]):
        columns = recognise(cells)
        if "full_name" in columns.at or {"last_name", "first_name"} <= columns.at.keys():
            return index, columns
    raise ValueError(
        _(
            "No column with names was found. The first row must hold headings: “ФИО”, or “Фамилия”, “Имя” and “Отчество”."
        )
    )


def rows_of(rows):
    """({code: cell, "row": number in the file} for each filled row, Columns). Raises ValueError with a sentence."""
    start, columns = header_of(rows)
    found = []
    for number, cells in enumerate(rows[start + 1 :], start + 2):
        row = {code: cells[index] for code, index in columns.at.items() if index < len(cells)}
        if any(value is not None for value in row.values()):
            found.append(row | {"row": number})
    if not found:
        raise ValueError(_("Below the headings there is no filled row."))
    return found, columns
