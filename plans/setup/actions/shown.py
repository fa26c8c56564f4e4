"""What was shown is what is saved: looked at again under a lock, and compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from kommuneplan.core.models import Municipality, User
from kommuneplan.locking import Outdated


class Shown(Protocol):
    """What a person looks at before it is saved; ``fingerprint`` is one value for it."""

    @property
    def fingerprint(self) -> str:
        """One value for what was shown."""


_Shown = TypeVar("_Shown", bound=Shown)


def as_shown(preview: Callable[[], _Shown], seen: str) -> _Shown:
    """What the preview shows now that nobody else saves one, for the rest of the transaction.

    ``seen`` is the fingerprint of what the person saw. Raises Outdated when it shows something
    else by now: a button that was pressed twice saves once.
    """
    _one_at_a_time()
    found = preview()
    if found.fingerprint != seen:
        raise Outdated
    return found


def _one_at_a_time() -> None:
    """Wait for whoever is saving. The row that is locked is there while the calendar and the
    register are still empty: the municipality, and before that is written, the oldest account."""
    if Municipality.objects.select_for_update().filter(pk=1).first() is None:
        User.objects.select_for_update(no_key=True).order_by("pk").first()
