"""What rounds say of a plan's consultations, over what a frozen document says of them.

A consultation's dates are public with the round's act. The document that everybody reads now
therefore shows the dates of milestones that follow their consultation; a frozen version read for
its own sake shows what it said. Nothing but the dates, their changes and whether the consultation
takes place is taken from the live milestone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneState
from plans.models import FrozenMilestone, Milestone, PlanVersion

from . import plan_document as doc
from .building import moved_of

COLUMNS = (
    "earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision", "modifier",
    "written", "sort_begin", "sort_end", "state",
)  # fmt: skip
"""What is told of a consultation: the columns of its milestone that lists show."""


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A consultation's dates as they are told now: its milestone, the dates that were published
    before, and when the last of them was changed."""

    milestone: Milestone
    moved: tuple[doc.Moved, ...]
    changed_at: dt.datetime | None

    @property
    def version(self) -> int:
        """Grows with each change."""
        return self.milestone.version

    def write_to(self, row: FrozenMilestone) -> None:
        """Let the row of a list say what is told."""
        for name in COLUMNS:
            setattr(row, name, getattr(self.milestone, name))

    @property
    def when(self) -> TimeSpan | None:
        """The days of the consultation."""
        return self.milestone.when

    @property
    def plan(self) -> str:
        """The uid of its plan: what is told of many plans is told of each apart."""
        return str(self.milestone.cycle.plan.uid)

    @property
    def by_itself(self) -> bool:
        """It is told where the document that was published knows nothing of it: everybody may
        answer, whoever has published the process plan since. Its own words wait until somebody
        has."""
        return self.milestone.is_public and self.milestone.cycle.closed_at is None

    @property
    def line(self) -> doc.MilestoneLine:
        """What is told of it then."""
        row = self.milestone
        return doc.MilestoneLine(
            uid=str(row.uid),
            title=_("Consultation"),
            when=row.when,
            written=row.written,
            kind=row.kind,
            state=row.state,
        )


ToldDates = Mapping[str, ToldDate]
"""By the uid of the milestone."""


def told_dates(plans: Collection[Any]) -> dict[str, ToldDate]:
    """The consultations of some plans (keys) that have the dates of their rounds; two queries."""
    rows = Milestone.objects.filter(cycle__plan__in=plans, follows_consultation=True)
    rows = rows.select_related("cycle__plan").prefetch_related("date_changes__decided_at__body")
    return {str(row.uid): _told(row) for row in rows}


def _told(row: Milestone) -> ToldDate:
    changes = list(row.date_changes.all())
    moved = tuple(moved_of(change) for change in changes)
    return ToldDate(row, moved, changes[-1].changed_at if changes else None)


def with_told_dates(
    document: doc.PlanDocument, told: ToldDates, *, on: dt.date | None = None
) -> doc.PlanDocument:
    """The document with its consultations as they are told on a day, in the order of time, and
    those that are told by themselves; without a day as they are stored, to be compared with the
    plan as it is being written."""
    known = {line.uid for line in document.process_plan.milestones}
    own = [one for uid, one in told.items() if uid not in known and one.plan == document.head.uid]
    more = [one.line for one in own if one.by_itself]
    return _with_lines(document, more, told, on)


def _with_lines(
    document: doc.PlanDocument,
    more: Collection[doc.MilestoneLine],
    told: ToldDates,
    on: dt.date | None,
) -> doc.PlanDocument:
    plan = document.process_plan
    if not more and not any(line.uid in told for line in plan.milestones):
        return document
    lines = [_line(line, told.get(line.uid), on) for line in (*plan.milestones, *more)]
    lines.sort(key=lambda line: sort_days(line.when))
    changed = dataclasses.replace(plan, milestones=tuple(lines))
    return document.with_values({"process_plan": changed})


def as_given_up(document: doc.PlanDocument) -> doc.PlanDocument:
    """The document of a plan that is withdrawn: what was still to come does not take place."""
    lines = tuple(
        dataclasses.replace(line, state=MilestoneState.CANCELLED.value)
        if line.state == MilestoneState.PLANNED
        else line
        for line in document.process_plan.milestones
    )
    plan = dataclasses.replace(document.process_plan, milestones=lines)
    return document.with_values({"process_plan": plan})


def draft_as_told(version: PlanVersion, *, on: dt.date) -> doc.PlanDocument:
    """What a version holds, for those who read that very version: its consultations as they are
    told on a day, and what it says of them itself among their earlier dates."""
    said = doc.from_json(version.content)
    document = _with_lines(said, (), told_dates([version.plan_id]), on)
    before = {line.uid: line for line in said.process_plan.milestones}
    lines = tuple(_with_own(line, before[line.uid]) for line in document.process_plan.milestones)
    plan = dataclasses.replace(document.process_plan, milestones=lines)
    return document.with_values({"process_plan": plan})


def told_otherwise(
    document: doc.PlanDocument, told: ToldDates, *, on: dt.date
) -> Iterator[tuple[doc.MilestoneLine, doc.MilestoneLine]]:
    """The consultations of which something else is told on a day than a document says: what it
    says, and what is told."""
    for line in document.process_plan.milestones:
        now = _line(line, told.get(line.uid), on)
        was_cancelled = line.state == MilestoneState.CANCELLED
        if now.when != line.when or (now.state == MilestoneState.CANCELLED) != was_cancelled:
            yield line, now


def _with_own(line: doc.MilestoneLine, said: doc.MilestoneLine) -> doc.MilestoneLine:
    known = [(moved.when, moved.written) for moved in line.moved]
    if said.when == line.when or (said.when, said.written) in known:
        return line
    own = doc.Moved(said.when, said.written, _("The draft says so."))
    return dataclasses.replace(line, moved=(own, *line.moved))


def document_as_told(version: PlanVersion, *, on: dt.date | None = None) -> doc.PlanDocument:
    """What a version holds, with the consultations of its plan as they are told; ``on`` as in
    ``with_told_dates``."""
    told = told_dates([version.plan_id])
    return with_told_dates(doc.from_json(version.content), told, on=on)


def _line(line: doc.MilestoneLine, told: ToldDate | None, on: dt.date | None) -> doc.MilestoneLine:
    if told is None:
        return line
    row = told.milestone
    state, done_on = row.state_on(on) if on else (row.state, row.done_on)
    return dataclasses.replace(
        line,
        when=told.when,
        written=row.written,
        state=state,
        done_on=done_on,
        moved=told.moved,
    )


def told_version(path: str) -> Subquery:
    """SQL of a number that grows whenever something else is told of a plan's consultations; null
    where nothing is told. ``path`` leads to the plan's key."""
    rows = Milestone.objects.filter(cycle__plan=OuterRef(path), follows_consultation=True)
    summed = rows.order_by().values("cycle__plan").annotate(versions=Sum("version"))
    return Subquery(summed.values("versions"))
