"""What is so after a decision: the states around a consultation, what a treatment leaves as it was,
the milestones a decision marks, and what is asked about an odd outcome."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import outcomes, steps
from plans.decisions.doubts import doubts_about
from plans.enums import CycleState, MilestoneKind, MilestoneState, Outcome, Purpose
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import state_on
from plans.models import Milestone, Plan, Treatment
from tests.consultations.round_factories import a_round
from tests.factories import committee, secretary
from tests.plans.matters import DAY, bodies, meeting, ready_plan, submitted, treats

pytestmark = pytest.mark.django_db


def state(plan: Plan, days: float = 0) -> str:
    return state_on(plan.open_cycle, clock.today() + days * DAY)


def sent_out_by_decision(title: str = "Strategi for naboskab") -> Plan:
    plan = ready_plan(title)
    treats(submitted(plan), decided_on=clock.today() - 70 * DAY)
    return plan


def closed_round(plan: Plan):
    """A round that ended yesterday."""
    now = clock.now()
    return a_round(
        plan, opens=now - 40 * DAY, closes=now - DAY, version=plan.versions.last(), ready_at=now
    )


def corrected(row: Treatment, outcome: str, **facts):
    facts.setdefault("decided_on", clock.today())
    return outcomes.correct_outcome(
        treatment=Treatment.objects.get(pk=row.pk),
        decision=outcomes.Decision(outcome, **facts),
        reason="Skrevet forkert af",
        by=None,
    )


# --- to be sent out, in consultation, after it ---------------------------------------------------


def test_decided_announced_opened_ended_and_withdrawn() -> None:
    plan = sent_out_by_decision()
    assert state(plan) == CycleState.TO_BE_SENT_OUT
    now = clock.now()
    row = a_round(plan, opens=now + 2 * DAY, closes=now + 9 * DAY, version=plan.versions.last())
    row.announced_at = now
    row.save()
    assert state(plan) == CycleState.TO_BE_SENT_OUT
    assert state(plan, 4) == CycleState.IN_CONSULTATION
    assert state(plan, 10) == CycleState.AFTER_CONSULTATION
    row.withdrawn_at, row.withdrawn_because = now, "Fejl i udkastet"
    row.save()
    assert state(plan, 4) == CycleState.TO_BE_SENT_OUT


def test_its_one_next_step_is_to_make_the_consultation(client) -> None:
    plan = sent_out_by_decision()
    [missing] = PlanState(plan, clock.today()).missing
    address = reverse("consultations:round-new", args=[plan.slug])
    assert missing.link == address
    client.force_login(secretary())
    page = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert (
        "Skal sendes i høring" in page and f'class="button button-primary" href="{address}"' in page
    )
    desk = client.get(reverse("plans:desk")).content.decode()
    assert "Opret høringen: udkastet skal sendes i høring" in desk and f'href="{address}"' in desk
    a_round(plan, announced=False, version=plan.versions.last())
    desk = client.get(reverse("plans:desk")).content.decode()
    assert "Åbn høringen: udkastet skal sendes i høring" in desk


def test_sent_out_again_it_waits_for_a_consultation_of_its_own() -> None:
    plan = sent_out_by_decision()
    closed_round(plan)
    assert state(plan) == CycleState.AFTER_CONSULTATION
    treats(submitted(plan, purpose=Purpose.CONSULTATION, treated=True))
    assert state(plan) == CycleState.TO_BE_SENT_OUT
    a_round(plan, version=plan.versions.last())
    assert state(plan) == CycleState.IN_CONSULTATION


# --- what leaves the state as it was -------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "outcome"),
    [
        (Purpose.DISCUSSION, Outcome.DISCUSSED),
        (Purpose.DISCUSSION, Outcome.APPROVED),
        (Purpose.PROCESS_PLAN, Outcome.APPROVED),
        (Purpose.ADOPTION, Outcome.NOTED),
    ],
)
def test_a_discussion_after_the_consultation_leaves_the_state(purpose, outcome) -> None:
    plan = sent_out_by_decision()
    closed_round(plan)
    matter = submitted(plan, purpose=purpose)
    assert matter.plans.get().state_before == CycleState.IN_CONSULTATION
    row = treats(matter, outcome)
    assert state(plan) == CycleState.AFTER_CONSULTATION
    corrected(row, Outcome.RETURNED)
    assert state(plan) == CycleState.DRAFT


def test_a_matter_of_before_this_was_kept_is_handed_back_as_a_draft() -> None:
    plan = ready_plan()
    matter = submitted(plan, purpose=Purpose.DISCUSSION)
    matter.plans.update(state_before="")
    treats(matter, Outcome.DISCUSSED)
    assert state(plan) == CycleState.DRAFT


# --- the milestones a decision marks -------------------------------------------------------------


def adoption(plan: Plan, body, when: TimeSpan | None = None, **fields) -> Milestone:
    row = Milestone(
        cycle=plan.open_cycle, title="Vedtagelse", kind=MilestoneKind.ADOPTION, **fields
    )
    row.when = when
    row.save()
    row.bodies.add(body)
    return row


def fate(row: Milestone) -> tuple[str, dt.date | None]:
    row.refresh_from_db()
    return row.state, row.done_on


def test_the_adoption_is_done_on_its_day_and_taken_back_with_the_outcome() -> None:
    plan = sent_out_by_decision()
    closed_round(plan)
    body, _finance, council = bodies()
    later = TimeSpan.day(clock.today() + 20 * DAY)
    mine, theirs = adoption(plan, body, later), adoption(plan, council, later)
    day = clock.today() - DAY
    row = treats(submitted(plan, purpose=Purpose.ADOPTION), decided_on=day)
    assert fate(mine) == (MilestoneState.DONE, day)
    assert fate(theirs) == (MilestoneState.PLANNED, None)
    row = corrected(row, Outcome.APPROVED, decided_on=day - DAY)
    assert fate(mine) == (MilestoneState.DONE, day - DAY)
    corrected(row, Outcome.POSTPONED)
    assert fate(mine) == (MilestoneState.PLANNED, None)


def test_what_somebody_marked_by_hand_is_not_taken_back() -> None:
    plan = ready_plan()
    by_hand = adoption(plan, committee(), state=MilestoneState.DONE, done_on=clock.today())
    met = meeting(committee(), -1)
    marked = plan.open_cycle.milestones.create(title="Udvalget", meeting=met)
    step = steps.ChainStep(committee(), met)
    matter = steps.submit(
        plans=[plan], purpose=Purpose.CONSULTATION, title="Sag", chain=[step], by=None
    )
    row = treats(matter, decided_on=met.date)
    assert fate(marked) == (MilestoneState.DONE, met.date)
    corrected(row, Outcome.POSTPONED)
    assert fate(marked) == (MilestoneState.PLANNED, None)
    assert fate(by_hand)[0] == MilestoneState.DONE


@pytest.mark.parametrize("kind", [kind for kind in MilestoneKind if kind.is_turn])
def test_a_treatment_without_a_meeting_is_the_one_whose_days_hold_the_decision(kind: str) -> None:
    plan = ready_plan()
    today = clock.today()
    for first, last in ((-9, -5), (-3, 3), (5, 9)):
        row = Milestone(cycle=plan.open_cycle, title=f"{first}", kind=kind)
        row.when = TimeSpan.between(today + first * DAY, today + last * DAY)
        row.save()
        row.bodies.add(committee())
    treats(submitted(plan))
    done = plan.open_cycle.milestones.filter(state=MilestoneState.DONE)
    assert [row.title for row in done] == ["-3"]


# --- what is asked about -------------------------------------------------------------------------


def test_odd_days_are_doubts() -> None:
    today = clock.today()
    plan = ready_plan()
    first, second, _council = bodies()
    chain = [steps.ChainStep(first, meeting(first, -2)), steps.ChainStep(second)]
    matter = steps.submit(
        plans=[plan], purpose=Purpose.CONSULTATION, title="Sag", chain=chain, by=None
    )
    one, two = matter.treatments.order_by("position")

    def kinds(row: Treatment, day: dt.date, **more) -> list[str]:
        return [doubt.kind for doubt in doubts_about(row, decided_on=day, **more)]

    assert kinds(one, today - 2 * DAY) == []
    assert kinds(one, today - 3 * DAY) == ["meeting"]
    assert kinds(two, today) == ["ahead"]
    treats(matter, Outcome.RECOMMENDED, decided_on=today - DAY)
    assert kinds(two, today) == [] and kinds(two, today - 2 * DAY) == ["ahead"]
    treats(matter, decided_on=today - DAY)
    assert kinds(one, today) == ["after"]
    words = "Sagt af 010203-1234"
    assert kinds(two, today, wording=words) == ["personal"]
    assert kinds(two, today, wording=words, is_closed=True) == []


def test_an_odd_outcome_is_asked_about_and_recorded_on_yes(client) -> None:
    client.force_login(secretary())
    plan = ready_plan()
    day = meeting(committee(), 2)
    step = steps.ChainStep(committee(), day)
    matter = steps.submit(
        plans=[plan], purpose=Purpose.CONSULTATION, title="Sag", chain=[step], by=None
    )
    row = matter.treatments.get()
    address = reverse("plans:outcome", args=[plan.slug, row.uid])
    answer = {"version": row.version, "outcome": "approved", "decided_on": f"{clock.today()}"}
    asked = client.post(address, answer)
    assert asked.status_code == 422 and "dateret før den dag" in asked.content.decode()
    row.refresh_from_db()
    assert row.outcome == ""
    sure = {**answer, "sure": asked.context["sure"]}
    other_day = client.post(
        address, {**sure, "decided_on": f"{clock.today() - DAY}", "wording": "010203-1234"}
    )
    assert other_day.status_code == 422
    assert client.post(address, sure).status_code == 302
    row.refresh_from_db()
    assert row.outcome == Outcome.APPROVED
