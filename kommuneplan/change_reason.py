"""Why something is changed, said once for all the rows that one act writes.

``with because("Gendannet fra …"):`` gives the reason to every history row made inside, unless the
row has one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from simple_history.signals import pre_create_historical_record

_reason: ContextVar[str] = ContextVar("because", default="")


@contextmanager
def because(reason: str) -> Iterator[None]:
    """The reason of everything that is changed inside. The innermost holds."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def _give_reason(history_instance: Any, **_more: Any) -> None:
    if _reason.get() and not history_instance.history_change_reason:
        history_instance.history_change_reason = _reason.get()


def register_change_reason() -> None:
    """Called once, when core is ready."""
    pre_create_historical_record.connect(_give_reason, dispatch_uid="kommuneplan.change_reason")
