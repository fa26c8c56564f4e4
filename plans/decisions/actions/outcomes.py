"""What the bodies decided: recorded, with what follows from it, and corrected when it was
recorded wrongly. Recording never refuses a lawful decision: nothing here asks a gate."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.enums import CycleState, MilestoneState, Outcome, Purpose, Stage
from plans.lifecycle.transitions import DECISION, Next, NotAllowed, Verb, follows
from plans.models import Cycle, Matter, MatterPlan, Plan, Treatment
from plans.notices.telling import tell_next_body
from plans.versions.actions.freezing import freeze

from .marking import mark_adopted, mark_met, redate_marks, take_back_marks
from .postponing import put_off, take_back_put_off
from .steps import ChainStep, add_treatment, close_matter, fire, lock_plans

FACTS = ("outcome", "decided_on", "wording", "votes", "dissent", "protocol", "is_closed")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the protocol says of a body's treatment. ``is_closed``: it was a closed item, of which
    no words are published. ``amended``: the changes made at the table
    are written into the plan, so that it can be frozen as it was decided."""

    outcome: str
    decided_on: dt.date
    wording: str = ""
    votes: str = ""
    dissent: str = ""
    protocol: str = ""
    is_closed: bool = False
    meeting: Meeting | None = None  # where a postponed matter comes again
    amended: bool = False


class AlreadyRecorded(Exception):
    """The treatment has its outcome; correct it instead."""


class AlreadyPublic(Exception):
    """What followed from the outcome has been published: withdraw the publication first."""


class MovedOn(Exception):
    """The plan has gone on since the outcome: it can no longer be taken back."""


@transaction.atomic
def record_outcome(*, treatment: Treatment, decision: Decision, by: User | None) -> Treatment:
    """Write down what a body decided, and let follow what follows.

    Raises AlreadyRecorded when somebody was first, Conflict when the treatment has been changed
    since it was read. In a matter that is closed the outcome is written down and nothing follows.
    """
    matter, plans = _locked(treatment.matter_id)
    row = matter.treatments.get(pk=treatment.pk)
    if row.outcome:
        raise AlreadyRecorded
    if row.version != treatment.version:
        raise Conflict(treatment)
    _write(row, decision, by)
    mark_met(treatment=row, cycles=[one.cycle for one in plans], by=by)
    if matter.closed_at is None:
        _follow(matter, row, decision, by)
    return row


def _locked(matter_id: int) -> tuple[Matter, list[MatterPlan]]:
    """A matter and its plans, under lock: the plans first, as everywhere."""
    ids = MatterPlan.objects.filter(matter=matter_id).values("cycle__plan")
    lock_plans(list(Plan.objects.filter(pk__in=ids)))
    matter = Matter.objects.select_for_update().get(pk=matter_id)
    return matter, plans_of(matter)


def plans_of(matter: Matter) -> list[MatterPlan]:
    """The plans of a matter, in the order of their titles."""
    rows = matter.plans.select_related("cycle__plan", "version")
    return list(rows.order_by("cycle__plan__sort_key", "pk"))


def _write(row: Treatment, decision: Decision, by: User | None) -> None:
    if decision.outcome != row.outcome:
        row.recorded_at, row.recorded_by = clock.now(), by
    for name in FACTS:
        setattr(row, name, getattr(decision, name))
    row._history_user = by
    row.save()


def _follow(matter: Matter, row: Treatment, decision: Decision, by: User | None) -> None:
    later = matter.treatments.filter(position__gt=row.position)
    step = follows(decision.outcome, is_last=not later.exists())
    again = {"position": row.position + 1, "by": by}
    if step == Next.AGAIN:
        next_one = ChainStep(row.body, decision.meeting, row.item_type)
        add_treatment(matter=matter, step=next_one, **again)
        put_off(treatment=row, to=decision.meeting, by=by)
    elif step == Next.COUNCIL:
        council = council_of(row.body)
        if council and not later.filter(body=council).exists():
            add_treatment(matter=matter, step=ChainStep(council), **again)
    elif step == Next.BACK:
        _end(matter, Verb.RETURN, by)
    elif step == Next.DONE:
        _end(matter, Verb.HAND_BACK, by)
    elif decision.amended and awaits_text(matter):
        _take_amended_text(matter, by)
    elif step == Next.DECIDED and not awaits_text(matter):
        _decide(matter, by)
    tell_next_body(matter=matter, by=by)


def council_of(body: Body) -> Body | None:
    """The council a halted decision is brought before; None where it is not set up, or where the
    body is the council itself."""
    if body.kind == BodyKind.COUNCIL:
        return None
    return Body.objects.filter(kind=BodyKind.COUNCIL).first()


def _end(matter: Matter, verb: str, by: User | None) -> None:
    """The matter is over without having been carried."""
    if matter.purpose != Purpose.STATUS:
        for row in _still_before_bodies(matter):
            fire(cycle=row.cycle, verb=verb, by=by, back_to=row.state_before)
    close_matter(matter=matter, by=by)


def _still_before_bodies(matter: Matter) -> list[MatterPlan]:
    """Those of its plans that have not been withdrawn meanwhile."""
    return [row for row in plans_of(matter) if row.cycle.state == CycleState.BEFORE_BODIES]


def _decide(matter: Matter, by: User | None, *, amended: bool = False) -> None:
    """All bodies have carried the matter: each plan's version is frozen as it was decided."""
    verb = DECISION.get(matter.purpose)
    last = matter.treatments.exclude(outcome="").order_by("position").last()
    for row in _still_before_bodies(matter) if verb else ():
        fire(cycle=row.cycle, verb=verb, by=by, back_to=row.state_before)
        if verb == Verb.ADOPT and last is not None:
            mark_adopted(treatment=last, cycle=row.cycle, by=by)
        stage = {
            Verb.SEND_OUT: Stage.CONSULTATION,
            Verb.ADOPT: Stage.ADOPTED,
        }.get(Verb(verb))
        if stage:
            document = as_decided(row, amended=amended)
            freeze(plan=row.cycle.plan, stage=stage, by=by, note=matter.title, document=document)
    close_matter(matter=matter, by=by)


def as_decided(row: MatterPlan, *, amended: bool) -> doc.PlanDocument:
    """What was decided: the submitted version word for word, however the plan has been edited
    since; where the bodies have amended it, the plan as it is now. The state is the new one, and
    so is that of the steps which the bodies' outcomes were."""
    now = gather(row.cycle.plan)
    if amended:
        return now
    before = doc.from_json(row.version.content)
    head = dataclasses.replace(before.head, state=now.head.state)
    return _with_met(dataclasses.replace(before, head=head), row.matter)


def _with_met(document: doc.PlanDocument, matter: Matter) -> doc.PlanDocument:
    """The steps that the outcomes of the matter were are done on the day of each, as they are in
    the plan itself: a decision and its step are never told on two days."""
    rows = matter.treatments.exclude(outcome="")
    met = {uid: row.decided_on for row in rows for uid in row.marked}
    lines = tuple(
        dataclasses.replace(line, state=MilestoneState.DONE.value, done_on=met[line.uid])
        if line.uid in met
        else line
        for line in document.process_plan.milestones
    )
    plan = dataclasses.replace(document.process_plan, milestones=lines)
    return document.with_values({"process_plan": plan})


# --- amended at the table ----------------------------------------------------------------------


def awaits_text(matter: Matter) -> bool:
    """A body has amended the matter since its version was frozen: the amended text is wanted."""
    frozen = min((row.version.frozen_at for row in plans_of(matter)), default=None)
    return bool(
        frozen
        and matter.treatments.filter(outcome=Outcome.AMENDED, recorded_at__gt=frozen).exists()
    )


@transaction.atomic
def take_amended_text(*, matter: Matter, by: User | None) -> Matter:
    """The amendments are written into the plan: freeze it for the next body, or as decided.

    NotAllowed when the matter is closed or nothing was amended.
    """
    matter, _plans = _locked(matter.pk)
    if matter.closed_at is not None or not awaits_text(matter):
        raise NotAllowed("", "take_amended_text")
    _take_amended_text(matter, by)
    return matter


def _take_amended_text(matter: Matter, by: User | None) -> None:
    if not matter.treatments.filter(outcome="").exists():
        _decide(matter, by, amended=True)
        return
    for row in _still_before_bodies(matter):
        row.version = freeze(plan=row.cycle.plan, stage=Stage.SUBMITTED, by=by, note=matter.title)
        row._history_user = by
        row.save()


# --- recorded wrongly --------------------------------------------------------------------------


@transaction.atomic
def correct_outcome(
    *, treatment: Treatment, decision: Decision, reason: str, by: User | None
) -> Treatment:
    """Correct what was recorded wrongly, for a reason that the history keeps.

    Another outcome takes back what followed from the first, then lets the right thing follow.
    Versions frozen on the way stay frozen. Raises AlreadyPublic when one of them was published,
    MovedOn when the plan has gone on, Conflict when the treatment was changed meanwhile.
    """
    if not reason.strip():
        raise ValueError("A reason is needed")
    matter, plans = _locked(treatment.matter_id)
    row = matter.treatments.get(pk=treatment.pk)
    if row.version != treatment.version:
        raise Conflict(treatment)
    if not row.outcome:
        raise MovedOn
    another = decision.outcome != row.outcome
    if another:
        _take_back(matter, row, by)
        take_back_marks(treatment=row, by=by)
    row._change_reason = reason.strip()
    _write(row, decision, by)
    if another:
        mark_met(treatment=row, cycles=[one.cycle for one in plans], by=by)
    else:
        redate_marks(treatment=row, by=by)
    if another and matter.closed_at is None:
        _follow(matter, row, decision, by)
    return row


def _take_back(matter: Matter, row: Treatment, by: User | None) -> None:
    """Undo what followed from an outcome; what came after it must not have happened yet."""
    later = matter.treatments.filter(position__gt=row.position)
    if later.exclude(outcome="").exists():
        raise MovedOn
    if row.outcome in {Outcome.POSTPONED, Outcome.HALTED}:
        _take_out_of_chain(later.first(), row, by)
    if matter.closed_at is None:
        return
    for one in plans_of(matter):
        _reopen(one, matter, by)
    matter.closed_at = None
    matter._history_user = by
    matter.save()


def _take_out_of_chain(added: Treatment | None, row: Treatment, by: User | None) -> None:
    """The treatment that was added for this outcome goes; one that was planned stays."""
    same_body = added is not None and added.body_id == row.body_id
    if added is None or (row.outcome == Outcome.POSTPONED and not same_body):
        return
    if added.history.earliest().history_date < row.recorded_at:
        return
    take_back_put_off(treatment=row, added=added, by=by)
    added._history_user = by
    added.delete()


def _reopen(one: MatterPlan, matter: Matter, by: User | None) -> None:
    cycle: Cycle = one.cycle
    if cycle.state == CycleState.WITHDRAWN or matter.purpose == Purpose.STATUS:
        return
    plan = cycle.plan
    newer = plan.cycles.filter(number__gt=cycle.number).exists()
    if newer or cycle.matters.filter(matter__created_at__gt=matter.created_at).exists():
        raise MovedOn
    after = plan.versions.filter(
        number__gt=one.version.number, stage__in=[Stage.CONSULTATION, Stage.ADOPTED]
    )
    if after.filter(publications__isnull=False, publications__withdrawn_at__isnull=True).exists():
        raise AlreadyPublic
    if cycle.state != CycleState.BEFORE_BODIES:
        fire(cycle=cycle, verb=Verb.CORRECT, by=by)


def facts_of(row: Treatment) -> dict[str, Any]:
    """What is recorded, as a form shows it."""
    return {name: getattr(row, name) for name in FACTS}
