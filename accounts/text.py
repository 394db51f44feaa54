"""How names are compared: «елкин» must find «Ёлкин» on SQLite and PostgreSQL alike."""

import re
import unicodedata


def folded(text: str) -> str:
    """Casefolded, ё→е, one space between words: the form in which people are searched and sorted."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()
