"""What is done to focus areas, and the yearly status that looks at each of them.

A status is closed only when every focus area is decided. Closing freezes it as a version of its
own and ends the areas that are to end; the plan in force is what it was.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Conflict, Outdated
from kommuneplan.timespan.phrase import phrase
from plans.document import plan_document as doc
from plans.document.building import focus_line, gather
from plans.enums import CycleState, FocusDecision, Part, Stage, StatusState
from plans.indicators.frozen import public_indicators
from plans.indicators.part import KEY as INDICATORS
from plans.models import FocusArea, FocusStatus, Milestone, Plan, Publication, YearlyStatus
from plans.versions.actions.freezing import freeze

from ..yearly import areas_of, entries_of, is_in_force, milestones_of_year, open_status, undecided


class NotInForce(Exception):
    """Only a plan in force has a yearly status."""


class AlreadyOpen(Exception):
    """A yearly status is open, or the year has had one."""


class AlreadyClosed(Exception):
    """The status has been closed: what it says stands."""


class Undecided(Exception):
    """Some focus area lacks its decision; ``entries`` are those."""

    def __init__(self, entries: list[FocusStatus]) -> None:
        super().__init__(", ".join(entry.focus_area.title for entry in entries))
        self.entries = entries


class NothingSaid(Exception):
    """There is neither a focus area nor a word about the year."""


# --- focus areas -------------------------------------------------------------------------------


@transaction.atomic
def add_area(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> FocusArea:
    """A new focus area, last in the order; it stands in the yearly status that is open."""
    plan = _lock(plan)
    last = plan.focus_areas.order_by("position").last()
    area = FocusArea(plan=plan, position=last.position + 1 if last else 1, **facts)
    _save(area, by)
    status = open_status(plan)
    if status:
        _save(FocusStatus(status=status, focus_area=area), by)
    return area


@transaction.atomic
def edit_area(
    *, area: FocusArea, seen: int, facts: Mapping[str, Any], by: User | None
) -> FocusArea:
    """Change what a focus area is. Raises Conflict when it was saved since ``seen``."""
    row = _area(area, seen)
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)
    return row


@transaction.atomic
def move_area(*, area: FocusArea, step: int, by: User | None) -> bool:
    """One place up (-1) or down (1) among the areas in use; False where there is no such place."""
    rows = areas_of(_lock(area.plan))
    keys = [row.pk for row in rows]
    place = keys.index(area.pk)
    if not 0 <= place + step < len(rows):
        return False
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            _save(row, by)
    return True


@transaction.atomic
def end_area(
    *, area: FocusArea, seen: int, reason: str, on: dt.date | None = None, by: User | None
) -> FocusArea:
    """Let a focus area end for a reason; a status that is open takes the decision over."""
    plan = _lock(area.plan)
    row = _area(area, seen)
    _end(row, reason, on, by)
    status = open_status(plan)
    entry = status.entries.filter(focus_area=row).first() if status else None
    if entry:
        entry.decision, entry.reason = FocusDecision.END, reason.strip()
        _save(entry, by)
    return row


def _end(row: FocusArea, reason: str, on: dt.date | None, by: User | None) -> None:
    if not reason.strip():
        raise ValueError("A reason is needed")
    row.ended_on, row.ended_because = on or clock.today(), reason.strip()
    _save(row, by)


@transaction.atomic
def resume_area(*, area: FocusArea, seen: int, by: User | None) -> FocusArea:
    """Take the end back: the focus area goes on."""
    plan = _lock(area.plan)
    row = _area(area, seen)
    row.ended_on, row.ended_because = None, ""
    _save(row, by)
    status = open_status(plan)
    if status and not status.entries.filter(focus_area=row).exists():
        _save(FocusStatus(status=status, focus_area=row), by)
    return row


@transaction.atomic
def retire_area(*, area: FocusArea, seen: int, reason: str, by: User | None) -> FocusArea:
    """Take a focus area out, for a reason; what was said of it in earlier years stays."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    _lock(area.plan)
    row = _area(area, seen)
    row.retired_at, row.retired_because = clock.now(), reason.strip()
    _save(row, by)
    return row


@transaction.atomic
def restore_area(*, area: FocusArea, by: User | None) -> FocusArea:
    """Put a focus area back where it stood."""
    plan = _lock(area.plan)
    row = FocusArea.objects.select_for_update().get(pk=area.pk)
    if row.retired_at is None:
        return row
    row.retired_at, row.retired_because = None, ""
    _save(row, by)
    status = open_status(plan)
    if status and row.is_running and not status.entries.filter(focus_area=row).exists():
        _save(FocusStatus(status=status, focus_area=row), by)
    return row


def _area(area: FocusArea, seen: int) -> FocusArea:
    row = FocusArea.objects.select_for_update().get(pk=area.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()


# --- the yearly status -------------------------------------------------------------------------


@transaction.atomic
def open_year(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> YearlyStatus:
    """Open the status of a year, with an empty entry for each running focus area.

    ``facts``: year, opens_on, closes_on, owner. Raises NotInForce, or AlreadyOpen when a status
    is open or the year has had one.
    """
    plan = _lock(plan)
    if not is_in_force(plan):
        raise NotInForce
    if open_status(plan) or plan.yearly_statuses.filter(year=facts["year"]).exists():
        raise AlreadyOpen
    status = YearlyStatus(plan=plan, **facts)
    _save(status, by)
    for area in areas_of(plan):
        if area.is_running:
            _save(FocusStatus(status=status, focus_area=area), by)
    return status


@transaction.atomic
def edit_status(
    *, status: YearlyStatus, seen: int, facts: Mapping[str, Any], by: User | None
) -> YearlyStatus:
    """Change window, owner, year or the words about the year. Raises AlreadyClosed, Conflict, or
    AlreadyOpen when another status has the year."""
    row = _open(status)
    others = row.plan.yearly_statuses.exclude(pk=row.pk)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.version != seen:
        raise Conflict(row)
    if "year" in facts and others.filter(year=facts["year"]).exists():
        raise AlreadyOpen
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)
    return row


@transaction.atomic
def save_entry(
    *, entry: FocusStatus, seen: int, facts: Mapping[str, Any], by: User | None
) -> FocusStatus:
    """Store what is said of one focus area: ``facts`` are words, decision and reason.

    What was sent as it was read is no change: then what somebody else has written stands.
    Raises AlreadyClosed, Conflict when both have written since ``seen``,
    ValueError for a change or an end without a reason.
    """
    _open(entry.status)
    row = FocusStatus.objects.select_related("focus_area", "status").get(pk=entry.pk)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.version != seen:
        if _is_untouched(row, seen, facts):
            return row
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    if row.decision not in {"", FocusDecision.CONTINUE} and not row.reason:
        raise ValueError("A reason is needed")
    _save(row, by)
    return row


def _is_untouched(row: FocusStatus, seen: int, facts: Mapping[str, Any]) -> bool:
    """Are these the words that stood there when they were read?"""
    base = row.history.filter(version=seen).first()
    return base is not None and all(getattr(base, n) == value for n, value in facts.items())


def _open(status: YearlyStatus) -> YearlyStatus:
    row = YearlyStatus.objects.select_for_update().select_related("plan").get(pk=status.pk)
    if row.state != StatusState.OPEN:
        raise AlreadyClosed
    return row


def seen_as(status: YearlyStatus, entries: Collection[FocusStatus]) -> str:
    """The fingerprint of what a user was shown before closing."""
    rows = [f"{row.pk} {row.version} {row.focus_area.version}" for row in entries]
    return digest("\n".join([f"{status.pk} {status.version}", *rows]))


@transaction.atomic
def close_year(*, status: YearlyStatus, seen: str, by: User | None) -> YearlyStatus:
    """Close a status: end what is to end, freeze it as a version of its own, leave the plan alone.

    Raises AlreadyClosed, Outdated (``seen`` is not what stands now), Undecided, NothingSaid.
    """
    plan = _lock(status.plan)
    row = _open(status)
    entries = entries_of(row)
    if undecided(entries):
        raise Undecided(undecided(entries))
    if not entries and not row.summary.strip():
        raise NothingSaid
    if seen != seen_as(row, entries):
        raise Outdated
    for entry in entries:
        if entry.decision == FocusDecision.END and entry.focus_area.ended_on is None:
            _end(entry.focus_area, entry.reason, None, by)
    measured = public_indicators(plan)
    note = _("Yearly status %(year)s") % {"year": row.year}
    row.frozen = freeze(
        plan=plan,
        stage=Stage.STATUS,
        by=by,
        parts=[Part.FOCUS, *([INDICATORS] if measured else [])],
        note=note,
        document=document_of(row, entries).with_values({INDICATORS: measured}),
    )
    row.state, row.closed_at = StatusState.CLOSED, clock.now()
    _save(row, by)
    return row


def document_of(status: YearlyStatus, entries: Collection[FocusStatus]) -> doc.PlanDocument:
    """The plan in force with the status of its public focus areas."""
    shown = [entry for entry in entries if entry.focus_area.is_public]
    areas = [entry.focus_area for entry in shown]
    milestones = milestones_of_year(areas, status.year, only_public=True)
    lines = tuple(
        focus_line(
            entry.focus_area,
            words=entry.words,
            decision=entry.decision,
            reason=entry.reason,
            milestones=tuple(_milestones(milestones.get(entry.focus_area_id, ()))),
        )
        for entry in shown
    )
    head = doc.StatusHead(str(status.uid), status.year, status.summary)
    return dataclasses.replace(in_force(status.plan), focus=lines, status=head)


def _milestones(rows: Iterable[Milestone]) -> Iterable[doc.FocusMilestone]:
    for row in rows:
        span = row.takes_place
        written = phrase(span) if span else row.written
        yield doc.FocusMilestone(str(row.uid), row.title, written, row.state, row.done_on)


def in_force(plan: Plan) -> doc.PlanDocument:
    """The plan as it is in force, whatever is being worked on: the last adopted version, or what
    everybody reads of it, where its dates have been published anew since."""
    versions = plan.versions.filter(state=CycleState.ADOPTED)
    read = Publication.objects.published(at=clock.now()).values("version")
    newest = versions.filter(Q(stage=Stage.ADOPTED) | Q(pk__in=read)).order_by("-number").first()
    if newest:
        return doc.from_json(newest.content)
    now = gather(plan)
    return dataclasses.replace(now, head=dataclasses.replace(now.head, state=CycleState.ADOPTED))
