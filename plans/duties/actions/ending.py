"""The end of a plan decided: extended, or left to expire. The plan's own days follow at once, and
with them its state and every page that tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import Plan, PlanExtension
from plans.models.duties import EndChoice

from ..ending import decisions_of, end_of


class NotAdopted(Exception):
    """Only a plan that was adopted has an end to be decided."""


class NotLater(Exception):
    """A plan is extended to a day after its present end."""


class NoEnd(Exception):
    """Without an end there is nothing to let expire."""


class NotTheNewest(Exception):
    """Only the newest decision on the end can be taken back."""


@transaction.atomic
def decide_end(
    *, plan: Plan, seen: int, choice: str, until: dt.date | None, facts: Mapping[str, Any],
    by: User | None,
) -> PlanExtension:  # fmt: skip
    """Record what a body decided. ``until``: the new last day of a plan that is extended;
    ``facts``: body, meeting, decided_on, reason, protocol, is_closed.

    Raises Conflict when the plan was saved since ``seen``, NotAdopted, NotLater, NoEnd.
    """
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    if row.version != seen:
        raise Conflict(row)
    if not row.cycles.filter(state="adopted").exists():
        raise NotAdopted
    end = end_of(row)
    if choice == EndChoice.EXTEND:
        if until is None or (end is not None and until <= end):
            raise NotLater
    elif end is None:
        raise NoEnd
    decision = PlanExtension(
        plan=row,
        choice=choice,
        old_end=row.expires_on,
        old_last_year=row.last_year,
        new_end=until if choice == EndChoice.EXTEND else end,
        recorded_by=by,
        **facts,
    )
    _save(decision, by)
    if row.expires_on != decision.new_end:
        row.expires_on = decision.new_end
        if row.last_year is not None and row.last_year < decision.new_end.year:
            row.last_year = decision.new_end.year
        with because(decision.reason):
            _save(row, by)
    return decision


@transaction.atomic
def take_back(*, decision: PlanExtension, reason: str, by: User | None) -> None:
    """A decision was recorded by mistake: the plan has its former end again. Raises NotTheNewest,
    and ValueError without a reason."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    plan = Plan.objects.select_for_update().get(pk=decision.plan_id)
    newest = decisions_of(plan).first()
    if newest is None or newest.pk != decision.pk:
        raise NotTheNewest
    newest.taken_back_at, newest.taken_back_because = clock.now(), reason.strip()
    _save(newest, by)
    if plan.expires_on == newest.new_end:
        plan.expires_on, plan.last_year = newest.old_end, newest.old_last_year
        with because(reason):
            _save(plan, by)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
