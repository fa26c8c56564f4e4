"""What is done to milestones by hand: added, edited, moved, done, cancelled, deleted, marked
public; and publishing the process plan.

The rule of published dates lives here: what the public has read is never changed without a
reason, and the old date is kept (``move_milestone``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan, moment
from plans.enums import MilestoneState
from plans.models import Cycle, DateChange, Milestone, Phase, Plan

from ..published import last_published


class ReasonNeeded(Exception):
    """The date has been published: say why it is moved."""


_THE_ROUNDS = frozenset({"kind", "meeting", "state", "done_on"})
"""What a milestone that follows its consultation has from the round alone, besides the date."""


class DateNotItsOwn(Exception):
    """The milestone is a meeting or a consultation; that is what has to be moved."""


class IsConsultation(Exception):
    """The milestone is a consultation that was announced: what becomes of it is decided there."""


class AlreadyPublished(Exception):
    """What the public has read is cancelled, not deleted."""


# --- what the public has read ------------------------------------------------------------------


# --- one milestone -----------------------------------------------------------------------------


@transaction.atomic
def add_milestone(
    *, cycle: Cycle, facts: Mapping[str, Any], bodies: Collection[Body], by: User | None
) -> Milestone:
    """A new, internal milestone. ``facts``: column values, ``when`` and ``written`` among them, or
    ``at``: the meeting that it is."""
    milestone = Milestone(cycle=cycle)
    facts = dict(facts)
    milestone.meeting = facts.pop("at", None)
    _set_facts(milestone, facts)
    _save(milestone, by)
    milestone.bodies.set(bodies)
    return milestone


@transaction.atomic
def edit_milestone(
    *,
    milestone: Milestone,
    facts: Mapping[str, Any],
    bodies: Collection[Body] | None = None,
    reason: str = "",
    meeting: Meeting | None = None,
    by: User | None,
) -> Milestone:
    """Change a milestone; its date only as ``move_milestone`` allows.

    Raises Conflict when somebody else has saved it since it was read.
    """
    locked = _locked(milestone)
    facts = dict(facts)
    at = facts.pop("at", None)
    if at is not None:
        _put_at(locked, at, reason, meeting, by)
    elif {"when", "written"} & set(facts):
        when, written = facts.pop("when", None), facts.pop("written", "")
        _set_date(locked, when, written, reason, meeting, by)
    _set_facts(locked, facts)
    _save(locked, by)
    if bodies is not None and set(bodies) != set(locked.bodies.all()):
        locked.bodies.set(bodies)
    return locked


@transaction.atomic
def move_milestone(
    *,
    milestone: Milestone,
    when: TimeSpan | None,
    written: str = "",
    reason: str = "",
    meeting: Meeting | None = None,
    by: User | None,
) -> Milestone:
    """Give a milestone another date, or words without one.

    A date that stands in any public publication is moved only with a reason and, where there
    is one, the meeting that decided it: ReasonNeeded else. A milestone that is a meeting moves
    with the meeting, one that is a consultation with its round: DateNotItsOwn.
    """
    locked = _locked(milestone)
    _set_date(locked, when, written, reason, meeting, by)
    _save(locked, by)
    return locked


def _set_date(
    row: Milestone,
    when: TimeSpan | None,
    written: str,
    reason: str,
    meeting: Meeting | None,
    by: User | None,
) -> None:
    written = written or (when.written if when else "")
    if same_time(row.takes_place, row.written, when, written):
        if row.has_own_date:
            row.when, row.written = when, written
        return
    if not row.has_own_date:
        raise DateNotItsOwn
    note_change(row, when, written, reason.strip(), meeting, by)
    row.when = when
    row.written = written


def _put_at(
    row: Milestone, at: Meeting, reason: str, decided_at: Meeting | None, by: User | None
) -> None:
    """It is that meeting from now on, and has no date of its own any more."""
    if row.meeting_id == at.pk:
        return
    if row.follows_consultation:
        raise DateNotItsOwn
    note_change(row, TimeSpan.day(at.date), "", reason.strip(), decided_at, by)
    row.meeting, row.when, row.written = at, None, ""


def same_time(
    one: TimeSpan | None, words: str, two: TimeSpan | None, other_words: str
) -> bool:  # fmt: skip
    """Do two dates say the same? Where there is none, their words count."""
    if one is None and two is None:
        return words.split() == other_words.split()
    return moment(one) == moment(two)


def note_change(
    row: Milestone,
    when: TimeSpan | None,
    written: str,
    reason: str,
    meeting: Meeting | None,
    by: User | None,
) -> None:
    """Keep the date the public last read. Moving twice before the next publication keeps that
    one date and the newest reason; moving back takes the note away again."""
    public = last_published(row)
    if public is None:
        return
    pending = row.date_changes.filter(changed_at__gt=public.version.frozen_at).last()
    if same_time(public.when, public.written, when, written):
        if pending:
            pending.delete()
        return
    if not reason:
        raise ReasonNeeded
    change = pending or DateChange(milestone=row)
    change.when = public.when
    change.written = public.written
    change.reason, change.decided_at, change.changed_by = reason, meeting, by
    change.save()


@transaction.atomic
def finish_milestone(*, milestone: Milestone, on: dt.date | None, by: User | None) -> Milestone:
    """Mark a milestone done, on a day if it is known."""
    return _set_state(milestone, MilestoneState.DONE, on, by)


@transaction.atomic
def reopen_milestone(*, milestone: Milestone, by: User | None) -> Milestone:
    """Take "done" or "cancelled" back."""
    return _set_state(milestone, MilestoneState.PLANNED, None, by)


@transaction.atomic
def cancel_milestone(*, milestone: Milestone, by: User | None) -> Milestone:
    """It will not take place; it stays in the plan, and the public can see that."""
    return _set_state(milestone, MilestoneState.CANCELLED, None, by)


def _set_state(
    milestone: Milestone, state: MilestoneState, on: dt.date | None, by: User | None
) -> Milestone:
    row = _locked(milestone)
    if row.follows_consultation:
        raise IsConsultation
    row.state, row.done_on = state, on
    _save(row, by)
    return row


@transaction.atomic
def delete_milestone(*, milestone: Milestone, by: User | None) -> None:
    """Delete a milestone that was never published; AlreadyPublished else."""
    row = _locked(milestone)
    if row.follows_consultation:
        raise IsConsultation
    if last_published(row):
        raise AlreadyPublished
    row._history_user = by
    row.delete()


def _locked(milestone: Milestone) -> Milestone:
    """The row under lock, as it was when the user read it; Conflict when it has moved on."""
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.version != milestone.version:
        raise Conflict(milestone)
    return row


def _set_facts(row: Milestone, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name == "phase" and isinstance(value, str):
            value = phase_named(row.cycle, value)
        if name in _THE_ROUNDS and row.follows_consultation:
            continue  # it is a consultation, whatever a form or a file says
        setattr(row, name, value)


def phase_named(cycle: Cycle, title: str) -> Phase | None:
    """The phase of that title, made at the end of the cycle's phases when it is new."""
    if not title:
        return None
    phase, _created = Phase.objects.get_or_create(
        cycle=cycle, title=title, defaults={"position": cycle.phases.count()}
    )
    return phase


def _save(row: Milestone, by: User | None) -> None:
    row._history_user = by
    row.save()


# --- the process plan --------------------------------------------------------------------------


@transaction.atomic
def mark_milestone(*, milestone: Milestone, public: bool, by: User | None) -> Milestone:
    """Let a milestone be published, or keep it internal; what others see changes with the next
    publication."""
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.is_public != public:
        row.is_public = public
        _save(row, by)
    return row


@transaction.atomic
def mark_public(*, plan: Plan, public: Collection[str], by: User | None) -> int:
    """Let exactly these milestones (uids) of the open cycle be public; tells how many changed.

    Nothing becomes visible by this: what others see changes with the next publication.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = plan.open_cycle
    changed = 0
    for row in cycle.milestones.all() if cycle else ():
        wanted = str(row.uid) in public
        if row.is_public != wanted:
            mark_milestone(milestone=row, public=wanted, by=by)
            changed += 1
    return changed
