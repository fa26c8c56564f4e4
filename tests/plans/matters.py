"""A plan ready for the bodies, its bodies and people, for the tests of its life."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import outcomes
from plans.decisions.actions import steps as life
from plans.enums import MilestoneKind, Outcome, Purpose
from plans.models import Cycle, Matter, Milestone, Plan, Section, Treatment
from tests.factories import committee

DAY = dt.timedelta(days=1)
FINANCE, COUNCIL = "Økonomiudvalget", "Borgerrepræsentationen"


def bodies() -> tuple[Body, Body, Body]:
    """Committee, finance committee and council."""
    return (
        committee(),
        committee(FINANCE, BodyKind.FINANCE_COMMITTEE),
        committee(COUNCIL, BodyKind.COUNCIL),
    )


def ready_plan(title: str = "Strategi for naboskab", **fields: Any) -> Plan:
    """A plan with a text, a summary and a consultation to come: nothing is missing."""
    plan = Plan.objects.create(
        title=title, body=committee(), proposal="Flere skal kende deres naboer.", **fields
    )
    cycle = Cycle.objects.create(plan=plan)
    today = clock.today()
    hearing(cycle, today + 10 * DAY, today + 50 * DAY)
    Section.objects.create(plan=plan, title="Mål", text="<p>Vi vil hinanden.</p>", is_public=True)
    return plan


def hearing(cycle: Cycle, first: dt.date, last: dt.date) -> Milestone:
    """A public consultation from day to day."""
    row = Milestone(cycle=cycle, title="Høring", kind=MilestoneKind.HEARING, is_public=True)
    row.when = TimeSpan.between(first, last)
    row.save()
    return row


def submitted(
    *plans: Plan,
    purpose: str = Purpose.CONSULTATION,
    chain: tuple[Body, ...] = (),
    by: User | None = None,
    **more: Any,
) -> Matter:
    """A matter before the committee, or before a chain of bodies."""
    steps = [life.ChainStep(body) for body in chain or (committee(),)]
    return life.submit(
        plans=plans, purpose=purpose, title="Beslutning om strategi", chain=steps, by=by, **more
    )


def treats(matter: Matter, outcome: str = Outcome.APPROVED, **facts: Any) -> Treatment:
    """The next body treats the matter."""
    treatment = matter.next_treatment
    assert treatment is not None
    facts.setdefault("decided_on", clock.today())
    return outcomes.record_outcome(
        treatment=treatment, decision=outcomes.Decision(outcome, **facts), by=None
    )


def consulted(plan: Plan) -> Plan:
    """The plan after its consultation."""
    treats(submitted(plan))
    cycle = plan.open_cycle
    row = cycle.milestones.get(kind=MilestoneKind.HEARING)
    row.when = TimeSpan.between(clock.today() - 40 * DAY, clock.today() - DAY)
    row.save()
    return plan


def adopted(plan: Plan) -> Plan:
    """The plan adopted by its committee."""
    treats(submitted(consulted(plan), purpose=Purpose.ADOPTION))
    return plan


def meeting(body: Body, days: int) -> Meeting:
    """A meeting of the body so many days from today."""
    return Meeting.objects.create(body=body, date=clock.today() + days * DAY)
