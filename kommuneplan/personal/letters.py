"""A text as the search reads it: one sort of digit, dash and space, and nothing invisible.

Whoever copies from Word, a PDF or a telephone brings non-breaking spaces, soft hyphens, full-width
digits and six kinds of dash; a number is the same number all the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = re.compile(r"[\n -~À-ÿ]*")
_DASHES = {"\u2212", "\u02d7", "\u2043", "\uff0d", "\u30fc", "\u1806"}
_LINE_ENDS = {"\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"}
_FULL_WIDTH = range(0xFF01, 0xFF5F)
# Letters of other alphabets that look like digits' neighbours are left alone: a person looks.


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text`` as it is searched, and for each letter of it the place in the text as given."""

    text: str
    places: tuple[int, ...] | None = None  # None: letter for letter the text as given

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places in the text as given of a piece of the text that is searched."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """One letter as it is searched; nothing for what nobody sees."""
    if letter in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(letter)
    if category in ("Cf", "Mn", "Me") or letter == "\x00":
        return ""
    if category == "Zs" or letter == "\t" or category == "Cc":
        return " " if letter != "\n" else letter
    if category == "Pd" or letter in _DASHES:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if ord(letter) in _FULL_WIDTH:
        return chr(ord(letter) - 0xFEE0)
    return letter


def read(text: str) -> FoldedText:
    """The text as it is searched."""
    if _PLAIN.fullmatch(text):
        return FoldedText(text)
    out: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        seen = _letter(letter)
        if seen:
            out.append(seen)
            places.append(place)
    return FoldedText("".join(out), tuple(places))
