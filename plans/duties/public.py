"""What everybody is told of the duties and evaluations of a published plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from plans.models import Duty, DutyFulfilment, EvaluatedGoal, Evaluation


@dataclass(frozen=True, slots=True)
class ToldDuties:
    """``duties``: those that may be published, each with ``fulfilled_on``, the day on which it was
    done last; ``evaluations``: those that somebody has published, with ``told_goals``."""

    duties: Sequence[Any]
    evaluations: Sequence[Any]


def told_duties(plan: int) -> ToldDuties:
    """Of a plan (key). By what a duty was fulfilled is told in the workspace alone."""
    done = DutyFulfilment.objects.filter(duty=OuterRef("pk"), is_skipped=False)
    newest = Subquery(done.order_by("-done_on").values("done_on")[:1])
    duties = Duty.objects.filter(plan=plan, is_public=True, retired_at__isnull=True)
    goals = EvaluatedGoal.objects.filter(
        focus_area__is_public=True, focus_area__retired_at__isnull=True
    ).exclude(outcome="", words="")
    goals = goals.select_related("focus_area")
    evaluations = Evaluation.objects.filter(plan=plan, published_at__isnull=False)
    return ToldDuties(
        list(duties.select_related("milestone__meeting").annotate(fulfilled_on=newest)),
        list(
            evaluations.order_by("-concluded_on", "-pk").prefetch_related(
                Prefetch("goals", goals, to_attr="told_goals")
            )
        ),
    )
