"""One form of a text: how it is kept when it comes in, and how two texts are laid side by side.

The same words reach the house in many shapes: a browser sends a line's end as two signs, a Mac
writes "å" as two letters, Word brings soft hyphens and hard spaces along. A text is brought into
one shape where it enters (``entered``), and what no reader can see never makes two texts differ
(``as_read``). Unicode Standard Annex 15 (NFC) names the shape of the letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MOST_MARKS = 30  # on one letter (UAX 15, "stream-safe"); no language comes near it
_MANY_MARKS = re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1}}}")
_LINE_ENDS = re.compile("\r\n?")
# Control and formatting characters (zero width, direction of writing), halves of a pair.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Letters and signs by their category, and still nothing to see: fillers of Hangul, empty Braille.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, zero widths, joiners and the marks of direction: nothing of it leaves ink.
_INKLESS = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def entered(text: str) -> str:
    """The text as it is kept: lines end with one sign, letters are composed. Twice is as once."""
    return text if text.isascii() and "\r" not in text else _entered(text)


def _entered(text: str) -> str:
    return composed(_LINE_ENDS.sub("\n", text))


def composed(text: str) -> str:
    """The letters composed (NFC), in time that grows with the text: putting the marks of one letter
    in order takes the square of their number, so a letter with more than any has stays as it is."""
    if not _MANY_MARKS.search(text):
        return unicodedata.normalize("NFC", text)
    pieces, plain, letter = [], 0, 0  # where what is composed together began, and the last letter
    for place, sign in enumerate(text + " "):
        if unicodedata.combining(sign):
            continue
        if place - letter > MOST_MARKS + 1:
            pieces += [unicodedata.normalize("NFC", text[plain:letter]), text[letter:place]]
            plain = place
        letter = place
    return "".join([*pieces, unicodedata.normalize("NFC", text[plain:])])


def as_read(text: str) -> str:
    """The text as a reader meets it: ``entered``, every space a space, nothing without ink."""
    if text.isascii() and "\r" not in text:
        return text
    # Composed last: a sign without ink may have stood between a letter and its accent.
    return _entered(_SPACES.sub(" ", _INKLESS.sub("", text)))


def reads_as(one: Any, other: Any) -> bool:
    """Whether two values say the same to a reader: texts as they are read, all else by itself."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or as_read(one) == as_read(other)
    return bool(one == other)


def can_be_seen(words: str) -> bool:
    """Whether anything in it leaves a mark on paper: not only spaces, invisible characters, and
    accents with no letter to stand on. What this Python's Unicode does not know yet is seen."""
    for letter in words:
        kind = unicodedata.category(letter)
        if kind not in _UNSEEN and kind[0] not in "ZM" and letter not in _BLANK:
            return True
    return False
