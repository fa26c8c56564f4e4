"""What can stand in a year wheel: kinds registered by the wings and by the apps above.

A kind is asked once for a year, by whoever looks: everybody, who is told published facts alone, or
a person signed in, who is told what they work with too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kommuneplan.clock import local_day
from kommuneplan.core.models import User
from kommuneplan.timespan.span import TimeSpan


@dataclass(frozen=True, slots=True)
class WheelEntry:
    """One thing of a year. ``body``: the name of the body in whose ring it stands; ``lasts``: it
    goes on throughout its span; ``note``: what else is told of it, in a few words."""

    kind: str
    title: str
    address: str
    when: TimeSpan
    body: str
    plan: str = ""
    note: str = ""
    lasts: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class WheelAsked:
    """A year, the instant, and who looks: None is everybody."""

    year: int
    at: dt.datetime
    user: User | None = None

    @property
    def first(self) -> dt.date:
        """The first day of the year."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """The last day of the year."""
        return dt.date(self.year, 12, 31)

    @property
    def day(self) -> dt.date:
        """The day on which somebody looks."""
        return local_day(self.at)

    def touches(self, span: TimeSpan | None) -> bool:
        """Does a date belong into the year? With an open side, where its known side is."""
        if span is None:
            return False
        begin = span.earliest_begin or span.latest_begin or span.latest_end
        end = span.latest_end or span.earliest_end or begin
        return bool(begin and end and begin <= self.last and end >= self.first)


Find = Callable[[WheelAsked], Iterable[WheelEntry]]


@dataclass(frozen=True, slots=True)
class WheelKind:
    """A kind of entries: what all of them are called, and one; and how those of a year are found,
    in a fixed number of queries."""

    key: str
    label: Any  # lazily translated
    one: Any
    find: Find


_kinds: dict[str, WheelKind] = {}


def register_wheel_entries(kind: WheelKind) -> None:
    """Make a kind known; called in ``ready()``. The same key again replaces it."""
    _kinds[kind.key] = kind


def wheel_kinds() -> list[WheelKind]:
    """All that are registered, in the order in which they were."""
    return list(_kinds.values())


def kind_word(key: str) -> str:
    """What one entry of a kind is called."""
    return str(_kinds[key].one) if key in _kinds else ""


def entries_of(asked: WheelAsked) -> list[WheelEntry]:
    """Everything of a year, in the order of its dates."""
    found = [entry for kind in wheel_kinds() for entry in kind.find(asked)]
    return sorted(found, key=lambda one: (one.when.sort_key, one.body, one.title))
