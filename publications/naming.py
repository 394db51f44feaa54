"""Who seems to be named in a text: the curator is asked about them, nothing is decided by it."""

import re

from accounts.text import folded

NAMES = re.compile(r"[А-ЯЁA-Z][\w-]+")


def seem_named(text, people):
    """The people whose last name stands in the text in some case: a capital letter, the same beginning."""
    words = {folded(word) for word in NAMES.findall(text)}
    return [person for person in people if any(fits(word, folded(person.last_name)) for word in words)]


def fits(word, name):
    stem = name[: len(name) - (2 if len(name) > 5 else 1 if len(name) > 3 else 0)]
    return word.startswith(stem) and len(word) <= len(name) + 2
