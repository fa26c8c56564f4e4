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
from plans.enums import MilestoneState
from plans.lifecycle.plan_state import PlanState
from plans.models import AcceptedFinding, Cycle, Milestone, Plan
from plans.models.plan import PlanQuerySet
from plans.timeline.drawing import Drawing, draw

from .check_facts import gather_facts, live_rows
from .checks import CheckFinding, ProcessFacts, check


@dataclass(slots=True)
class FindingRow:
    """A finding as it is shown: open, or let stand by somebody."""

    finding: CheckFinding
    accepted: AcceptedFinding | None = None


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
    whole: list[FindingRow]  # findings of no single milestone
    drawing: Drawing | None
    facts: ProcessFacts

    @property
    def shown(self) -> list[FindingRow]:
        """All findings, each once."""
        found = [*self.whole, *(one for row in self.rows for one in row.findings)]
        return list({id(one): one for one in found}.values())

    @property
    def open(self) -> int:
        """How many nobody has let stand."""
        return sum(one.accepted is None for one in self.shown)

    @property
    def accepted(self) -> list[FindingRow]:
        """Those that somebody has let stand."""
        return [one for one in self.shown if one.accepted is not None]

    @property
    def open_whole(self) -> list[FindingRow]:
        """Open findings of the plan as a whole."""
        return [one for one in self.whole if one.accepted is None]

    def finding(self, code: str, key: str) -> CheckFinding | None:
        """The finding as it is now, or None when things have changed."""
        found = (one.finding for one in self.shown)
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
    facts = gather_facts(plan, milestones, readable, municipality)
    is_open = cycle is not None and cycle.closed_at is None
    shown = _shown(plan, check(facts)) if is_open else []
    titles = {str(row.uid): row.title for row in milestones}
    rows = []
    for row in milestones:
        uid = str(row.uid)
        mine = [one for one in shown if one.finding.milestones[:1] == (uid,)]
        waits = [(titles[link.after], link.days) for link in facts.depends if link.step == uid]
        one = RoomRow(row, row.was_published, mine, waits_for=waits, is_open=uid in opened)
        one.state, one.done_on = row.state_on(local_day(at))
        rows.append(one)
    for above, below in itertools.pairwise(rows):
        same = _days(above) == _days(below)
        above.can_go_down, below.can_go_up = same, same
    whole = [one for one in shown if not one.finding.milestones]
    drawing = draw(live_document(plan, cycle, milestones), today=local_day(at), below=[])
    return ProcessTable(plan, cycle, rows, whole, drawing if milestones else None, facts)


def _days(row: RoomRow) -> tuple[dt.date, dt.date]:
    return sort_days(row.milestone.takes_place)


def _shown(plan: Plan, findings: list[CheckFinding]) -> list[FindingRow]:
    known = {
        (one.code, one.key): one for one in plan.accepted_findings.select_related("accepted_by")
    }
    return [FindingRow(one, known.get((one.code, one.key))) for one in findings]
