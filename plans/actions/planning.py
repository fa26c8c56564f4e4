"""What is done to milestones by hand: added, edited, moved, done, cancelled, deleted, marked
public; and publishing the process plan.

The rule of published dates lives here: what the public has read is never changed without a
reason, and the old date is kept (``move_milestone``).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan

from .. import document as doc
from ..enums import Audience, CycleKind, CycleState, MilestoneState, Part, Stage
from ..gather import gather
from ..merging import moment
from ..models import Cycle, DateChange, FrozenMilestone, Milestone, Phase, Plan, Publication
from ..proposals import digest
from .freezing import freeze, publish, with_carried_parts


class ReasonNeeded(Exception):
    """The date has been published: say why it is moved."""


class FollowsMeeting(Exception):
    """The milestone is a meeting; the meeting is what has to be moved."""


class AlreadyPublished(Exception):
    """What the public has read is cancelled, not deleted."""


class Outdated(Exception):
    """Something has changed since the user looked; show it again before anything is written."""


class NothingToPublish(Exception):
    """No milestone is marked public, or nothing has changed since the last publication."""


# --- what the public has read ------------------------------------------------------------------


def published_uids(uids: Iterable[Any]) -> set[str]:
    """Which milestones stand in any public publication, also a scheduled or withdrawn one."""
    rows = FrozenMilestone.objects.filter(
        uid__in=list(uids), version__publications__audience=Audience.PUBLIC
    )
    return {str(uid) for uid in rows.values_list("uid", flat=True)}


def last_published(milestone: Milestone) -> FrozenMilestone | None:
    """The milestone as the public last read it."""
    return last_published_of([milestone.uid]).get(str(milestone.uid))


def last_published_of(uids: Iterable[Any]) -> dict[str, FrozenMilestone]:
    """Milestones as the public last read them, by uid."""
    rows = FrozenMilestone.objects.filter(
        uid__in=list(uids), version__publications__audience=Audience.PUBLIC
    )
    rows = rows.select_related("version").order_by("version__number").distinct()
    return {str(row.uid): row for row in rows}


# --- one milestone -----------------------------------------------------------------------------


@transaction.atomic
def add_milestone(
    *, cycle: Cycle, facts: Mapping[str, Any], bodies: Collection[Body], by: User | None
) -> Milestone:
    """A new, internal milestone. ``facts``: column values, ``when`` and ``written`` among them."""
    milestone = Milestone(cycle=cycle)
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
    if {"when", "written"} & set(facts):
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
    with the meeting: FollowsMeeting.
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
    if _same_time(row.takes_place, row.written, when, written):
        if row.meeting_id is None:
            row.when, row.written = when, written
        return
    if row.meeting_id is not None:
        raise FollowsMeeting
    note_change(row, when, written, reason.strip(), meeting, by)
    row.when = when
    row.written = written


def _same_time(
    one: TimeSpan | None, words: str, two: TimeSpan | None, other_words: str
) -> bool:  # fmt: skip
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
    if _same_time(public.when, public.written, when, written):
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
    row.state, row.done_on = state, on
    _save(row, by)
    return row


@transaction.atomic
def delete_milestone(*, milestone: Milestone, by: User | None) -> None:
    """Delete a milestone that was never published; AlreadyPublished else."""
    row = _locked(milestone)
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
def mark_public(*, plan: Plan, public: Collection[str], by: User | None) -> int:
    """Let exactly these milestones (uids) of the open cycle be public; tells how many changed.

    Nothing becomes visible by this: what others see changes with the next publication.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = plan.open_cycle
    changed = 0
    for row in cycle.milestones.select_for_update() if cycle else ():
        wanted = str(row.uid) in public
        if row.is_public != wanted:
            row.is_public = wanted
            _save(row, by)
            changed += 1
    return changed


def seen_as(document: doc.PlanDocument) -> str:
    """The fingerprint of what a user was shown before confirming."""
    return digest(doc.to_json(document))


@transaction.atomic
def publish_process_plan(*, plan: Plan, reason: str, seen: str, by: User | None) -> Publication:
    """Freeze the process plan as it is and let everybody read it at once.

    ``seen`` is the fingerprint of what the user confirmed: Outdated when the plan has moved on.
    NothingToPublish when nothing is public or nothing has changed. A repeated confirmation
    (double click) meets the second. The text of the plan is carried over unchanged.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    document, previous = process_plan_to_publish(plan), newest_public(plan)
    if not document.process_plan.milestones:
        raise NothingToPublish
    if previous and not has_news(document, previous):
        raise NothingToPublish
    if seen != seen_as(document):
        raise Outdated
    version = freeze(
        plan=plan, stage=Stage.PROCESS_PLAN, by=by, parts=[Part.PROCESS_PLAN], document=document
    )
    return publish(version=version, by=by, reason=reason.strip())


def process_plan_to_publish(plan: Plan) -> doc.PlanDocument:
    """What everybody reads when the process plan is published now: the process plan as it is, and
    the text as it was *published* last. A text that only the bodies have before them stays there.

    The state follows the text that is shown, while a plan in force is being revised and until
    the adopted text is published.
    """
    now, public = gather(plan), newest_public(plan)
    document = with_carried_parts(now, public, [Part.PROCESS_PLAN])
    cycle = plan.open_cycle
    is_revised = cycle is not None and cycle.kind == CycleKind.REVISION
    if public and (is_revised or now.head.state == CycleState.ADOPTED):
        head = dataclasses.replace(document.head, state=public.head.state)
        document = dataclasses.replace(document, head=head)
    return document


def newest_publication(plan: Plan) -> Publication | None:
    """What the public reads now, or will when a scheduled publication opens."""
    rows = plan.publications.filter(audience=Audience.PUBLIC, withdrawn_at__isnull=True)
    return rows.select_related("version").order_by("-number").first()


def newest_public(plan: Plan) -> doc.PlanDocument | None:
    """The document of the newest publication."""
    newest = newest_publication(plan)
    return doc.from_json(newest.version.content) if newest else None


def has_news(document: doc.PlanDocument, previous: doc.PlanDocument) -> bool:
    """Does the head or the process plan say anything else than before?"""
    return (document.head, document.process_plan) != (previous.head, previous.process_plan)


def cycle_to_edit(plan: Plan) -> Cycle | None:
    """The open cycle; a plan that never had one gets its first. None when all are closed."""
    cycle = plan.open_cycle
    if cycle is None and not plan.cycles.exists():
        cycle = Cycle.objects.create(plan=plan, state=CycleState.DRAFT)
    return cycle
