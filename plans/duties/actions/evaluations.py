"""Evaluations written and published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import EvaluatedGoal, Evaluation, FocusArea, Plan


class IsPublished(Exception):
    """What is published stands as it is until it is taken back."""


class NotConcluded(Exception):
    """Only what has a result and a day can be published."""


@transaction.atomic
def save_evaluation(
    *,
    plan: Plan,
    evaluation: Evaluation | None,
    seen: int,
    facts: Mapping[str, Any],
    goals: Mapping[FocusArea, tuple[str, str]],
    by: User | None,
) -> Evaluation:
    """Store an evaluation, new or changed, with what it says of the goals of each focus area
    (outcome, words). Raises Conflict, or IsPublished."""
    row = evaluation or Evaluation(plan=plan)
    if evaluation is not None:
        row = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        if row.published_at is not None:
            raise IsPublished
        if row.version != seen:
            raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)
    known = {one.focus_area_id: one for one in row.goals.all()}
    for area, (outcome, words) in goals.items():
        goal = known.get(area.pk) or EvaluatedGoal(evaluation=row, focus_area=area)
        if (goal.outcome, goal.words) != (outcome, words) or goal.pk is None:
            goal.outcome, goal.words = outcome, words
            _save(goal, by)
    return row


@transaction.atomic
def publish_evaluation(*, evaluation: Evaluation, seen: int, by: User | None) -> Evaluation:
    """Let everybody read an evaluation, as it was seen. Raises Conflict or NotConcluded."""
    row = _seen(evaluation, seen)
    if row.concluded_on is None or not (row.words.strip() or row.link):
        raise NotConcluded
    if row.published_at is None:
        row.published_at = clock.now()
        _save(row, by)
    return row


@transaction.atomic
def withdraw_evaluation(*, evaluation: Evaluation, seen: int, by: User | None) -> Evaluation:
    """Take an evaluation back from everybody. Raises Conflict."""
    row = _seen(evaluation, seen)
    if row.published_at is not None:
        row.published_at = None
        _save(row, by)
    return row


def _seen(evaluation: Evaluation, seen: int) -> Evaluation:
    row = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
