"""What the room of a process plan shows: rows with their findings, and the drawing."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.fields import sort_days
from plans.document.building import live_document
from plans.enums import CycleState, MilestoneState
from plans.lifecycle.plan_state import PlanState
from plans.models import Cycle, Milestone, Plan
from plans.models.plan import PlanQuerySet
from plans.timeline.drawing import Drawing, draw

from .check_facts import live_rows
from .checks import CheckFinding, ProcessFacts
from .findings import FindingRow, PlanFindings, findings_of


@dataclass(slots=True)
class RoomRow:
    """A milestone in the table. ``is_open``: it is being edited in the browser; ``state`` and
    ``done_on`` as they are on the day."""

    milestone: Milestone
    published: bool = False
    findings: list[FindingRow] = field(default_factory=list)
    can_go_up: bool = False
    can_go_down: bool = False
    waits_for: list[tuple[str, int]] = field(default_factory=list)
    is_open: bool = False
    state: str = MilestoneState.PLANNED.value
    done_on: dt.date | None = None

    @property
    def open_findings(self) -> list[FindingRow]:
        """Those nobody has let stand."""
        return [one for one in self.findings if one.accepted is None]


@dataclass(slots=True)
class ProcessTable:
    """The process plan with everything around it."""

    plan: Plan
    cycle: Cycle | None
    rows: list[RoomRow]
    found: PlanFindings
    drawing: Drawing | None
    facts: ProcessFacts
    in_force: list[RoomRow] = field(default_factory=list)  # to come, of the plan being revised
    drawing_in_force: Drawing | None = None  # the same, drawn

    @property
    def open_whole(self) -> list[FindingRow]:
        """Open findings that no milestone of the table is at the head of."""
        return [one for one in self.found.open if not one.finding.milestones]

    def finding(self, code: str, key: str) -> CheckFinding | None:
        """The finding as it is now, or None when things have changed."""
        found = (one.finding for one in self.found.shown)
        return next((one for one in found if (one.code, one.key) == (code, key)), None)


def room(
    state: PlanState,
    *,
    readable: PlanQuerySet,
    municipality: Municipality,
    at: dt.datetime,
    opened: Any = (),
) -> ProcessTable:
    """The room of a plan; what is closed is not checked any more. As many queries with one
    milestone as with three hundred.

    ``readable``: the plans that may be told of; ``opened``: uids of rows being written in.
    """
    plan, cycle = state.plan, state.cycle
    milestones = live_rows(cycle)
    state.use(milestones)
    found, facts = findings_of(plan, milestones, readable=readable, municipality=municipality)
    if cycle is None or cycle.closed_at is not None:
        found = PlanFindings(plan, [])
    titles = {str(row.uid): row.title for row in milestones}
    rows = []
    for row in milestones:
        uid = str(row.uid)
        mine = [one for one in found.shown if one.finding.milestones[:1] == (uid,)]
        waits = [(titles[link.after], link.days) for link in facts.depends if link.step == uid]
        one = RoomRow(row, row.was_published, mine, waits_for=waits, is_open=uid in opened)
        one.state, one.done_on = row.state_on(local_day(at))
        rows.append(one)
    for above, below in itertools.pairwise(rows):
        same = _days(above) == _days(below)
        above.can_go_down, below.can_go_up = same, same
    in_force = _in_force(state, opened, at)
    to_come = [row.milestone for row in in_force]
    return ProcessTable(
        plan,
        cycle,
        rows,
        found,
        _drawn(plan, cycle, milestones, at),
        facts,
        in_force,
        _drawn(plan, to_come[0].cycle, to_come, at) if to_come else None,
    )


def _drawn(
    plan: Plan, cycle: Cycle | None, milestones: list[Milestone], at: dt.datetime
) -> Drawing | None:
    if not milestones:
        return None
    return draw(live_document(plan, cycle, milestones), today=local_day(at), below=[])


def _in_force(state: PlanState, opened: Any, at: dt.datetime) -> list[RoomRow]:
    """What is still to happen by the plan in force, while it is being revised."""
    if not state.is_revision:
        return []
    rows = []
    for cycle in state.cycles:
        for row in live_rows(cycle) if cycle.state == CycleState.ADOPTED else ():
            one = RoomRow(row, row.was_published, is_open=str(row.uid) in opened)
            one.state, one.done_on = row.state_on(local_day(at))
            if one.state == MilestoneState.PLANNED:
                rows.append(one)
    return rows


def _days(row: RoomRow) -> tuple[dt.date, dt.date]:
    return sort_days(row.milestone.takes_place)
