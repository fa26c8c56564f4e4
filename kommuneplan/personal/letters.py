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


MOST_MARKS = 30  # on one letter; more are read one by one


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text`` as it is searched, and for each letter of it where it begins and ends in the text as
    given."""

    text: str
    places: tuple[tuple[int, int], ...] | None = None  # None: letter for letter as given

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places in the text as given of a piece of the text that is searched."""
        if self.places is None:
            return start, end
        return self.places[start][0], self.places[end - 1][1]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """A letter with its marks as it is searched; nothing for what nobody sees."""
    if len(letter) > 1:
        seen = "".join(sign for sign in letter if unicodedata.category(sign) != "Cf")
        return "".join(map(_letter, unicodedata.normalize("NFC", seen)))
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
    if category[0] in "LN":  # "ﬁ" is two letters, "①" is a 1, a letter of formulas is a letter
        return unicodedata.normalize("NFKC", letter)
    return letter


def read(text: str) -> FoldedText:
    """The text as it is searched: composed or not, with whatever is invisible in between."""
    if _PLAIN.fullmatch(text):
        return FoldedText(text)
    out: list[str] = []
    places: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        end = _end_of_letter(text, place)
        seen = _letter(text[place:end])
        out.append(seen)
        places.extend([(place, end)] * len(seen))
        place = end
    return FoldedText("".join(out), tuple(places))


def whole_letters(text: str, begins: int, ends: int) -> tuple[int, int]:
    """A stretch with all of its last letter: marks and invisible signs are none of their own."""
    while ends < len(text) and unicodedata.category(text[ends]) in ("Mn", "Me", "Cf"):
        ends += 1
    return begins, ends


def _end_of_letter(text: str, place: int) -> int:
    """Where a letter ends, the marks that stand on it and what is invisible among them included."""
    end = place + 1
    most = min(len(text), place + MOST_MARKS)
    while end < most and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
        end += 1
    return end


def normal(words: str) -> str:
    """Words in the one form in which they are compared: the same to whoever reads them."""
    return " ".join(read(words).text.casefold().split())
