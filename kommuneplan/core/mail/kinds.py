"""Which kinds of mail there are, and what each app knows of its own.

A kind is the first half of a reference (``core.invitation:<uid>``); apps register theirs in
``ready()``. An app that can say who may see its mails lets secretaries into the page of mails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MailKind:
    """A kind of mail: its name for people, whose it is, and what a corrected address changes.

    ``seen_by(user)`` gives the references a person who is no administrator may look after;
    ``corrected(uid=…, address=…, by=…)`` writes the new address where the old one stands.
    """

    label: Any  # a lazy translation
    seen_by: Callable[[Any], Iterable[str]] | None = None
    corrected: Callable[..., None] | None = None


kinds: dict[str, MailKind] = {}


def register(
    name: str,
    label: Any,
    *,
    seen_by: Callable[[Any], Iterable[str]] | None = None,
    corrected: Callable[..., None] | None = None,
) -> None:
    """Make a kind of mail known; a kind is registered once."""
    if name in kinds:
        raise ValueError(f"{name} is a kind of mail already")
    kinds[name] = MailKind(label, seen_by, corrected)


def kind_of(reference: str) -> MailKind:
    """The kind of a reference. Raises KeyError for one that nobody registered."""
    return kinds[reference.partition(":")[0]]


def references_seen_by(user: Any) -> list[str]:
    """What somebody who is no administrator may look after, of all kinds."""
    return [
        reference
        for kind in kinds.values()
        if kind.seen_by is not None
        for reference in kind.seen_by(user)
    ]
