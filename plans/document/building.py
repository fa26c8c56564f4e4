"""From live rows to a PlanDocument. Only what is marked public is gathered."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day, today
from plans.enums import Audience, CycleKind, CycleState, MilestoneState
from plans.models import Cycle, DateChange, FocusArea, FrozenMilestone, Milestone, Plan, Section

from . import plan_document as doc
from .parts import parts


def gather(plan: Plan) -> doc.PlanDocument:
    """The plan as it would be frozen now: the head, and each part as it builds itself."""
    cycle = plan.shown_cycle
    values = {part.key: part.build(plan, cycle) for part in parts() if part.build}
    return doc.PlanDocument(gather_head(plan, cycle)).with_values(values)


def filed_under(plan: Plan) -> dict[str, Any]:
    """What a plan is filed under, by the names of a head's fields."""
    return {
        "document_date": plan.document_date,
        "case_number": plan.case_number,
        "document_number": plan.document_number,
        "sender_unit": plan.sender_unit,
        "recipients": tuple(filter(None, map(str.strip, plan.recipients.splitlines()))),
        "annex_number": plan.annex_number,
        "case_worker": plan.case_worker,
    }


def gather_head(plan: Plan, cycle: Cycle | None) -> doc.PlanSummary:
    """The head: names of bodies and roles, never of persons."""
    replaced = [*plan.replaces.order_by("sort_key").values_list("title", flat=True)]
    if plan.replaces_in_words:
        replaced.append(plan.replaces_in_words)
    return doc.PlanSummary(
        uid=str(plan.uid),
        title=plan.title,
        kind=plan.kind,
        state=cycle.state if cycle else "draft",
        body=plan.body.name,
        body_abbreviation=plan.body.abbreviation,
        parent_uid=str(plan.parent.uid) if plan.parent else None,
        replaces=tuple(replaced),
        proposal=plan.proposal,
        still_open=plan.still_open,
        decided_by=plan.decided_by,
        first_year=plan.first_year,
        last_year=plan.last_year,
        **filed_under(plan),
    )


def gather_process_plan(cycle: Cycle | None) -> doc.ProcessPlan:
    """The public milestones in the order of time, and the phases they stand in.

    A revision has its own process plan, and what everybody reads never loses a milestone by it:
    those of the plan in force stay, with the revision's in phases of their own. Of a revision
    that was given up remains what had been published, as cancelled.
    """
    if cycle is None:
        return doc.ProcessPlan()
    parts = [_of_cycle(one) for one in _told_together(cycle)]
    lines = [line for part in parts for line in part.milestones]
    return doc.ProcessPlan(
        phases=tuple(phase for part in parts for phase in part.phases),
        milestones=tuple(sorted(lines, key=_by_time)),
    )


def _told_together(cycle: Cycle) -> list[Cycle]:
    """A cycle, and the others of its plan that are told with it, in order: of a plan that was
    adopted once, all but first attempts that were given up."""
    every = list(cycle.plan.cycles.order_by("number"))
    first = next((one.number for one in every if one.state == CycleState.ADOPTED), None)
    if first is None:
        return [cycle]
    return [one for one in every if one.number >= first or one.pk == cycle.pk]


def _of_cycle(cycle: Cycle) -> doc.ProcessPlan:
    found = cycle.milestones.filter(is_public=True)
    if cycle.kind == CycleKind.REVISION and cycle.state == CycleState.WITHDRAWN:
        public = FrozenMilestone.objects.filter(
            uid=OuterRef("uid"), version__publications__audience=Audience.PUBLIC
        )
        found = found.filter(Exists(public))
    rows = list(
        found.select_related("phase", "meeting", "within").prefetch_related(
            "bodies", "date_changes__decided_at__body"
        )
    )
    lines = [_line(row, public={row.uid for row in rows}) for row in rows]
    used = {line.phase for line in lines}
    phases = [
        doc.PhaseLine(str(phase.uid), phase.title, phase.purpose)
        for phase in cycle.phases.all()
        if str(phase.uid) in used
    ]
    if cycle.kind == CycleKind.REVISION:
        phases, lines = _as_revision(cycle, phases, lines)
    return doc.ProcessPlan(tuple(phases), tuple(lines))


def _as_revision(
    cycle: Cycle, phases: list[doc.PhaseLine], lines: list[doc.MilestoneLine]
) -> tuple[list[doc.PhaseLine], list[doc.MilestoneLine]]:
    """A revision's steps in phases of their own: those without one in one of the revision's name.
    What was planned in one that was given up is cancelled."""
    name = _("Revision")
    phases = [
        dataclasses.replace(phase, title=_("Revision: %(phase)s") % {"phase": phase.title})
        for phase in phases
    ]
    if any(line.phase is None for line in lines):
        phases = [doc.PhaseLine(str(cycle.uid), name), *phases]
        lines = [dataclasses.replace(one, phase=one.phase or str(cycle.uid)) for one in lines]
    if cycle.state == CycleState.WITHDRAWN:
        lines = [
            dataclasses.replace(one, state=MilestoneState.CANCELLED.value)
            if one.state == MilestoneState.PLANNED
            else one
            for one in lines
        ]
    return phases, lines


def live_document(plan: Plan, cycle: Cycle | None, rows: list[Milestone]) -> doc.PlanDocument:
    """All milestones of a plan, internal ones too: for the drawing in the workspace alone.

    Never frozen and never shown to anybody who may not work with the plan. ``rows`` come in
    order, with all they point to already fetched.
    """
    day, uids = today(), {row.uid for row in rows}
    lines = tuple(_as_of(row, _line(row, public=uids), day) for row in rows)
    return doc.PlanDocument(
        head=doc.PlanSummary(
            str(plan.uid), plan.title, plan.kind, cycle.state if cycle else "draft"
        ),
        process_plan=doc.ProcessPlan(
            phases=phases_of(rows),
            milestones=lines,
        ),
    )


def phases_of(rows: Iterable[Milestone]) -> tuple[doc.PhaseLine, ...]:
    """The phases that these rows stand in, in their order."""
    phases = {row.phase.pk: row.phase for row in rows if row.phase}
    in_order = sorted(phases.values(), key=lambda one: (one.position, one.pk))
    return tuple(doc.PhaseLine(str(one.uid), one.title, one.purpose) for one in in_order)


def _by_time(line: doc.MilestoneLine) -> tuple[object, ...]:
    from kommuneplan.timespan.fields import sort_days

    return sort_days(line.when)


def _as_of(row: Milestone, line: doc.MilestoneLine, day: dt.date) -> doc.MilestoneLine:
    state, done_on = row.state_on(day)
    return dataclasses.replace(line, state=state, done_on=done_on)


def _line(row: Milestone, public: set[object]) -> doc.MilestoneLine:
    meeting = row.meeting
    shown = meeting if meeting and meeting.is_public else None
    told = shown if meeting else row  # the time and the place of the meeting that it is, or its own
    return doc.MilestoneLine(
        uid=str(row.uid),
        title=row.title,
        when=row.takes_place,
        written=row.written,
        kind=row.kind,
        description=row.description,
        bodies=tuple(
            [body.name for body in row.bodies.all()] + ([row.others] if row.others else [])
        ),
        phase=str(row.phase.uid) if row.phase else None,
        within=str(row.within.uid) if row.within and row.within.uid in public else None,
        conditional=row.conditional,
        state=row.state,
        done_on=row.done_on,
        meeting=meeting is not None,
        begins_at=f"{told.begins_at:%H.%M}" if told and told.begins_at else "",
        place=told.place if told else "",
        moved=tuple(moved_of(change) for change in row.date_changes.all()),
    )


def moved_of(change: DateChange) -> doc.Moved:
    """A published date that was moved, as documents hold it."""
    decided = change.decided_at
    return doc.Moved(
        when=change.when,
        written=change.written,
        reason=change.reason,
        decided_at=f"{decided.body.name} {decided.date:%d-%m-%Y}" if decided else "",
        changed_on=local_day(change.changed_at),
    )


def gather_text(plan: Plan) -> Iterable[doc.SectionLine]:
    """The public sections in reading order, numbered; what stands under a hidden one is hidden."""
    return (line for _section, line in _numbered(_children(plan), None, "", whole=False))


def gather_draft(plan: Plan) -> tuple[doc.PlanDocument, list[str]]:
    """The head and the text as it is being written, and the numbers of sections marked internal.

    For those alone who write it; never frozen. Numbers count all sections, as they do there. No
    other part comes along, so that what is taken out in Word can be read in again as it is.
    """
    lines = list(_numbered(_children(plan), None, "", whole=True))
    internal = [line.number for section, line in lines if not section.is_public]
    head = gather_head(plan, plan.shown_cycle)
    return doc.PlanDocument(head=head, text=tuple(line for _section, line in lines)), internal


def _children(plan: Plan) -> dict[int | None, list[Section]]:
    """The sections that stand, by the section they stand under."""
    children: dict[int | None, list[Section]] = {}
    for section in plan.sections.filter(retired_at__isnull=True).order_by("position", "pk"):
        children.setdefault(section.parent_id, []).append(section)
    return children


def gather_focus(plan: Plan) -> Iterable[doc.FocusLine]:
    """The public focus areas, as they are without a yearly status."""
    for area in plan.focus_areas.filter(is_public=True, retired_at__isnull=True):
        yield focus_line(area)


def focus_line(area: FocusArea, **said: object) -> doc.FocusLine:
    """One focus area; ``said``: what a yearly status says of it."""
    return doc.FocusLine(
        uid=str(area.uid),
        title=area.title,
        theme=area.theme,
        goals=area.goals,
        first_year=area.first_year,
        last_year=area.last_year,
        ended_on=area.ended_on,
        **said,  # type: ignore[arg-type]
    )


def _numbered(
    children: dict[int | None, list[Section]], above: int | None, prefix: str, *, whole: bool
) -> Iterator[tuple[Section, doc.SectionLine]]:
    shown = [section for section in children.get(above, []) if whole or section.is_public]
    for place, section in enumerate(shown, start=1):
        number = f"{prefix}{place}"
        line = doc.SectionLine(
            uid=str(section.uid),
            number=number,
            depth=number.count(".") + 1,
            title=section.title,
            blocks=tuple(doc.TextBlock(b.anchor, b.html) for b in section.anchored_blocks()),
        )
        yield section, line
        yield from _numbered(children, section.pk, f"{number}.", whole=whole)
