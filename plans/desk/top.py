"""What stands above a person's desk until it is done: an app adds with ``register_top``.

There is one place for it, over the columns: how a municipality is set up, and nothing that comes
back every day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kommuneplan.core.models import User

Facts = Callable[[User, dt.datetime], Any | None]
_tops: list[tuple[str, Facts]] = []


@dataclass(frozen=True, slots=True)
class Top:
    """A piece of the page: its template, which is given ``top``, this value."""

    template: str
    facts: Any


def register_top(template: str, facts: Facts) -> None:
    """Add a piece; ``facts`` gives None for whom there is nothing to show, in few questions."""
    if (template, facts) not in _tops:
        _tops.append((template, facts))


def tops(user: User, *, at: dt.datetime) -> list[Top]:
    """The pieces above a person's desk."""
    return [Top(name, found) for name, of in _tops if (found := of(user, at)) is not None]
