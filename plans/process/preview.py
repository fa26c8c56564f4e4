"""What the checks would say after a move that has not been made: the same functions on the same
rows, with the dates they would have (``plans.process.findings``)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass

from kommuneplan.core.models import Meeting, Municipality
from plans.models import Milestone, Plan
from plans.models.plan import PlanQuerySet

from .check_facts import at_meetings, in_order, live_rows
from .findings import FindingRow, PlanFindings, all_findings, findings_of
from .moving import Effect


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What is found as it stands, and what would be found after the move."""

    before: PlanFindings
    after: PlanFindings

    @property
    def arises(self) -> list[FindingRow]:
        """What the move would give, the surest first."""
        known = {one.finding.key for one in self.before.shown}
        return [one for one in self.after.open if one.finding.key not in known]

    @property
    def solved(self) -> list[FindingRow]:
        """What is open now, and would not be found any more."""
        left = {_thing(one) for one in self.after.shown}
        return [one for one in self.before.open if _thing(one) not in left]


def _thing(row: FindingRow) -> tuple[str, ...]:
    one = row.finding
    return (one.code, one.target, *one.milestones, *one.sections, *one.rounds)


def moved(rows: Iterable[Milestone], effects: Iterable[Effect]) -> list[Milestone]:
    """The rows as they would be, in their new order. The rows themselves are left alone."""
    changes = {one.uid: one for one in effects if one.changes}
    found = []
    for row in rows:
        change = changes.get(str(row.uid))
        if change is not None:
            row = copy.copy(row)
            row.when, row.written = change.after, change.words
        found.append(row)
    return in_order(found)


def preview_of(
    plan: Plan,
    rows: list[Milestone],
    effects: Iterable[Effect],
    *,
    readable: PlanQuerySet,
    municipality: Municipality | None = None,
) -> MovePreview:
    """The findings before and after a move with these effects."""
    house = municipality or Municipality.current()
    before, _facts = findings_of(plan, rows, readable=readable, municipality=house)
    after, _facts = findings_of(plan, moved(rows, effects), readable=readable, municipality=house)
    return MovePreview(before, after)


def preview_of_meeting(
    plans: PlanQuerySet, meeting: Meeting, *, readable: PlanQuerySet, municipality: Municipality
) -> list[MovePreview]:
    """The findings of each plan before and after a meeting is on the day that ``meeting`` says;
    as many queries for many plans as for one."""
    asked = {"readable": readable, "municipality": municipality}
    before = all_findings(plans, **asked)
    after = all_findings(plans, instead={meeting.pk: meeting}, **asked)
    return [MovePreview(*pair) for pair in zip(before, after, strict=True)]


def preview_of_another(
    milestone: Milestone,
    meeting: Meeting,
    *,
    readable: PlanQuerySet,
    municipality: Municipality,
) -> MovePreview:
    """The findings before and after a milestone is another meeting of its body, which may be
    still to be made."""
    plan, rows = milestone.cycle.plan, live_rows(milestone.cycle)
    asked = {"readable": readable, "municipality": municipality}
    before, _facts = findings_of(plan, rows, **asked)
    own = [row for row in rows if row.pk == milestone.pk]
    there = at_meetings(own, {milestone.meeting_id: meeting})
    rest = [row for row in rows if row.pk != milestone.pk]
    instead = {} if meeting.pk else {None: meeting}
    after, _facts = findings_of(plan, in_order([*rest, *there]), instead=instead, **asked)
    return MovePreview(before, after)
