"""From a cell's text to tokens: look-alike letters and dashes made one, words that were split or ran together mended."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from roadmap.deadlines.lexicon import LEADING, NUMBER, NUMBER_ENDINGS, ROMANS, SIGN, WORD, WORDS
from roadmap.deadlines.reading import EMPTY, NOT_UNDERSTOOD, TOO_LONG, Unclear

MOST_LETTERS = 500
CYRILLIC = str.maketrans("aceopxykmhtbё", "асеорхукмнтве")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－⸺⸻~"), "-")
# Left out: soft hyphens, joiners, marks of a footnote.
DASHES |= dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff*"), None)
LEXEMES = re.compile(r"[0-9]+|[^\W\d_]+|\S")
MOST_PIECES = 4  # a word that was split is in at most so many pieces


class Token(NamedTuple):
    """A number, word or sign. `gap`: is there a space before it; `value`: of a number or a word that is known."""

    cls: str
    value: object
    text: str
    gap: bool


def tokens_of(words):
    """The tokens of a cell. Raises Unclear when there is nothing to read or far too much."""
    if len(words) > MOST_LETTERS:
        raise Unclear(TOO_LONG)
    text = unicodedata.normalize("NFKC", words.translate(DASHES)).casefold().translate(DASHES)
    found = [
        token(match[0], match.start() > 0 and text[match.start() - 1].isspace()) for match in LEXEMES.finditer(text)
    ]
    while found and found[-1].text in ".,;:":
        found.pop()
    if not found:
        raise Unclear(EMPTY)
    return mended(numbers_joined(found))


def token(text, gap):
    if text[0] in "0123456789":
        return Token(NUMBER, whole(text), text, gap)
    if not text[0].isalpha():
        return Token(SIGN, None, text, gap)
    if (roman := text.replace("і", "i")) in ROMANS:
        return Token("roman", ROMANS[roman], text, gap)
    return word(text.translate(CYRILLIC), gap)


def whole(digits):
    if len(digits) > 4:
        raise Unclear(NOT_UNDERSTOOD)
    return int(digits)


def word(text, gap):
    cls, value = WORDS.get(text, (WORD, None))
    return Token(cls, value, text, gap)


def numbers_joined(tokens):
    """«2-я», «25-го», «3х» as one number each."""
    found = []
    for each in tokens:
        dash = bool(found) and found[-1].text == "-"
        before = found[-2] if dash and len(found) > 1 else found[-1] if found else None
        if each.text in NUMBER_ENDINGS and not each.gap and before and before.cls in (NUMBER, "roman"):
            if dash:
                found.pop()
        else:
            found.append(each)
    return found


# ---------------------------------------------------------------- words that were split or ran together


def mended(tokens):
    """Tokens in which unknown words are put together with their neighbours, or taken apart, wherever that gives known ones."""
    place = 0
    while place < len(tokens):
        if tokens[place].cls == WORD:
            place = mend(tokens, place)
        place += 1
    return tokens


def mend(tokens, place):
    """Mend the unknown word at this place, the least that helps; the place of the last token that was looked at."""
    for first, end in windows(tokens, place):
        pieces = tokens[first:end]
        text = "".join(piece.text for piece in pieces if piece.cls != SIGN)
        if known := taken_apart(text):
            gaps = [pieces[0].gap, *([False] * (len(known) - 1))]
            tokens[first:end] = [word(each, gap) for each, gap in zip(known, gaps, strict=True)]
            return first + len(known) - 1
    return place


def windows(tokens, place):
    """(first, end) of the stretches of words around a place, shortest first; a hyphen may stand at a broken line."""
    start = max(0, place - MOST_PIECES + 1)
    for size in range(1, MOST_PIECES + 2):
        for first in range(max(start, place - size + 1), place + 1):
            stretch = tokens[first : first + size]
            if len(stretch) == size and all(map(is_piece, stretch)) and stretch[0].cls != SIGN != stretch[-1].cls:
                yield first, first + size


def is_piece(token):
    return token.cls not in (NUMBER, SIGN) or token.text == "-"


@lru_cache(maxsize=4096)
def taken_apart(text):
    """The fewest known words that a run of letters is made of; empty when it is not made of known words."""
    if text in WORDS:
        return (text,) if len(text) > 2 else ()
    if not 5 < len(text) < 60:
        return ()
    best = {0: ()}
    for end in range(1, len(text) + 1):
        ways = [(*best[start], text[start:end]) for start in best if fits(text[start:end], start)]
        if ways:
            best[end] = min(ways, key=len)
    found = best.get(len(text), ())
    return found if any(len(piece) > 3 for piece in found) else ()


def fits(piece, start):
    return piece in WORDS and (len(piece) > 3 or piece in LEADING or (start > 0 and piece in ("г", "год")))
