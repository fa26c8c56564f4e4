"""The cycle that work on a plan is written into."""

from __future__ import annotations

from plans.enums import CycleState
from plans.models import Cycle, Plan


def cycle_to_edit(plan: Plan) -> Cycle | None:
    """The open cycle; a plan that never had one gets its first. None when all are closed."""
    cycle = plan.open_cycle
    if cycle is None and not plan.cycles.exists():
        cycle = Cycle.objects.create(plan=plan, state=CycleState.DRAFT)
    return cycle
