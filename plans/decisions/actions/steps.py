"""The steps of a plan's life that the administration takes: put before the bodies, withdrawn,
opened again for revision, repealed. What the bodies decide is recorded in ``outcomes``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.gates import Blocked, demand
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict
from plans.consultations import rounds
from plans.document.building import gather
from plans.document.plan_document import PlanDocument
from plans.enums import CycleKind, CycleState, ItemType, Part, Purpose, Stage
from plans.lifecycle.approval import PlanApproval, digest_of
from plans.lifecycle.gates import GIVE_UP, SUBMIT, changed_since, submission_facts
from plans.lifecycle.state import state_on
from plans.lifecycle.transitions import ENDED, NotAllowed, Verb, target
from plans.models import Cycle, Matter, MatterPlan, Milestone, Plan, PlanVersion, Treatment
from plans.notices.telling import tell_next_body
from plans.process.actions.meetings import meeting_on, put_on_meeting
from plans.versions.actions.freezing import freeze

from .postponing import milestones_of


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One body's coming treatment: at which meeting, if it is known, and as what sort of item.
    A ``day`` alone is entered in the body's calendar as a meeting."""

    body: Body
    meeting: Meeting | None = None
    item_type: str = ItemType.DECISION
    day: dt.date | None = None


PARTS = {Purpose.PROCESS_PLAN: [Part.PROCESS_PLAN], Purpose.STATUS: [Part.FOCUS]}
"""What is frozen for a purpose; for the others, the whole plan."""


def fire(*, cycle: Cycle, verb: str, by: User | None, reason: str = "", back_to: str = "") -> Cycle:
    """Bring a cycle, locked by the caller, along an edge; NotAllowed when there is none.

    The edge is looked for from the state of the day, so that a consultation that is over needs
    nobody to end it. A cycle that ends is closed; one that is corrected is open again. ``back_to``:
    where HAND_BACK leads (``MatterPlan.state_before``).
    """
    cycle.state = target(state_on(cycle, clock.today()), verb)
    if verb == Verb.HAND_BACK and back_to:
        cycle.state = back_to
    if cycle.state in ENDED:
        cycle.closed_at = clock.now()
    elif verb == Verb.CORRECT:
        cycle.closed_at = None
    if verb == Verb.WITHDRAW:
        cycle.reason = reason
    cycle._history_user = by
    cycle._change_reason = reason[:100] or None
    cycle.save()
    return cycle


def lock_plans(plans: Collection[Plan]) -> list[Plan]:
    """The plans' rows under lock, always in the same order, in the order they were given."""
    keys = [plan.pk for plan in plans]
    rows = Plan.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {plan.pk: plan for plan in rows}
    return [found[key] for key in dict.fromkeys(keys)]


@transaction.atomic
def submit(
    *,
    plans: Sequence[Plan],
    purpose: str,
    title: str,
    chain: Sequence[ChainStep],
    by: User | None,
    treated: bool = False,
    frozen: PlanVersion | None = None,
) -> Matter:
    """Put one or more plans before the bodies: each is frozen as submitted, in one matter.

    ``frozen``: what the bodies are to have before them of a single plan was frozen already (a
    yearly status at its closing); NotAllowed when it has been submitted before.

    Raises Blocked when something is missing, unless the bodies have ``treated`` the matter
    already: then it is only written down. NotAllowed when a plan lies before the bodies already
    or is not being worked on. A yearly status leaves the cycle of the plan in force alone.
    """
    if not plans or not chain:
        raise ValueError("A matter has at least one plan and one body")
    locked = lock_plans(plans)
    cycles = [_cycle_for(plan, purpose) for plan in locked]
    approvals: dict[Plan, PlanApproval | None] = {}
    if not treated:
        for plan, cycle in zip(locked, cycles, strict=True):
            facts = submission_facts(plan, cycle, purpose)
            demand(SUBMIT, facts=facts)
            approvals[plan] = facts.approval
    matter = Matter(title=title, purpose=purpose)
    matter._history_user = by
    matter.save()
    if frozen is not None and frozen.matters.exists():
        raise NotAllowed("", Verb.SUBMIT)
    parts = PARTS.get(Purpose(purpose))
    for plan, cycle in zip(locked, cycles, strict=True):
        before = cycle.state
        if purpose != Purpose.STATUS:
            fire(cycle=cycle, verb=Verb.SUBMIT, by=by)
        version = frozen or freeze(
            plan=plan, stage=Stage.SUBMITTED, by=by, parts=parts, note=title,
            gathered=None if treated else _as_approved(plan, approvals[plan]),
        )  # fmt: skip
        row = MatterPlan(matter=matter, cycle=cycle, version=version, state_before=before)
        row._history_user = by
        row.save()
    for position, step in enumerate(chain, start=1):
        add_treatment(matter=matter, step=step, position=position, by=by)
    if not treated:
        tell_next_body(matter=matter, by=by)
    return matter


def _as_approved(plan: Plan, approval: PlanApproval | None) -> PlanDocument:
    """The plan as it is to be frozen; ``approval``: as the gates were given it. Blocked when a
    section or a milestone was saved since: what the bodies get is what was approved."""
    document = gather(plan)
    if approval is not None and digest_of(document) != approval.digest:
        raise Blocked(list(changed_since(approval)))
    return document


def _cycle_for(plan: Plan, purpose: str) -> Cycle:
    cycle = plan.open_cycle
    if purpose == Purpose.STATUS:
        cycle = plan.cycles.filter(state=CycleState.ADOPTED).order_by("number").last()
    elif cycle is None and not plan.cycles.exists():
        cycle = Cycle.objects.create(plan=plan)
    if cycle is None:
        raise NotAllowed("", Verb.SUBMIT)
    return cycle


def add_treatment(*, matter: Matter, step: ChainStep, position: int, by: User | None) -> Treatment:
    """A treatment at a place in the chain; those from there on move one place down."""
    for row in matter.treatments.filter(position__gte=position).order_by("-position"):
        row.position += 1
        row._history_user = by
        row.save()
    treatment = Treatment(
        matter=matter,
        position=position,
        body=step.body,
        meeting=step.meeting or meeting_on(body=step.body, day=step.day, by=by),
        item_type=step.item_type,
    )
    treatment._history_user = by
    treatment.save()
    return treatment


@transaction.atomic
def reschedule(
    *,
    treatment: Treatment,
    meeting: Meeting | None,
    day: dt.date | None = None,
    along: Collection[Milestone] = (),
    reason: str = "",
    by: User | None,
) -> Treatment:
    """Put a treatment to come on another meeting of its body, or on a day; ``along``: those of
    ``milestones_of`` that go with it.

    Raises Conflict when it has moved on since it was read, ValueError for another body's meeting,
    ReasonNeeded when the public has read the day of a milestone that goes along.
    """
    row = Treatment.objects.select_for_update().get(pk=treatment.pk)
    if row.version != treatment.version or row.outcome:
        raise Conflict(treatment)
    if meeting is not None and meeting.body_id != row.body_id:
        raise ValueError("The meeting is another body's")
    known = {one.pk: one for one in milestones_of(row)}
    row.meeting = meeting or meeting_on(body=row.body, day=day, by=by)
    row._history_user = by
    row.save()
    for one in along:
        if row.meeting and one.pk in known:
            put_on_meeting(milestone=known[one.pk], meeting=row.meeting, reason=reason, by=by)
    return row


def close_matter(*, matter: Matter, by: User | None) -> None:
    """Nothing more is to come of a matter."""
    matter.closed_at = clock.now()
    matter._history_user = by
    matter.save()


@transaction.atomic
def withdraw_cycle(*, cycle: Cycle, reason: str, by: User | None) -> Cycle:
    """Give the work up, for a reason; a plan in force stays in force.

    A matter before the bodies is closed when no other plan is left in it. NotAllowed when the
    work has ended already, Blocked while a consultation on it is announced and not over.
    """
    if not reason.strip():
        raise ValueError("A reason is needed")
    Plan.objects.select_for_update().get(pk=cycle.plan_id)
    cycle = Cycle.objects.select_related("plan").get(pk=cycle.pk)
    if cycle.closed_at is None:
        demand(GIVE_UP, plan=cycle.plan, stage=rounds().stage_of(cycle, clock.now()))
    fire(cycle=cycle, verb=Verb.WITHDRAW, by=by, reason=reason.strip())
    open_matters = Matter.objects.select_for_update().filter(
        plans__cycle=cycle, closed_at__isnull=True
    )
    for matter in open_matters:
        if not matter.plans.exclude(cycle__state=CycleState.WITHDRAWN).exists():
            close_matter(matter=matter, by=by)
    return cycle


@transaction.atomic
def open_revision(*, plan: Plan, reason: str, by: User | None) -> Cycle:
    """Begin a revision of a plan in force; it stays in force until the revision is adopted.

    NotAllowed when the plan was never adopted, is repealed, or is being worked on already.
    """
    if not reason.strip():
        raise ValueError("A reason is needed")
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.cycles.filter(state=CycleState.ADOPTED).exists() or plan.open_cycle:
        raise NotAllowed(plan.open_cycle.state if plan.open_cycle else "", "revise")
    if plan.repealed_on and plan.repealed_on <= clock.today():
        raise NotAllowed("repealed", "revise")
    last = plan.cycles.order_by("number").last()
    cycle = Cycle(plan=plan, number=last.number + 1, kind=CycleKind.REVISION, reason=reason.strip())
    cycle._history_user = by
    cycle.save()
    return cycle


@transaction.atomic
def repeal(*, plan: Plan, on: dt.date, reason: str, by: User | None) -> Plan:
    """Let a plan in force end on a day: from then on it is Ophævet.

    NotAllowed when it was never adopted, or a revision of it is open.
    """
    if not reason.strip():
        raise ValueError("A reason is needed")
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.cycles.filter(state=CycleState.ADOPTED).exists() or plan.open_cycle:
        raise NotAllowed(plan.open_cycle.state if plan.open_cycle else "", "repeal")
    plan.repealed_on = on
    plan._history_user = by
    plan._change_reason = reason.strip()
    plan.save()
    return plan
