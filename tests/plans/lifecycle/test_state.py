"""The state of a plan in Python and in SQL: the same word for every plan on every day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from consultations.models import Round
from kommuneplan import clock
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.span import TimeSpan
from plans.enums import CycleState, MilestoneKind, PublicState, Stage
from plans.lifecycle.facts import PlanFacts, with_facts
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import (
    consultation_over,
    consultation_to_come,
    open_state,
    state_on,
    with_state,
)
from plans.lifecycle.transitions import MADE_READY, SUBMITTABLE
from plans.models import Cycle, Milestone, Plan, PlanVersion
from plans.public.publications import published, with_public_state
from plans.versions.actions.freezing import freeze
from tests.consultations.round_factories import an_invitation
from tests.plans.published import body_named, publication_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DAYS = (-1, 0, 1, 8)  # from today


def hearing(plan: Plan, last: int | None, **more) -> None:
    """A consultation of the process plan whose last day is so many days from today."""
    row = Milestone(cycle=plan.open_cycle, title="Høring", kind=MilestoneKind.HEARING, **more)
    row.is_public = True
    if last is not None:
        end = clock.today() + last * DAY
        row.when = TimeSpan.between(end - 30 * DAY, end)
    row.save()


def held(plan: Plan, days: int) -> None:
    """A consultation of the process plan at a meeting."""
    day = clock.today() + days * DAY
    meeting, _is_new = Meeting.objects.get_or_create(body=plan.body, date=day)
    hearing(plan, None, meeting=meeting)


HEARINGS: dict[str, Callable[[Plan], object]] = {
    "ingen": lambda plan: None,
    "slut": lambda plan: hearing(plan, -1),
    "sidste dag": lambda plan: hearing(plan, 0),
    "endnu": lambda plan: hearing(plan, 5),
    "uden slut": lambda plan: hearing(plan, None),
    "aflyst": lambda plan: hearing(plan, 5, state="cancelled"),
    "holdt": lambda plan: held(plan, -3),
    "møde": lambda plan: held(plan, 3),
    "slut og endnu": lambda plan: (hearing(plan, -9), hearing(plan, 5)),
}


def announced(plan: Plan, closes: int, opens: int = -60, **fields) -> Round:
    """A round for invited parties that opens and closes so many days from now. What it sends out
    is no part of the rule: all share one version."""
    now = clock.now()
    fields.setdefault("announced_at", now - 60 * DAY)
    return Round.objects.create(
        plan=plan,
        cycle=plan.open_cycle,
        frozen=PlanVersion.objects.first() or freeze(plan=plan, stage=Stage.CONSULTATION, by=None),
        title=plan.title,
        is_public=False,
        opens_at=now + opens * DAY,
        closes_at=now + closes * DAY,
        **fields,
    )


def with_own_deadline(plan: Plan) -> None:
    an_invitation(announced(plan, -2), closes_at=clock.now() + 4 * DAY)


ROUNDS: dict[str, Callable[[Plan], object]] = {
    "ingen": lambda plan: None,
    "åben": lambda plan: announced(plan, 4),
    "lukket": lambda plan: announced(plan, -2),
    "egen frist": with_own_deadline,
    "trukket": lambda plan: announced(plan, 4, withdrawn_at=clock.now(), withdrawn_because="x"),
    "intern": lambda plan: announced(plan, 4, is_internal=True),
    "forberedt": lambda plan: announced(plan, 4, announced_at=None),
    "kommer": lambda plan: announced(plan, 9, opens=2),
    "lukket og kommer": lambda plan: (announced(plan, -2), announced(plan, 9, opens=2)),
    "to": lambda plan: (announced(plan, -2), announced(plan, 4)),
}


def a_plan(title: str, *states: str, **fields) -> Plan:
    """A plan with a cycle in each of the states, the last of them open unless it has ended."""
    plan = Plan.objects.create(title=title, body=body_named(), **fields)
    for number, state in enumerate(states, start=1):
        ended = state in {CycleState.ADOPTED, CycleState.WITHDRAWN}
        Cycle.objects.create(
            plan=plan,
            number=number,
            state=state,
            reason="x" if state == CycleState.WITHDRAWN else "",
            closed_at=clock.now() if ended else None,
        )
    return plan


def consulted() -> None:
    """A plan in consultation for every way in which that may end."""
    by_plan = itertools.product(HEARINGS, ["ingen"])
    by_rounds = itertools.product(["slut", "endnu"], ROUNDS)
    for hearings, rounds in dict.fromkeys([*by_plan, *by_rounds]):
        plan = a_plan(f"Høring {hearings}, runde {rounds}", CycleState.IN_CONSULTATION)
        HEARINGS[hearings](plan)
        ROUNDS[rounds](plan)


def all_others() -> None:
    """Plans in every other state, begun, given up, revised, repealed, expired and replaced."""
    today = clock.today()
    adopted, withdrawn = CycleState.ADOPTED, CycleState.WITHDRAWN
    for state in CycleState:
        a_plan(f"Første {state}", state)
        a_plan(f"Anden {state}", adopted, state)
        a_plan(f"Anden efter opgivet {state}", withdrawn, state)
    Plan.objects.create(title="Uden forløb", body=body_named())
    for days in DAYS:
        a_plan(f"Ophævet {days}", adopted, repealed_on=today + days * DAY)
        a_plan(f"Udløbet {days}", adopted, expires_on=today + days * DAY)
        a_plan(f"Begge {days}", adopted, repealed_on=today, expires_on=today + days * DAY)
        a_plan(f"Kladde udløbet {days}", CycleState.DRAFT, expires_on=today + days * DAY)
    for state in (adopted, CycleState.DRAFT):
        old = a_plan(f"Afløst af {state}", adopted, repealed_on=today)
        a_plan(f"Afløser {state}", state).replaces.add(old)


@pytest.mark.slow  # plans of every kind
@pytest.mark.parametrize("make", [consulted, all_others])
def test_the_state_of_a_plan_is_the_same_in_python_and_in_sql(make) -> None:
    """With the facts of a page's loader, with the milestones at hand, and with neither."""
    make()
    words = set()
    for days in DAYS:
        day = clock.today() + days * DAY
        plans = with_facts(with_state(Plan.objects.all(), on=day), on=day)
        for plan in plans.prefetch_related("cycles__milestones__meeting"):
            facts, alone = PlanFacts.of(plan), PlanState(plan, day)
            rows = list(alone.cycle.milestones.all()) if alone.cycle else None
            for told in (alone, PlanState(plan, day, facts), PlanState(plan, day, facts, rows)):
                assert told.state == plan.state_now, (plan.title, days)
            if alone.open_cycle is not None:
                assert state_on(alone.open_cycle, day) == plan.state_now, (plan.title, days)
            words.add(plan.state_now)
    assert len(words) == (3 if make is consulted else 9)


def test_the_state_of_an_open_cycle_is_that_of_its_plan() -> None:
    consulted()
    all_others()
    for days in DAYS:
        day = clock.today() + days * DAY
        told = {plan.pk: plan for plan in with_state(Plan.objects.all(), on=day)}
        rows = Cycle.objects.filter(closed_at__isnull=True)
        for cycle in rows.annotate(now=open_state("plan", "state", day)):
            assert cycle.now == told[cycle.plan_id].state_now, (cycle.plan.title, days)


@pytest.mark.slow  # plans of every kind
def test_a_consultation_is_over_or_to_come_in_python_and_in_sql() -> None:
    consulted()
    for days in DAYS:
        day = clock.today() + days * DAY
        over = set(Plan.objects.filter(consultation_over("pk", day)).values_list("pk", flat=True))
        to_come = Plan.objects.filter(consultation_to_come("pk", day))
        to_come = set(to_come.values_list("pk", flat=True))
        for plan in Plan.objects.all():
            end = PlanState(plan, day).consultation_end
            assert end.is_past(day) == (plan.pk in over), (plan.title, days)
            is_to_come = end.last_day is not None and not end.is_past(day)
            assert is_to_come == (plan.pk in to_come), (plan.title, days)


@pytest.mark.slow  # plans of every kind
@pytest.mark.parametrize("make", [consulted, all_others])
def test_readers_are_told_what_those_who_work_with_it_are_told(make) -> None:
    """Where what is published is what is stored. But readers are not told of a party's own
    deadline, to them a draft whose last day is past has expired, and what lies before the bodies
    without having been published so is what it was before; a plan in force stays in force."""
    make()
    for plan in Plan.objects.filter(cycles__isnull=False).distinct():
        publication_of(plan, visible_from=clock.now() - 5 * DAY)
    for days in (0, 1, 8):
        day = clock.today() + days * DAY
        at = max(clock.now(), dt.datetime.combine(day, dt.time(), tzinfo=COPENHAGEN))
        told = {plan.pk: plan for plan in with_state(Plan.objects.all(), on=day)}
        for row in with_public_state(published(at=at), at=at).select_related("plan"):
            if "egen frist" in row.plan.title or "Kladde udløbet" in row.plan.title:
                continue
            if row.plan.cycles.filter(state=CycleState.ADOPTED).exists():
                assert PublicState(row.public_state).was_adopted
                continue
            assert row.public_state == told[row.plan_id].state_now, (row.plan.title, days)


def test_a_plan_may_be_submitted_from_where_an_edge_leads_before_the_bodies() -> None:
    ready = {CycleState.DRAFT, CycleState.AFTER_CONSULTATION}
    assert set(SUBMITTABLE) == ready | {CycleState.TO_BE_SENT_OUT}
    assert set(MADE_READY) == ready
