"""Duties written down, changed and taken out; their turns fulfilled and skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict, Outdated
from plans.models import Duty, DutyFulfilment, Evaluation, Plan, PlanVersion, YearlyStatus

from ..recurrence import DutyTurn
from ..standing import adoptions, standing_of, turn_words


@transaction.atomic
def add_duty(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> Duty:
    """A new duty of a plan; ``facts`` are the columns, and ``when`` for what is due once."""
    duty = Duty(plan=plan)
    _store(duty, facts, by)
    return duty


@transaction.atomic
def edit_duty(*, duty: Duty, seen: int, facts: Mapping[str, Any], by: User | None) -> Duty:
    """Change what a duty is. Raises Conflict when it was saved since ``seen``."""
    row = _duty(duty, seen)
    _store(row, facts, by)
    return row


def _store(row: Duty, facts: Mapping[str, Any], by: User | None) -> None:
    if "when" in facts:
        row.written = ""
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)


@transaction.atomic
def retire_duty(*, duty: Duty, seen: int, reason: str, by: User | None) -> Duty:
    """Take a duty out, for a reason; what fulfilled it stays. Raises Conflict."""
    row = _duty(duty, seen)
    row.retired_at, row.retired_because = clock.now(), reason.strip()
    _save(row, by)
    return row


@transaction.atomic
def restore_duty(*, duty: Duty, by: User | None) -> Duty:
    """Put a duty back; twice is as once."""
    row = Duty.objects.select_for_update().get(pk=duty.pk)
    if row.retired_at is not None:
        row.retired_at, row.retired_because = None, ""
        _save(row, by)
    return row


# --- turns ---------------------------------------------------------------------------------------


@transaction.atomic
def fulfil(
    *,
    duty: Duty,
    occurrence: str,
    done_on: dt.date,
    words: str = "",
    link: str = "",
    status: YearlyStatus | None = None,
    frozen: PlanVersion | None = None,
    evaluation: Evaluation | None = None,
    by: User | None,
) -> DutyFulfilment:
    """The turn that is due next is done, and by what. Raises Outdated when ``occurrence`` is not
    that turn any more: somebody has recorded it meanwhile, or the rule was changed."""
    turn = _next(duty, occurrence)
    return _record(
        duty,
        turn,
        by,
        done_on=done_on,
        words=words.strip(),
        link=link,
        status=status,
        frozen=frozen,
        evaluation=evaluation,
    )


@transaction.atomic
def skip(*, duty: Duty, occurrence: str, reason: str, by: User | None) -> DutyFulfilment:
    """The turn that is due next is left out, for a reason. Raises Outdated as ``fulfil``."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    turn = _next(duty, occurrence)
    return _record(duty, turn, by, is_skipped=True, words=reason.strip())


@transaction.atomic
def undo(*, fulfilment: DutyFulfilment, by: User | None) -> None:
    """Take back what was recorded of a turn: it is due again. The history keeps it."""
    Duty.objects.select_for_update().get(pk=fulfilment.duty_id)
    row = DutyFulfilment.objects.filter(pk=fulfilment.pk).first()
    if row is not None:
        row._history_user = by
        row.delete()


def _record(duty: Duty, turn: DutyTurn, by: User | None, **facts: Any) -> DutyFulfilment:
    row = DutyFulfilment(
        duty=duty, occurrence=turn.key, due_words=turn_words(turn)[:200], recorded_by=by, **facts
    )
    _save(row, by)
    return row


def _next(duty: Duty, occurrence: str) -> DutyTurn:
    row = Duty.objects.select_for_update().get(pk=duty.pk)
    now = standing_of(row, adoptions([row.plan_id]).get(row.plan_id, ()), on=clock.today())
    if row.retired_at is not None or now.turn is None or now.turn.key != occurrence:
        raise Outdated
    return now.turn


def _duty(duty: Duty, seen: int) -> Duty:
    row = Duty.objects.select_for_update().get(pk=duty.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
