"""Danish order and forgiving search, the same on every database.

Both are stored beside the text they come from: databases disagree about æ, ø and å
(SQLite sorts them by code point and does not fold their case).
"""

from __future__ import annotations

import unicodedata

_ORDER = " 0123456789abcdefghijklmnopqrstuvwxyzæøå"
_RANK = {letter: rank for rank, letter in enumerate(_ORDER, start=1)}
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u"})
_DANISH = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y"})


def _without_accents(text: str) -> str:
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        base = letter if letter in "æøå" else unicodedata.normalize("NFKD", letter)
        kept.append("".join(mark for mark in base if not unicodedata.combining(mark)))
    return "".join(kept).casefold()


def sort_key(text: str, length: int = 60) -> str:
    """A key whose plain byte order is Danish dictionary order: a–z, æ, ø, å, with aa as å.

    Two hexadecimal digits a letter, so that every collation orders it alike.
    """
    letters = _without_accents(text.casefold().translate(_DANISH)).replace("aa", "å")
    words = " ".join("".join(c if c in _RANK else " " for c in letters).split())
    return "".join(f"{_RANK[c]:02x}" for c in words[:length])


def fold(text: str) -> str:
    """The text as search compares it: no case, no accents, æ as ae, ø as oe, å as aa."""
    folded = _without_accents(text.casefold().translate(_FOLDED)).translate(_FOLDED)
    return " ".join(folded.split())
