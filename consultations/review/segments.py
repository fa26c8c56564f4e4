"""Words as received, cut where something was found in them or is taken out. Pure; no letter is
added or lost, so that a place marked on the screen is a place in the words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from consultations.responses.passages import TakenOut


class Stretch(Protocol):
    """Letters ``begins`` up to ``ends`` in which something was found."""

    @property
    def begins(self) -> int: ...

    @property
    def ends(self) -> int: ...

    @property
    def is_open(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Segment:
    """Some letters. ``out``: they are not shown; ``found`` or ``open``: something was found in
    them, and is decided or not."""

    words: str
    out: bool = False
    found: bool = False
    open: bool = False

    @property
    def look(self) -> str:
        """What it looks like: "out", "open", "found" or nothing."""
        return "out" if self.out else "open" if self.open else "found" if self.found else ""


def segments(
    words: str, found: Sequence[Stretch], passages: Iterable[TakenOut]
) -> tuple[Segment, ...]:
    """The words in pieces, each of them wholly inside or outside all that is marked."""
    out = list(passages)
    cuts = {0, len(words)}
    for one in (*found, *out):
        cuts |= {min(one.begins, len(words)), min(one.ends, len(words))}
    edges = sorted(cuts)
    pairs = itertools.pairwise(edges)
    return tuple(_segment(words, begin, end, found, out) for begin, end in pairs)


def _segment(
    words: str, begin: int, end: int, found: Sequence[Stretch], out: list[TakenOut]
) -> Segment:
    here = [one for one in found if one.begins <= begin and end <= one.ends]
    return Segment(
        words=words[begin:end],
        out=any(one.begins <= begin and end <= one.ends for one in out),
        found=bool(here),
        open=any(one.is_open for one in here),
    )


def place_on_screen(words: str, begins: int, ends: int) -> tuple[int, int]:
    """Letters counted on a screen, which knows one sign for the end of a line, as letters of the
    words. Raises ValueError for letters the words do not reach."""
    where = [
        at
        for at, letter in enumerate(words)
        if not (letter == "\r" and words[at + 1 : at + 2] == "\n")
    ]
    if not 0 <= begins < ends <= len(where):
        raise ValueError("The words do not reach that far")
    return where[begins], where[ends - 1] + 1
