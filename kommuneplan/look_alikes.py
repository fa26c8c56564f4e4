"""Names that a reader would take for another: letters of other alphabets, digits for letters,
spaces between letters.

The letters that look alike are those of Unicode Technical Standard 39 (Unicode Security
Mechanisms), as the package ``confusable_homoglyphs`` carries them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Letters of Danish and its neighbours that no standard takes apart, and signs drawn like one.
_DANISH = str.maketrans("æøðþßı∅⌀", "aodpsioo")
# Within the Latin letters, each under the one on the right; then what is written with two.
_WITHIN = str.maketrans("01i5|!", "ollsll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("aa", "a"), ("ae", "a"), ("oe", "o"))


def skeleton(name: str) -> str:
    """What is left of a name when everything that looks alike is the same: letters without
    accents, in one case, without spaces and signs, "rn" as "m", "aa" and "å" as "a".

    Two names with the same skeleton are easily taken for each other. It is never shown.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = (_latin(letter) for letter in plain.translate(_DANISH))
    kept = "".join(letters).translate(_WITHIN)
    kept = "".join(letter for letter in kept if "a" <= letter <= "z" or letter.isdigit())
    for written, meant in _PAIRS:
        kept = kept.replace(written, meant)
    return kept


# Greek, Cyrillic, Armenian, Georgian and Cherokee.
_OTHERS = re.compile("[\u0370-\u058f\u10a0-\u10ff\u13a0-\u13ff]")


def as_latin(text: str) -> str:
    """A text with letters of other alphabets as the small Latin ones they look like; for comparing,
    never shown."""
    if not _OTHERS.search(text):
        return text
    return _OTHERS.sub(lambda found: _like_latin().get(found[0], found[0]), text)


def _latin(letter: str) -> str:
    if letter.isascii():
        return letter
    if unicodedata.combining(letter):
        return ""
    return _like_latin().get(letter, letter)


@cache
def _like_latin() -> dict[str, str]:
    """By letter of another alphabet, the small Latin letters it looks like."""
    from confusable_homoglyphs.confusables import confusables_data  # half a megabyte: when needed

    found = {}
    for letter, alike in confusables_data.items():
        latin = [base for one in alike if (base := _base(one["c"])).isascii() and base.isalnum()]
        if latin and not letter.isascii():
            found[letter] = latin[0]
    return found


def _base(letters: str) -> str:
    """Without the marks that stand on a letter."""
    apart = unicodedata.normalize("NFKD", letters.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
