"""Room for calls inside calls: a page is rendered a hundred calls deep, again and again.

Python (3.11 and later) keeps the frames of its calls in pieces of 16 kB and asks the system for the
next piece whenever one is full. Where the calls that a template makes for each value happen to
cross from one piece into the next, a piece is asked for and given back with every single one, and
the page takes three times as long. A call that says it needs much of a piece gets a large one, and
all that it calls finds room in the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

_WORDS = 33_000  # of 8 bytes: more than a quarter of a megabyte, so the piece is half of one


def with_room(make: Callable[[], Made]) -> Made:
    """What ``make`` makes, with room for the calls inside it."""
    return make()


with_room.__code__ = with_room.__code__.replace(co_stacksize=_WORDS)
