"""A milestone that is a consultation takes its dates from the round, with each act of the round.

What the round's act says is public with the act: the live milestone and the rows that public lists
are made from are written together, and public documents show it (``document.told_dates``). Other
changes of the milestone stay unpublished.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Cycle, DateChange, FrozenMilestone, Milestone
from plans.public.searched import PLANS
from plans.public_search.indexing import refresh
from plans.versions.actions.freezing import tell_lists

from ..moving import words_of
from ..published import last_published
from .milestones import same_time


@dataclass(frozen=True, slots=True)
class ConsultationDays:
    """The civil days of a consultation as everybody is told them, both included; ``withdrawn``
    when it does not take place."""

    first: dt.date
    last: dt.date
    withdrawn: bool = False

    @property
    def span(self) -> TimeSpan:
        """The days as a date, in words of its own."""
        precision = Precision.DAY if self.first == self.last else Precision.RANGE
        return TimeSpan.between(self.first, self.last, precision)


def milestone_to_follow(cycle: Cycle, taken: set[Any]) -> Milestone | None:
    """The consultation of a process plan that a new round is about: the first by time that is
    planned, is no meeting and is not among ``taken`` (uids of milestones that rounds have)."""
    rows = cycle.milestones.filter(
        kind=MilestoneKind.HEARING, state=MilestoneState.PLANNED, meeting__isnull=True
    )
    return next((row for row in rows if row.uid not in taken), None)


@transaction.atomic
def follow_consultation(
    *, milestone: Milestone, days: ConsultationDays, reason: str, by: User | None
) -> Milestone:
    """Let a milestone have the days of its consultation. Where the public has read another date,
    that one is kept with the ``reason``, as for every published date that moves.

    A consultation that was withdrawn is cancelled; one that is held again or extended is planned
    again. Raises ValueError for a milestone that is a meeting.
    """
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.meeting_id is not None:
        raise ValueError("A milestone that is a meeting has the meeting's day")
    span = days.span
    _keep_what_was_read(row, days, reason.strip(), by)
    row.when, row.written = span, words_of(span)
    row.kind, row.follows_consultation, row.confirmed = MilestoneKind.HEARING, True, True
    if days.withdrawn:
        row.state, row.done_on = MilestoneState.CANCELLED, None
    elif row.state == MilestoneState.CANCELLED or days.last >= clock.today():
        row.state, row.done_on = MilestoneState.PLANNED, None
    row._history_user = by
    with because(reason.strip()):
        row.save()
    tell_lists(row.cycle.plan_id, str(row.uid))
    told = FrozenMilestone.objects.filter(version__plan=row.cycle.plan_id, uid=row.uid)
    refresh(PLANS, told.values_list("version", flat=True))
    return row


def _keep_what_was_read(
    row: Milestone, days: ConsultationDays, reason: str, by: User | None
) -> None:
    public = last_published(row)
    if public is None:
        return
    is_cancelled = public.state == MilestoneState.CANCELLED
    if same_time(public.when, public.written, days.span, "") and is_cancelled == days.withdrawn:
        return
    change = DateChange(
        milestone=row,
        written=public.written,
        reason=reason or _("The consultation has been announced."),
        changed_by=by,
    )
    change.when = public.when
    change.save()
