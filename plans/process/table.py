"""What the room of a process plan shows: rows with their findings, and the drawing."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.span import TimeSpan
from plans.document.building import live_document, phases_of
from plans.document.date_words import apart, short
from plans.enums import CycleState, MilestoneState
from plans.lifecycle.plan_state import PlanState
from plans.models import Cycle, Milestone, Plan
from plans.models.plan import PlanQuerySet
from plans.timeline.drawing import Drawing, draw
from plans.timeline.phases import under_headings

from .check_facts import live_rows, there_is
from .checks import CheckFinding, ProcessFacts
from .findings import FindingRow, PlanFindings, findings_of


class RowAddresses:
    """The addresses of a milestone, ``to.milestone_move`` for ``plans:milestone-move``. Asked of
    the resolver once for all the rows of a page."""

    NOBODY = str(uuid.UUID(int=0))

    def __init__(self, slug: str, uid: str, known: dict[str, str]) -> None:
        self.slug, self.uid, self.known = slug, uid, known

    def __getitem__(self, name: str) -> str:
        if name not in self.known:
            where = {"slug": self.slug, "uid": self.NOBODY}
            self.known[name] = reverse(f"plans:{name.replace('_', '-')}", kwargs=where)
        return self.known[name].replace(self.NOBODY, self.uid)


ONE_LINE = 36  # letters of those who take part that fit on the line of a row


@dataclass(frozen=True, slots=True)
class Taking:
    """Those who take part, on one line; ``rest`` stands behind the first where they are many."""

    first: str
    rest: str = ""


@dataclass(slots=True)
class RoomRow:
    """A milestone in the table. ``is_open``: it is being edited in the browser; ``state`` and
    ``done_on`` as they are on the day, ``is_late``: it should be over and nobody has said so."""

    milestone: Milestone
    to: RowAddresses
    published: bool = False
    findings: list[FindingRow] = field(default_factory=list)
    can_go_up: bool = False
    can_go_down: bool = False
    waits_for: list[tuple[str, int]] = field(default_factory=list)
    is_open: bool = False
    state: str = MilestoneState.PLANNED.value
    done_on: dt.date | None = None
    is_late: bool = False
    when: TimeSpan | None = None

    is_gone = False

    def on(self, day: dt.date) -> RoomRow:
        """The row as it stands on a day."""
        self.state, self.done_on = self.milestone.state_on(day)
        self.when = self.milestone.takes_place
        over = self.when is not None and self.when.is_over(day)
        self.is_late = over and self.state == MilestoneState.PLANNED
        return self

    @property
    def uid(self) -> str:
        """Its name in addresses and on the page."""
        return str(self.milestone.uid)

    @property
    def phase(self) -> str:
        """The uid of the phase it stands in."""
        phase = self.milestone.phase
        return str(phase.uid) if phase else ""

    @property
    def date_words(self) -> str:
        """The date on one line; its own words where it has none."""
        return short(self.when) if self.when else self.milestone.written

    @property
    def written_apart(self) -> str:
        """The words as written, where they say something else than the date."""
        return apart(self.when, self.milestone.written) if self.when else ""

    @property
    def who(self) -> Taking:
        """Everybody who takes part: the bodies, political ones first, then others."""
        bodies = sorted(self.milestone.bodies.all(), key=lambda body: body.rank)
        names = [body.name for body in bodies]
        if self.milestone.others:
            names.append(self.milestone.others)
        every = ", ".join(names)
        if len(names) < 2 or len(every) <= ONE_LINE:
            return Taking(every)
        return Taking(names[0], ", ".join(names[1:]))

    @property
    def open_findings(self) -> list[FindingRow]:
        """Those nobody has let stand."""
        return [one for one in self.findings if one.accepted is None]

    @property
    def done_on_another_day(self) -> bool:
        """It was done on a day that the row does not say already."""
        day = self.when.latest if self.when else None
        return self.done_on is not None and day != self.done_on

    @property
    def is_ended(self) -> bool:
        """It is done or cancelled."""
        return self.state != MilestoneState.PLANNED


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """A milestone that was deleted a while ago (its history record), where it stood."""

    record: Any
    to: RowAddresses

    is_gone = True

    @property
    def uid(self) -> str:
        """As ``RoomRow.uid``."""
        return str(self.record.uid)


@dataclass(slots=True)
class RowGroup:
    """The rows of a phase, in the order and under the heading of the drawing."""

    title: str
    live: list[RoomRow]
    is_wanted: bool = False  # something in it is being worked on
    gone: list[DeletedRow] = field(default_factory=list)

    @property
    def rows(self) -> list[RoomRow | DeletedRow]:
        """What stands there, and what stood there a moment ago, in the order of time."""
        rows: list[RoomRow | DeletedRow] = list(self.live)
        for one in self.gone:
            days = (one.record.sort_begin, one.record.sort_end)
            later = (n for n, row in enumerate(rows) if not row.is_gone and _days(row) > days)
            rows.insert(next(later, len(rows)), one)
        return rows

    @property
    def is_ended(self) -> bool:
        """Nothing in it is still to come, and nothing to look at."""
        return all(row.is_ended and not row.open_findings for row in self.live)

    @property
    def is_folded(self) -> bool:
        """Only its heading is shown until somebody asks."""
        return bool(self.title) and self.is_ended and not self.is_wanted and not self.gone


@dataclass(slots=True)
class ProcessTable:
    """The process plan with everything around it."""

    plan: Plan
    cycle: Cycle | None
    rows: list[RoomRow]
    groups: list[RowGroup]
    found: PlanFindings
    drawing: Drawing | None
    facts: ProcessFacts
    in_force: list[RoomRow] = field(default_factory=list)  # to come, of the plan being revised
    drawing_in_force: Drawing | None = None  # the same, drawn

    @property
    def has_dates(self) -> bool:
        """There is something to draw."""
        return any(row.when for row in [*self.rows, *self.in_force])

    @property
    def group_in_force(self) -> RowGroup:
        """What is still to come of the plan being revised, under no heading."""
        return RowGroup("", list(self.in_force))

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
    focus: str = "",
    is_drawn: bool = False,
) -> ProcessTable:
    """The room of a plan; what is closed is not checked any more. As many queries with one
    milestone as with three hundred.

    ``readable``: the plans that may be told of; ``opened``: uids of rows being written in;
    ``focus``: the one that was written in last; ``is_drawn``: somebody asked for the drawing.
    """
    plan, cycle = state.plan, state.cycle
    milestones = live_rows(cycle, with_moves=is_drawn)
    state.use(milestones)
    found, facts = findings_of(plan, milestones, readable=readable, municipality=municipality)
    if cycle is None or cycle.closed_at is not None:
        found = PlanFindings(plan, [])
    for number, one in enumerate(found.open, start=1):
        one.number = number
    titles = {str(row.uid): row.title for row in milestones}
    about: dict[str, list[FindingRow]] = {}
    for one in found.shown:
        about.setdefault("".join(one.finding.milestones[:1]), []).append(one)
    waits: dict[str, list[tuple[str, int]]] = {}
    for link in facts.depends:
        waits.setdefault(link.step, []).append((titles[link.after], link.days))
    day, known, rows = local_day(at), {}, []
    for milestone in milestones:
        uid = str(milestone.uid)
        row = RoomRow(
            milestone,
            _to(plan, milestone, known),
            milestone.was_published,
            about.get(uid, []),
            waits_for=waits.get(uid, []),
            is_open=uid in opened,
        )
        rows.append(row.on(day))
    for above, below in itertools.pairwise(rows):
        same = _days(above) == _days(below)
        above.can_go_down, below.can_go_up = same, same
    gone = deleted_milestones(cycle, at) if cycle and there_is("gone", milestones) else []
    in_force = _in_force(state, opened, at, is_drawn)
    to_come = [row.milestone for row in in_force]
    wanted = {focus, *opened}
    return ProcessTable(
        plan,
        cycle,
        rows,
        grouped(rows, wanted, [DeletedRow(one, _to(plan, one, known)) for one in gone]),
        found,
        _drawn(plan, cycle, milestones, at) if is_drawn else None,
        facts,
        in_force,
        _drawn(plan, to_come[0].cycle, to_come, at) if to_come and is_drawn else None,
    )


JUST_NOW = dt.timedelta(hours=1)
"""How long what was deleted is offered where it stood; later it is put back in the history."""


def deleted_milestones(cycle: Cycle, at: dt.datetime) -> list[Any]:
    """The history rows of what was deleted a moment ago in a cycle and is not back."""
    gone = Milestone.history.filter(cycle_id=cycle.pk, history_type="-")
    gone = gone.filter(history_date__gt=at - JUST_NOW)
    gone = gone.exclude(uid__in=cycle.milestones.values("uid"))
    found: dict[Any, Any] = {}
    for record in gone.order_by("-history_date", "-history_id"):
        found.setdefault(record.uid, record)
    return list(found.values())


def _to(plan: Plan, row: Any, known: dict[str, str]) -> RowAddresses:
    return RowAddresses(plan.slug, str(row.uid), known)


def grouped(
    rows: list[RoomRow],
    wanted: Iterable[str],
    gone: Iterable[DeletedRow] = (),
) -> list[RowGroup]:
    """The rows under the headings of the drawing: one order for both. What is gone stands in its
    phase, or among the last where that has no row any more."""
    wanted = set(wanted)
    groups = [
        RowGroup(part.title, part.rows, any(row.uid in wanted for row in part.rows))
        for part in under_headings(phases_of(row.milestone for row in rows), rows)
    ]
    phases = {row.milestone.phase_id: group for group in groups for row in group.live}
    for one in gone:
        if not groups:
            groups.append(RowGroup("", []))
        phases.get(one.record.phase_id, groups[-1]).gone.append(one)
    return groups


def _drawn(
    plan: Plan, cycle: Cycle | None, milestones: list[Milestone], at: dt.datetime
) -> Drawing | None:
    if not milestones:
        return None
    return draw(live_document(plan, cycle, milestones), today=local_day(at), below=[])


def _in_force(state: PlanState, opened: Any, at: dt.datetime, is_drawn: bool) -> list[RoomRow]:
    """What is still to happen by the plan in force, while it is being revised."""
    if not state.is_revision:
        return []
    known: dict[str, str] = {}
    rows = []
    for cycle in state.cycles:
        if cycle.state != CycleState.ADOPTED:
            continue
        for row in live_rows(cycle, with_moves=is_drawn):
            to = _to(state.plan, row, known)
            one = RoomRow(row, to, row.was_published, is_open=str(row.uid) in opened)
            rows.append(one.on(local_day(at)))
    return [one for one in rows if not one.is_ended]


def _days(row: RoomRow) -> tuple[dt.date, dt.date]:
    return sort_days(row.milestone.takes_place)
