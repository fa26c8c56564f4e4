"""What of a plan is marked public, many at once: milestones, sections, focus areas. Each kind is
registered with the verb that marks one of it; wings above register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kommuneplan.core.models import User
from plans.models import Plan


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A row with its box: ``number`` and ``depth`` in an outline, ``words`` beside its title."""

    row: Any
    words: str = ""
    number: str = ""
    depth: int = 0


Mark = Callable[[Any, bool, User | None], object]


@dataclass(frozen=True, slots=True)
class MarkKind:
    """A kind of rows with ``uid``, ``title`` and ``is_public``.

    ``lines(plan)``: what is shown, in order; ``rows(plan)``: what can be marked;
    ``mark(row, public, by)``: marks one. ``key``: its name in the address, ``note``: what to know.
    """

    key: str
    heading: Any
    all_of_them: Any
    lines: Callable[[Plan], list[MarkLine]]
    rows: Callable[[Plan], Iterable[Any]]
    mark: Mark
    order: int
    note: Any = ""


_kinds: dict[str, MarkKind] = {}


def register_mark_kind(kind: MarkKind) -> None:
    """Make a kind known; called in ``ready()``."""
    _kinds[kind.key] = kind


def mark_kinds() -> list[MarkKind]:
    """All kinds, in the order of the page."""
    return sorted(_kinds.values(), key=lambda one: one.order)
