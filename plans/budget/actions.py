"""What is done with the steps of money: added, corrected, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.agenda.actions.writing import stored
from plans.models import BudgetStep, Plan

from .sums import leads_back


class LeadsBack(Exception):
    """A step cannot go on from one that goes on from it."""


@transaction.atomic
def add_step(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> BudgetStep:
    """A new step, the last in the order it was written down."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.budget_steps.order_by("position").last()
    row = BudgetStep(plan=plan, position=last.position + 1 if last else 1)
    _set(row, facts, by)
    _save(row, by)
    return row


@transaction.atomic
def edit_step(
    *, step: BudgetStep, seen: int, facts: Mapping[str, Any], by: User | None
) -> BudgetStep:
    """Correct a step. Raises Conflict when it was saved since ``seen``, and LeadsBack."""
    Plan.objects.select_for_update().get(pk=step.plan_id)
    row = _as_seen(step, seen)
    _set(row, facts, by)
    links = dict(BudgetStep.objects.filter(plan=step.plan_id).values_list("pk", "follows"))
    if leads_back(row.pk, row.follows_id, links):
        raise LeadsBack
    _save(row, by)
    return row


@transaction.atomic
def delete_step(*, step: BudgetStep, seen: int, by: User | None) -> None:
    """Take a step away that was written by mistake; its history stays. Raises Conflict."""
    row = _as_seen(step, seen)
    for after in row.followed_by.all():
        after.follows = row.follows
        _save(after, by)
    row._history_user = by
    row.delete()


def _as_seen(step: BudgetStep, seen: int) -> Any:
    row = BudgetStep.objects.select_for_update().get(pk=step.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _set(row: BudgetStep, facts: Mapping[str, Any], by: User | None) -> None:
    given = dict(facts)
    if given.get("item") is not None:
        given["item"] = stored(item=given["item"], by=by)
    if "when" in given:
        row.when, row.written = given.pop("when"), given.pop("written", "")
    for name, value in given.items():
        setattr(row, name, value)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
