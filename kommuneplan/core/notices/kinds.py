"""Which kinds of notice there are, and what each says to whom.

Apps register theirs in ``ready()``. A kind is asked twice: ``tell`` at the moment of telling, for
one person and some notices, and gives a line for each that still holds: one that the person may no
longer read, or that is done, has none. ``find`` (optional) gives, on an office day, what no act
notes because only time passes: for whom (a primary key), what, and the occasion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kommuneplan.core.models import Notice, User


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What is told of one thing: a sentence of ours, the title of its plan (empty where the
    reader may not know it), and the path of the page. Never a word of a draft or a response."""

    words: str
    address: str
    plan: str = ""


Tell = Callable[[User, Sequence[Notice]], Mapping[int, NoticeLine]]
Find = Callable[[dt.date], Iterable[tuple[int, UUID, str]]]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind: when it comes, and when at once, as its person reads it; and what it says."""

    name: str
    label: Any  # a lazy translation that goes on after "a mail when"
    tell: Tell
    find: Find | None = None


kinds: dict[str, NoticeKind] = {}


def register_notice(kind: NoticeKind) -> None:
    """Make a kind of notice known; a kind is registered once."""
    if kind.name in kinds:
        raise ValueError(f"{kind.name} is a kind of notice already")
    kinds[kind.name] = kind


def lines_for(user: User, notices: Iterable[Notice]) -> dict[int, NoticeLine]:
    """What may be told of some notices now, by their keys, in their order; a few queries for each
    kind among them, however many there are. Whoever may not sign in is told nothing."""
    rows = list(notices) if user.is_active else []
    found: dict[int, NoticeLine] = {}
    for name in {row.kind for row in rows} & kinds.keys():
        found |= kinds[name].tell(user, [row for row in rows if row.kind == name])
    return {row.pk: found[row.pk] for row in rows if row.pk in found}
