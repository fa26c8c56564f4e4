"""Danish order and forgiving search, the same on every database.

Both are stored beside the text they come from: databases disagree about æ, ø and å
(SQLite sorts them by code point and does not fold their case).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from kommuneplan.plain_text import composed

_ORDER = " 0123456789abcdefghijklmnopqrstuvwxyzæøå"
_RANK = {letter: rank for rank, letter in enumerate(_ORDER, start=1)}
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u"})
_DANISH = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y"})


class _Bare(dict[int, str]):
    """Letters without their accents, by code point; each is reckoned when it is first met."""

    MOST = 5_000  # are kept: more than people write with, and a stranger cannot fill the memory

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = letter if letter in "æøå" else unicodedata.normalize("NFKD", letter)
        bare = "".join(mark for mark in base if not unicodedata.combining(mark))
        if len(self) < self.MOST:
            self[code] = bare
        return bare


_BARE = _Bare()


def _without_accents(text: str) -> str:
    return composed(text).translate(_BARE).casefold()


_NUMBER = re.compile(r"[0-9]+")


def _longest_last(number: re.Match[str]) -> str:
    """The digits after their own number, so that the shorter stands first: 2 → 12, 10 → 210."""
    digits = number[0].lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"


def sort_key(text: str, length: int = 60) -> str:
    """A key whose plain byte order is Danish dictionary order: a–z, æ, ø, å, with aa as å, and
    numbers by what they count ("Lokaludvalg 2" before "Lokaludvalg 10").

    Two hexadecimal digits a letter, so that every collation orders it alike.
    """
    text = _NUMBER.sub(_longest_last, text)
    letters = _without_accents(text.casefold().translate(_DANISH)).replace("aa", "å")
    words = " ".join("".join(c if c in _RANK else " " for c in letters).split())
    return "".join(f"{_RANK[c]:02x}" for c in words[:length])


def sort_anew(rows: Any) -> None:
    """The stored keys of all rows of a model (its manager) by the rule of the day: whoever changes
    the rule calls it in a migration of each app."""
    names = {field.name for field in rows.model._meta.get_fields()}
    words = "title" if "title" in names else "name"
    for key, text, kept in rows.values_list("pk", words, "sort_key").iterator(2000):
        if (wanted := sort_key(text)) != kept:
            rows.filter(pk=key).update(sort_key=wanted)


def fold(text: str) -> str:
    """The text as search compares it: no case, no accents, æ as ae, ø as oe, å as aa."""
    folded = _without_accents(text.casefold().translate(_FOLDED)).translate(_FOLDED)
    return " ".join(folded.split())


_LABEL = r"(?:\b(?:sags?|dok(?:ument)?|j(?:ournal)?)\.?\s?(?:nr|nummer|no)?\.?\s*+:?\s*+)?"
_RECORD_NUMBER = re.compile(
    _LABEL + r"(?<![\d-])((?:19|20)\d\d)\s?([-–/ ])\s?0*([1-9]\d{1,8})"
    r"(?:\s?[-–/]\s?0*(\d{1,4}))?(?![\d-])"
)


def record_numbers(folded: str) -> list[str]:
    """The case and document numbers in a folded text in their one spelling: 2015-159321-1."""
    return [_one_spelling(found) for found in _RECORD_NUMBER.finditer(folded) if _is_one(found)]


def search_words(asked: str) -> list[str]:
    """The words of a search, folded. A case number is one word, in whichever spelling it was
    typed ("Sagsnr. 2008/12345", "2008 12345", "2008-0012345")."""
    folded = _RECORD_NUMBER.sub(
        lambda found: f" {_one_spelling(found)} " if _is_one(found) else found[0], fold(asked)
    )
    return folded.split()


def _is_one(found: re.Match[str]) -> bool:
    """Two years beside each other, or a year and a small number, are no case number."""
    parted = found[2] in "-–/"
    return len(found[3]) > 4 or (parted and len(found[3]) > 2 and found[3][:2] not in {"19", "20"})


def _one_spelling(found: re.Match[str]) -> str:
    return "-".join(filter(None, (found[1], found[3], found[4])))
