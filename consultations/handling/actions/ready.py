"""A round is ready for the agenda: everything is handled, or it is said why it is put on the agenda
all the same."""

from __future__ import annotations

from django.db import transaction

from consultations.locking import RoundMovedOn, locked, saved
from consultations.models import Round
from kommuneplan import clock
from kommuneplan.core import gates
from kommuneplan.core.models import User

from ..readiness import READY

__all__ = ["RoundMovedOn", "mark_ready", "take_back_ready"]


@transaction.atomic
def mark_ready(*, round: Round, in_spite: str = "", seen: int, by: User | None) -> Round:
    """Say that a round is ready for the agenda. ``in_spite``: why it is, though something is
    missing; without it the gates are asked again under the lock.

    Raises ``gates.Blocked`` when something is missing and nobody says why, Conflict when the
    round has moved on since ``seen``, NotNow when it is not announced or is withdrawn.
    """
    row = locked(round, seen=seen)
    if row.announced_at is None or row.withdrawn_at is not None:
        raise RoundMovedOn
    if not in_spite.strip():
        gates.demand(READY, round=row)
    row.ready_at, row.ready_by = row.ready_at or clock.now(), by
    row.ready_in_spite = in_spite.strip()
    return saved(row, by)


@transaction.atomic
def take_back_ready(*, round: Round, seen: int, by: User | None) -> Round:
    """Go on handling: the round is not ready any more. Raises Conflict as ``mark_ready`` does."""
    row = locked(round, seen=seen)
    row.ready_at = row.ready_by = None
    row.ready_in_spite = ""
    return saved(row, by)
