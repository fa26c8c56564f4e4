"""Eight processes take the same step at once: one of them does."""

from __future__ import annotations

import pytest

from plans.models import Matter, Plan, PlanVersion, Treatment
from tests.plans.matters import bodies, ready_plan, submitted
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def submit_it(_number: int, plan: int) -> str:
    """What the door does."""
    from plans.lifecycle.transitions import NotAllowed

    try:
        submitted(Plan.objects.get(pk=plan))
    except NotAllowed:
        return "refused"
    return "done"


def record_it(_number: int, treatment: int) -> str:
    """What the door does."""
    from kommuneplan import clock
    from kommuneplan.locking import Conflict
    from plans.decisions.actions import outcomes

    row = Treatment.objects.get(pk=treatment)
    decision = outcomes.Decision("approved", clock.today())
    try:
        outcomes.record_outcome(treatment=row, decision=decision, by=None)
    except (outcomes.AlreadyRecorded, Conflict):
        return "refused"
    return "done"


def test_eight_submissions_at_once_are_one():
    plan = ready_plan()
    bodies()
    answers = race("tests.plans.decisions.test_life_races:submit_it", 8, plan.pk)
    assert sorted(answers) == ["done", *["refused"] * 7]
    assert (Matter.objects.count(), PlanVersion.objects.count()) == (1, 1)


def test_eight_outcomes_at_once_are_one():
    matter = submitted(ready_plan())
    answers = race("tests.plans.decisions.test_life_races:record_it", 8, matter.next_treatment.pk)
    assert sorted(answers) == ["done", *["refused"] * 7]
    assert list(PlanVersion.objects.order_by("number").values_list("stage", flat=True)) == [
        "submitted",
        "consultation",
    ]


def submit_naively(_number: int, plan: int) -> str:
    """Looks before the transaction and writes without the lock: the control."""
    import time

    from plans.models import Cycle

    cycle = Cycle.objects.get(plan=plan)
    if cycle.state == "draft":
        time.sleep(0.5)
        Matter.objects.create(title="x", purpose="consultation")
        Cycle.objects.filter(pk=cycle.pk).update(state="before_bodies")
    return ""


def test_without_the_lock_it_would_not_be():
    race("tests.plans.decisions.test_life_races:submit_naively", 4, ready_plan().pk)
    assert Matter.objects.count() > 1
