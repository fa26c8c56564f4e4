"""Two sequences laid side by side, in bounded time.

``difflib`` finds the longest common stretch, then looks left and right of it, each time over every
pair of equal items: a text of a thousand equal words takes twenty seconds. Here the work is counted
before it is done; what would go beyond it is told as another text altogether, which is true.
"""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item", bound=Hashable)
MOST_PAIRS = 4_000_000  # pairs of equal items looked at, all rounds together: some half a second


class Likeness(difflib.SequenceMatcher[_Item]):
    """What is common to two sequences, in order; spaces alone are nothing in common, but go with
    what stands beside them."""

    def __init__(self, old: Sequence[_Item], new: Sequence[_Item]) -> None:
        self._left = MOST_PAIRS
        super().__init__(_is_space, old, new, autojunk=False)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """The longest common stretch of a part of both; none when the work is used up."""
        end_of_old = len(self.a) if ahi is None else ahi
        end_of_new = len(self.b) if bhi is None else bhi
        begin_old, begin_new, same = alo, blo, 0
        while (
            begin_old + same < end_of_old
            and begin_new + same < end_of_new
            and self.a[begin_old + same] == self.b[begin_new + same]
        ):
            same += 1
        if same and (alo, blo) == (0, 0):  # most texts begin as they began
            return difflib.Match(0, 0, same)
        work = end_of_old - alo
        for item in self.a[alo:end_of_old]:
            work += len(self.b2j.get(item, ()))
            if work > self._left:
                return difflib.Match(alo, blo, 0)
        self._left -= work
        return super().find_longest_match(alo, ahi, blo, bhi)


def _is_space(item: object) -> bool:
    return isinstance(item, str) and item.isspace()
