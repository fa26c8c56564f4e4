"""From the rows of initiatives to the part of a document. Only what is marked public is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kommuneplan.clock import local_day
from plans.document.parts import register_part
from plans.document.plan_document import Moved
from plans.models import Cycle, Initiative, InitiativeActivity, Plan

from . import part
from .paper import export
from .queries import initiatives_of, whole


def build(plan: Plan, cycle: Cycle | None) -> part.Initiatives:
    """The public initiatives of a plan in their order."""
    rows = whole(initiatives_of(plan).filter(is_public=True))
    return tuple(line_of(row) for row in rows)


def lines_of(text: str) -> tuple[str, ...]:
    """What was written one on each line."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def line_of(row: Initiative, *, internal: bool = False) -> part.InitiativeLine:
    """One initiative. ``internal``: with what is kept from others, for those who work with it;
    never frozen."""
    own = row.own_plan
    return part.InitiativeLine(
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
        own_plan=part.Reference(str(own.uid), own.title) if own else None,
        focus_areas=tuple(
            part.Reference(str(area.uid), area.title)
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
            part.FundingLine(
                one.kind, one.source, one.amount, one.first_year, one.last_year, one.note
            )
            for one in row.funding.all()
        ),
        partners=tuple(part.PartnerLine(one.name, one.role) for one in row.partners.all()),
        links=tuple(
            part.LinkLine(one.kind, one.title, one.address, one.note) for one in row.links.all()
        ),
        is_example=row.is_example,
    )


def _phases(row: Initiative) -> Iterator[part.InitiativePhaseLine]:
    for one in row.phases.all():
        yield part.InitiativePhaseLine(
            str(one.uid), one.title, one.when, one.written, one.aim, one.is_current
        )


def _activity(one: InitiativeActivity, *, internal: bool) -> part.ActivityLine:
    milestone = one.milestone
    shown = milestone if milestone and (milestone.is_public or internal) else None
    return part.ActivityLine(
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
        milestone=part.Reference(str(shown.uid), shown.title) if shown else None,
    )


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
