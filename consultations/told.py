"""What handling tells the plans below: gates, the desk, what members read, and that it wants to
know of each frozen version."""

from __future__ import annotations

from plans.actions.freezing import when_frozen

from . import readiness  # noqa: F401  (registers what blocks "ready for the agenda")
from .actions.resolving import resolve_changes
from .members import tell_members
from .waiting import tell_desk


def tell_handling() -> None:
    """Called once, when the app is ready."""
    when_frozen(resolve_changes)
    tell_members()
    tell_desk()
