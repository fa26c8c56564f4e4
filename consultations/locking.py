"""Rows that are locked and saved: what every verb about a round begins and ends with."""

from __future__ import annotations

from typing import Any

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import Plan

from .models import Round


class RoundMovedOn(Exception):
    """The round has gone on: it is announced, closed or withdrawn, so the step is not possible."""


def locked(round: Round, *, seen: int | None = None) -> Round:
    """The round as it is now, its row locked until the transaction ends.

    Raises Conflict when it has moved on since the version that was ``seen``.
    """
    row = Round.objects.select_for_update().get(pk=round.pk)
    if seen is not None and row.version != seen:
        raise Conflict(row)
    return row


def locked_in_plan(round: Round) -> Round:
    """The round as it is now, under lock together with its plan: for verbs that change the process
    plan too. The plan comes first, as everywhere."""
    Plan.objects.select_for_update().get(pk=round.plan_id)
    return locked(round)


def saved(row: Any, by: User | None) -> Any:
    """Store a row with who changed it."""
    row._history_user = by
    row.save()
    return row
