"""Words and numbers as people type them."""

import re
import unicodedata


def folded(text: str) -> str:
    """Casefolded, ё→е, one space between words: the form in which people are searched and sorted.

    So «елкин» finds «Ёлкин» on SQLite and PostgreSQL alike.
    """
    text = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()


def number_in(text: str) -> int:
    """The whole number that an address or a hidden field holds; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 18 else 0
