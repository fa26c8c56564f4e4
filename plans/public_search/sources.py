"""Who has words on public pages. An app registers each sort of thing that is shown to everybody, in
``ready()``: how its words are made, and what of it may be read at an instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .entries import Thing


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to besides its words: the kinds of answers that are wanted (all
    where there are none), and the plans (keys, or a query of them; None: all)."""

    kinds: frozenset[str] = frozenset()
    plans: Any = None

    def wants(self, *kinds: str) -> bool:
        """Is one of these kinds wanted?"""
        return not self.kinds or not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a thing stands for a reader: ``rank`` 0 is open for answers, 1 holds, 2 is over or of
    earlier; ``weight`` how much its words count among others'."""

    kind: str
    rank: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Card:
    """A thing as a line of the answer: its kind in a word, what it is called, where it is read, and
    what is said of it in short, in words or as ``about``: what lists show it by."""

    kind: str
    title: str
    address: str
    facts: tuple[str, ...] = ()
    about: Any = None


@dataclass(frozen=True)
class SearchedSource:
    """One sort of public thing.

    ``kinds``: the kinds of answers it gives, with their words. ``keys()``: the keys of all things
    that ought to be in the index. ``things(keys)``: those of them that ought to, with their words.
    ``visible(at, narrowed)``: a query of the keys that everybody may read at an instant.
    ``stands(keys, at)``: where each stands. ``cards(keys, at)``: each as a line of the answer.
    ``urgent(at)``: the keys that are open for answers, few. ``together``: the
    others of one line are shown below the best of them. ``tables``: what it asks.
    """

    key: str
    kinds: Mapping[str, Any]
    keys: Callable[[], Iterable[int]]
    things: Callable[[Collection[int]], Iterable[Thing]]
    visible: Callable[[dt.datetime, Narrowed], Any]
    stands: Callable[[Collection[int], dt.datetime], dict[int, Stands]]
    cards: Callable[[Collection[int], dt.datetime], dict[int, Card]]
    urgent: Callable[[dt.datetime], Any] | None = None
    order: int = 50
    together: bool = False
    tables: tuple[Any, ...] = field(default=())


_sources: dict[str, SearchedSource] = {}


def register_source(source: SearchedSource) -> None:
    """Add a sort of thing; twice is as once."""
    _sources[source.key] = source


def sources() -> list[SearchedSource]:
    """All sorts, in the order in which they stand where nothing else decides."""
    return sorted(_sources.values(), key=lambda one: one.order)


def source(key: str) -> SearchedSource:
    """The sort with that key."""
    return _sources[key]


def kinds() -> dict[str, Any]:
    """The kinds of answers, by what stands in the address."""
    return {key: words for one in sources() for key, words in one.kinds.items()}
