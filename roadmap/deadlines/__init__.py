"""Deadlines as roadmaps write them: Russian prose into a typed reading, and a reading back into words.

`read(words, year_starts_on)` never fails: what is not understood is «unclear», without a date. The way of a cell:
text → tokens (`tokens`, with the words of `lexicon`) → parts (rules of `moments` and `phrases`, in a row by `sentence`)
→ years (`years`) → one Reading (`meaning`). `words.write` goes back. Nothing here knows Django.
"""

from roadmap.deadlines.meaning import reading_of
from roadmap.deadlines.reading import KINDS, UNCLEAR, Reading, Unclear
from roadmap.deadlines.sentence import parts_of
from roadmap.deadlines.tokens import tokens_of
from roadmap.deadlines.words import write

__all__ = ["KINDS", "Reading", "read", "write"]


def read(words, year_starts_on):
    """The Reading of a deadline cell; `year_starts_on` is the first day of the school year, or None if unknown."""
    try:
        return reading_of(parts_of(tokens_of(words or "")), year_starts_on)
    except Unclear as reason:
        return Reading(UNCLEAR, note=str(reason))
