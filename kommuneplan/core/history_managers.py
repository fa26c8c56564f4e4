"""The class by which the history of a row is asked is made once, for all rows.

django-simple-history makes it anew each time somebody says ``row.history``, also for each row that
is saved, and looks through every method of a queryset to do it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from simple_history.manager import HistoryDescriptor


@cache
def _made(manager: Any, queryset: Any) -> Any:
    return manager.from_queryset(queryset)


def _history(kept: HistoryDescriptor, instance: Any, owner: Any) -> Any:
    return _made(kept.manager_class, kept.queryset_class)(kept.model, instance)


def register_history_managers() -> None:
    """Called once, when core is ready."""
    HistoryDescriptor.__get__ = _history
