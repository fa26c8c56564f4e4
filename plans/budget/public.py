"""The money that everybody may know of: live steps that are marked public, beside the milestones of
the document that everybody reads. Of a milestone nothing is told that the document does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kommuneplan.timespan.phrase import phrase
from plans.document.plan_document import MilestoneLine, PlanDocument
from plans.enums import BudgetState
from plans.models import BudgetStep

from .steps import in_time, states_in, sums
from .sums import Sums


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A step, when it takes place in words, and its milestone in the document."""

    step: BudgetStep
    when: str
    milestone: MilestoneLine | None = None


@dataclass(frozen=True, slots=True)
class PublicMoney:
    """The public steps of a plan with their sums, and those beside each milestone."""

    steps: tuple[PublicStep, ...]
    sums: Sums
    states: tuple[BudgetState, ...]
    beside: Mapping[str, tuple[PublicStep, ...]]


def public_money(slug: str, document: PlanDocument) -> PublicMoney:
    """The money of a plan as everybody may know it now; one question."""
    rows = BudgetStep.objects.public().filter(plan__slug=slug, plan__retired_at__isnull=True)
    rows = rows.select_related("body", "meeting", "milestone__meeting").order_by("position", "pk")
    lines = {line.uid: line for line in document.process_plan.milestones}
    found = list(rows)
    told = sums(found)
    steps = [_told(step, lines) for step in in_time(found)]
    beside: dict[str, tuple[PublicStep, ...]] = {}
    for one in steps:
        if one.milestone is not None:
            beside[one.milestone.uid] = (*beside.get(one.milestone.uid, ()), one)
    return PublicMoney(tuple(steps), told, tuple(states_in(told)), beside)


def _told(step: BudgetStep, lines: Mapping[str, MilestoneLine]) -> PublicStep:
    line = lines.get(str(step.milestone.uid)) if step.milestone else None
    when = step.own_time
    if when is None and not step.written and line is not None:
        return PublicStep(step, line.written or (phrase(line.when) if line.when else ""), line)
    return PublicStep(step, own_words(step), line)


def own_words(step: BudgetStep) -> str:
    """When it takes place, as the step itself says it: its meeting's day, or its own date."""
    if step.meeting is None and step.written:
        return step.written
    when = step.own_time
    return phrase(when) if when else ""
