"""A passage of one response found again in another that says the same. Pure: words in, letters of
the other out, so that a remark quotes what its own sender wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kommuneplan.likeness import Likeness

from .words import PlacedWord, placed

ENOUGH = 0.6  # of the words of a passage, else the sender has left it out
FEWEST = 2  # words in a row that are found again and not by chance
_END = re.compile(r"""[.,;:!?…)\]»"”’']*""")


def counterpart(said: str, texts: Mapping[str, str]) -> tuple[str, int, int] | None:
    """Where some words stand in another response, given by its places: the place that has most of
    them, with the first letter and the one after the last; None where they were left out. What was
    written in between belongs to it."""
    wanted = [word.key for word in placed(said)]
    best, where = 0, None
    for place, text in texts.items():
        words = placed(text)
        found = _blocks(wanted, words)
        size = sum(size for _at, size in found)
        if size > best:
            last = found[-1][0] + found[-1][1] - 1
            begins, ends = words[found[0][0]].begins, words[last].ends
            best, where = size, (place, begins, _with_signs(text, ends))
    return where if wanted and best >= ENOUGH * len(wanted) else None


def _blocks(wanted: Sequence[str], words: Sequence[PlacedWord]) -> list[tuple[int, int]]:
    """What of the wanted words stands in some words, in order: where, and how many in a row."""
    fewest = min(FEWEST, len(wanted))
    matcher = Likeness(wanted, [word.key for word in words])
    blocks = [one for one in matcher.get_matching_blocks() if one.size >= fewest]
    return [(one.b, one.size) for one in blocks]


def _with_signs(text: str, ends: int) -> int:
    found = _END.match(text, ends)
    return found.end() if found else ends
