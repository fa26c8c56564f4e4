"""From the rows of initiatives to the part of a document. Only what is marked public is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kommuneplan.clock import local_day, now
from plans.document.parts import register_part
from plans.document.plan_document import Moved
from plans.models import (
    Cycle,
    EffectNode,
    Initiative,
    InitiativeActivity,
    InitiativeLink,
    Plan,
)
from plans.public.publications import published

from . import lines, part
from .paper import export
from .queries import initiatives_of, whole


def build(plan: Plan, cycle: Cycle | None) -> lines.Initiatives:
    """The public initiatives of a plan in their order."""
    rows = list(whole(initiatives_of(plan).filter(is_public=True)))
    own = [row.own_plan_id for row in rows if row.own_plan_id]
    read = (
        set(published(at=now()).filter(plan__in=own).values_list("plan", flat=True)) if own else ()
    )
    return tuple(line_of(row, known=row.own_plan_id in read) for row in rows)


def lines_of(text: str) -> tuple[str, ...]:
    """What was written one on each line."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def line_of(
    row: Initiative, *, internal: bool = False, known: bool = False
) -> lines.InitiativeLine:
    """One initiative. ``internal``: with what is kept from others, for those who work with it;
    never frozen. ``known``: everybody may read its own plan."""
    own = row.own_plan if known or internal else None
    return lines.InitiativeLine(
        uid=str(row.uid),
        title=row.title,
        aim=row.aim,
        when=row.when,
        written=row.written,
        duration=row.duration,
        state=row.state,
        ended_on=row.ended_on,
        stopped_because=row.stopped_because,
        lead=row.lead,
        participants_count=row.participants_count,
        participants=row.participants,
        target_groups=lines_of(row.target_groups),
        own_plan=lines.Reference(str(own.uid), own.title) if own else None,
        focus_areas=tuple(
            lines.Reference(str(area.uid), area.title)
            for area in row.focus_areas.all()
            if (area.is_public or internal) and area.retired_at is None
        ),
        phases=tuple(_phases(row)),
        activities=tuple(
            _activity(one, internal=internal)
            for one in row.activities.all()
            if one.is_public or internal
        ),
        funding=tuple(
            lines.FundingLine(
                one.kind, one.source, one.amount, one.first_year, one.last_year, one.note
            )
            for one in row.funding.all()
        ),
        partners=tuple(lines.PartnerLine(one.name, one.role) for one in row.partners.all()),
        links=tuple(_link(one, internal=internal) for one in row.links.all()),
        is_example=row.is_example,
    )


def _phases(row: Initiative) -> Iterator[lines.InitiativePhaseLine]:
    for one in row.phases.all():
        yield lines.InitiativePhaseLine(
            str(one.uid), one.title, one.when, one.written, one.aim, one.is_current
        )


def _activity(one: InitiativeActivity, *, internal: bool) -> lines.ActivityLine:
    milestone = one.milestone
    shown = milestone if milestone and (milestone.is_public or internal) else None
    node = one.node if one.node and (_is_read(one.node) or internal) else None
    return lines.ActivityLine(
        uid=str(one.uid),
        title=one.title,
        when=one.when,
        written=one.written,
        kind=one.kind,
        description=one.description,
        audiences=lines_of(one.audiences),
        phase=str(one.phase.uid) if one.phase else "",
        closes_phase=one.closes_phase and one.phase is not None,
        state=one.state,
        done_on=one.done_on,
        dropped_because=one.dropped_because,
        moved=tuple(_moved(move) for move in one.moves.all()),
        milestone=lines.Reference(str(shown.uid), shown.title) if shown else None,
        leads_to=(lines.Reference(str(node.uid), node.title),) if node else (),
    )


def _is_read(node: EffectNode) -> bool:
    """Does it stand in the theory of change that everybody reads?"""
    taken_out = node.retired_at or node.theme.retired_at
    return node.is_public and node.theme.is_public and not taken_out


def _link(one: InitiativeLink, *, internal: bool) -> lines.LinkLine:
    annex = one.annex
    is_read = annex is not None and annex.is_public and annex.retired_at is None
    uid = str(annex.uid) if annex is not None and (is_read or internal) else ""
    return lines.LinkLine(one.kind, one.title, one.address, one.note, uid)


def _moved(move: Any) -> Moved:
    return Moved(
        when=move.when,
        written=move.written,
        reason=move.reason,
        changed_on=local_day(move.changed_at),
    )


def register_parts() -> None:
    """Called once, when the app is ready."""
    register_part(replace(part.PART, build=build, export=export))
