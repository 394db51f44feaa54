"""What stands in a cell of the school's list, read as a person would; what cannot be read is a ValueError with a sentence."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.text import folded
from pairs.naming import gender_of

MONTHS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
MOST_MONTHS = 70 * 12
EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
PARTICLES = {"оглы", "кызы", "улы", "гызы"}
NUMBER = r"(\d+(?:[.,]\d+)?)"


def words_of(value):
    return re.sub(r"\s+", " ", str("" if value is None else value).replace("\xa0", " ")).strip()


def full_name(value):
    """(last, first, patronymic). A name must have at least two words and hold no digits or initials."""
    text = re.sub(r"\s*[-–—]\s*", "-", words_of(value))
    parts = text.split(" ")
    if len(text) > 250 or any(letter.isdigit() for letter in text):
        raise ValueError(_("“%(text)s” is not a name.") % {"text": text[:60]})
    if any("." in part for part in parts):
        raise ValueError(_("“%(text)s”: write the name in full, not initials.") % {"text": text[:60]})
    if len(parts) < 2 or not all(re.search(r"[^\W\d_]", part) for part in parts):
        raise ValueError(_("“%(text)s”: last name and first name are needed.") % {"text": text[:60]})
    if any(len(part) > 100 for part in parts[:2]) or len(" ".join(parts[2:])) > 100:
        raise ValueError(_("“%(text)s” is not a name.") % {"text": text[:60]})
    return capital(parts[0]), capital(parts[1]), " ".join(capital(part) for part in parts[2:])


def capital(word):
    """«ПЕТРОВА» → «Петрова»; what already has a small letter is left as its owner writes it."""
    if word.casefold() in PARTICLES:
        return word.casefold()
    return "-".join(part.capitalize() if part.isupper() or part.islower() else part for part in word.split("-"))


def gender(patronymic):
    return gender_of(patronymic)


def experience(value, today):
    """Months of teaching: «2», «2,5», «2 года 3 мес.», «3 мес», «менее года», «с 2019 года»."""
    months = months_in(folded(words_of(value)), today)
    if months is None:
        raise ValueError(
            _("“%(text)s”: write the experience as years, or as “2 года 3 мес.”") % {"text": str(value)[:60]}
        )
    if not 0 <= months <= MOST_MONTHS:
        raise ValueError(_("An experience of %(years)d years cannot be right.") % {"years": months // 12})
    return months


def months_in(text, today):
    if re.fullmatch(NUMBER, text):
        return round(float(text.replace(",", ".")) * 12)
    if re.fullmatch(r"(менее|меньше|до|<) ?(1 )?год[а]?|без стажа|нет|нет стажа", text):
        return 0
    if found := re.fullmatch(r"с ((?:19|20)\d\d)(?: ?(?:г|года|год)\.?)?", text):
        return (today.year - int(found[1])) * 12 + today.month - 9
    found = re.fullmatch(
        rf"(?:{NUMBER} ?(?:г|год|года|лет|л|y|years?)\.?)?,? ?(?:(?:и )?(\d+) ?(?:м|мес|месяц|месяца|месяцев|mo|months?)\.?)?",
        text,
    )
    if not text or not found or not any(found.groups()):
        return None
    return round(float((found[1] or "0").replace(",", ".")) * 12) + int(found[2] or 0)


def any_date(value):
    """A date, a moment, Excel's number of a day, or any usual way to write one."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 18264 <= value < 73051:  # 1950 … 2100
        return EXCEL_DAY_ZERO + datetime.timedelta(days=int(value))
    text = re.sub(r"\s*(г|года|год)\.?$", "", folded(words_of(value)))
    day = day_in(text)
    if day is None or not 1950 <= day.year < 2100:
        raise ValueError(_("“%(text)s” is not a date: write it as 01.09.2024.") % {"text": str(value)[:60]})
    return day


def day_in(text):
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return day_or_none(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)", text):
        day, month, year = map(int, found.groups())
        return day_or_none(year + (0 if year > 99 else 2000 if year < 50 else 1900), month, day)
    if found := re.fullmatch(r"(\d{1,2}) ([а-я]+) (\d{4})", text):
        month = next((n for n, name in enumerate(MONTHS, 1) if re.fullmatch(name + "[аяь]?", found[2])), 0)
        return day_or_none(int(found[3]), month or (5 if found[2] in ("мая", "май") else 0), int(found[1]))
    return None


def day_or_none(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def email(value):
    text = words_of(value).lower()
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("“%(text)s” is not an e-mail address.") % {"text": text[:60]}) from None
    if len(text) > 150:
        raise ValueError(_("“%(text)s” is not an e-mail address.") % {"text": text[:60]})
    return text


def phone(value):
    text = words_of(int(value) if isinstance(value, float) and value.is_integer() else value)
    if not re.fullmatch(r"[\d\s()+\-–,;доб.]{5,40}", text):
        raise ValueError(_("“%(text)s” is not a phone number.") % {"text": text[:60]})
    return text


def places(value):
    """How many mentees a mentor takes: a whole number from 0 to 20."""
    text = words_of(value).removesuffix(".0")
    if not text.isdecimal() or len(text) > 4 or int(text) > 20:
        raise ValueError(_("“%(text)s”: write a whole number from 0 to 20.") % {"text": text[:60]})
    return int(text)


def short_text(limit):
    """A reader of plain words that refuses what the field cannot hold, instead of cutting it."""

    def read(value):
        text = words_of(value)
        if len(text) > limit:
            raise ValueError(_("The text is longer than %(limit)d characters: shorten it.") % {"limit": limit})
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise ValueError(_("The text holds characters that cannot be kept."))
        return text

    return read


def one_of(choices, synonyms):
    """A reader of a fixed list: by its labels, or by words a school writes (beginning -> code)."""

    def read(value):
        text = folded(words_of(value))
        for code, label in choices:
            if text in (code, folded(str(label))):
                return code
        for beginning, code in synonyms.items():
            if text.startswith(beginning):
                return code
        labels = ", ".join(str(label).lower() for _code, label in choices)
        raise ValueError(_("“%(text)s” is not in the list: %(labels)s.") % {"text": str(value)[:60], "labels": labels})

    return read


def names_in(value):
    """«А; Б» or one to a line → [«А», «Б»]; a comma divides only where nothing else does."""
    text = str("" if value is None else value)
    parts = re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else text.split(",")
    return [name for part in parts if (name := words_of(part))]
