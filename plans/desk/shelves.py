"""What a person finds again from the desk, though nothing of it waits: an app adds a shelf in its
``ready()`` with ``register_shelf``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kommuneplan.core.models import User


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """One thing on a shelf: where it leads, what it is about, and how far it is."""

    title: str
    link: str
    said: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some things of one kind, the newest first; ``more`` leads to them all."""

    key: str
    title: str
    lines: list[ShelfLine]
    more: str
    more_words: str


Finds = Callable[[User, dt.datetime], Shelf | None]
_finds: list[Finds] = []


def register_shelf(finds: Finds) -> None:
    """Add a shelf; None for whom there is nothing on it."""
    _finds.append(finds)


def shelves(user: User, *, at: dt.datetime) -> list[Shelf]:
    """The shelves of a person's desk."""
    return [shelf for finds in _finds if (shelf := finds(user, at)) is not None]
