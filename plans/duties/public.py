"""What everybody is told of the duties and evaluations of a published plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Subquery

from plans.models import Duty, DutyFulfilment, EvaluatedGoal, Evaluation, Plan


@dataclass(frozen=True, slots=True)
class ToldDuties:
    """``duties``: those that may be published, each with ``fulfilled_on``, the day on which it was
    done last; ``evaluations``: those that somebody has published, with ``told_goals``."""

    duties: Sequence[Any]
    evaluations: Sequence[Any]


def told_duties(plan: int) -> ToldDuties:
    """Of a plan (key); one query where there is nothing. By what a duty was fulfilled is told in
    the workspace alone."""
    done = DutyFulfilment.objects.filter(duty=OuterRef("pk"), is_skipped=False)
    newest = Subquery(done.order_by("-done_on").values("done_on")[:1])
    duties = Duty.objects.filter(plan=plan, is_public=True, retired_at__isnull=True)
    goals = EvaluatedGoal.objects.filter(
        focus_area__is_public=True, focus_area__retired_at__isnull=True
    ).exclude(outcome="", words="")
    goals = goals.select_related("focus_area")
    evaluations = Evaluation.objects.filter(plan=plan, published_at__isnull=False)
    there_are = Plan.objects.filter(pk=plan).values_list(Exists(duties), Exists(evaluations))
    has_duties, has_evaluations = there_are.get()
    if has_duties:
        duties = duties.select_related("milestone__meeting", "plan").annotate(fulfilled_on=newest)
    evaluations = evaluations.order_by("-concluded_on", "-pk").prefetch_related(
        Prefetch("goals", goals, to_attr="told_goals")
    )
    return ToldDuties(
        list(duties) if has_duties else [], list(evaluations) if has_evaluations else []
    )
