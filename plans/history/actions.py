"""An earlier state of a thing put back: a new change like any other, with its own reason.

The history itself is never touched. What is put back is said in ``history.states.PUT_BACK``;
what makes a thing public, and its place, stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan.change_reason import because
from kommuneplan.core.models import Body, User
from kommuneplan.locking import Conflict
from plans.details.actions import head
from plans.focus.actions import areas
from plans.models import FocusArea, Milestone, Phase, Plan, Section
from plans.process import published
from plans.process.actions import milestones, rows
from plans.text.actions import outline

from .states import PUT_BACK
from .values import moment, span_of


class CannotReturn(Exception):
    """Nothing can be put back: the row and the work it belonged to are over."""


@transaction.atomic
def put_back(
    *, plan: Plan, record: Any, seen: int, reason: str = "", by: User | None
) -> Section | Milestone | FocusArea | Plan:
    """Let a section, milestone, focus area or a plan's head stand as a history record says.

    ``seen`` is the lock version the user saw, 0 for a deleted row: Conflict when it has moved on.
    ``reason`` is needed when it moves a date that has been published (planning.ReasonNeeded).
    CannotReturn for a milestone of work that has ended.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    act: dict[type, Callable[..., Any]] = {
        Section: _section,
        Milestone: _milestone,
        FocusArea: _focus_area,
        Plan: _head,
    }
    said = _("Restored from %(when)s") % {"when": moment(record.history_date)}
    with because(said):
        return act[record.instance_type](plan, record, seen, reason, by)


def _facts(record: Any, code: str, *without: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in PUT_BACK[code] if name not in without}


def _section(plan: Plan, record: Any, seen: int, _reason: str, by: User | None) -> Section:
    """Title and text, each paragraph with the anchor it had; a section taken out comes back."""
    row = plan.sections.select_for_update(of=("self",)).filter(pk=record.id).first()
    if row is None or row.version != seen:
        raise Conflict(row or record.instance)
    if row.retired_at is not None:
        row = outline.restore_section(section=row, by=by)
    if (row.title, row.text) != (record.title, record.text):
        row.title, row.text, row.blocks = record.title, record.text, record.blocks
        row._history_user = by
        row.save()
    return row


def _milestone(plan: Plan, record: Any, seen: int, reason: str, by: User | None) -> Milestone:
    """Everything but what is public, by the rules of published dates. A date that follows a
    meeting, then or now, or a consultation now, stays as it is."""
    cycle = plan.open_cycle
    if cycle is None or record.cycle_id != cycle.pk:
        raise CannotReturn
    row = Milestone.objects.select_for_update(of=("self",)).filter(pk=record.id).first()
    if (row.version if row else 0) != seen:
        raise Conflict(row or record.instance)
    if row is None:
        row = rows.restore_milestone(plan=plan, uid=record.uid, by=by)
    facts = _facts(record, "milepael", "when", "bodies", "meeting", "phase", "focus_area")
    facts["focus_area"] = plan.focus_areas.filter(pk=record.focus_area_id).first()
    facts["phase"] = _phase(cycle, record.phase_id)
    if record.meeting_id is None and row.has_own_date:
        facts["when"], facts["written"] = span_of(record), record.written
    return milestones.edit_milestone(
        milestone=row,
        facts=facts,
        bodies=list(Body.objects.filter(pk__in=record.members["bodies"])),
        reason=reason,
        by=by,
    )


def _phase(cycle: Any, pk: int | None) -> Phase | str | None:
    """The phase, or the title of one that is no more: it is made again."""
    if pk is None:
        return None
    phase = cycle.phases.filter(pk=pk).first()
    last = Phase.history.filter(id=pk).order_by("history_id").last()
    return phase or (last.title if last else None)


def _focus_area(plan: Plan, record: Any, seen: int, _reason: str, by: User | None) -> FocusArea:
    """What it is; an area taken out comes back."""
    row = plan.focus_areas.select_for_update(of=("self",)).filter(pk=record.id).first()
    if row is None or row.version != seen:
        raise Conflict(row or record.instance)
    if row.retired_at is not None:
        row = areas.restore_area(area=row, by=by)
    facts = _facts(record, "indsatsomraade")
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    return areas.edit_area(area=row, seen=row.version, facts=facts, by=by)


def _head(plan: Plan, record: Any, seen: int, _reason: str, by: User | None) -> Plan:
    return head.edit_head(plan=plan, seen=seen, facts=_facts(record, "plan"), by=by)


def date_stays(record: Any, live: Milestone | None) -> bool:
    """Will the date not be put back, because it is a meeting's or a consultation's?"""
    if live is not None and not live.has_own_date:
        return True
    return record.meeting_id is not None


def asks_for_reason(record: Any, live: Milestone | None) -> bool:
    """Would putting the state back move a date that the public has read?"""
    if live is None or date_stays(record, live) or not published.last_published(live):
        return False
    return (span_of(record), record.written) != (live.when, live.written)
