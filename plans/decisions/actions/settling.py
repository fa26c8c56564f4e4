"""What becomes of the steps that a decision has overtaken: done, moved or dropped, in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from kommuneplan.change_reason import because
from kommuneplan.core.models import Meeting, User
from kommuneplan.timespan.forms import Chosen
from plans.models import Milestone, Plan
from plans.process.actions.meetings import put_on_meeting
from plans.process.actions.milestones import cancel_milestone, finish_milestone, move_milestone

from ..overtaken import overtaken


@dataclass(frozen=True, slots=True)
class SettledStep:
    """What becomes of a step: ``act`` is done (``on`` a day, if it is known), moved or dropped.
    One that is a meeting is moved to another ``meeting`` of its body, or to one on a ``day``; any
    other to a date (``to``). The milestone bears the version that the person saw."""

    milestone: Milestone
    act: str
    on: dt.date | None = None
    to: Chosen | None = None
    meeting: Meeting | None = None
    day: dt.date | None = None


class NotOvertaken(Exception):
    """A step has been settled meanwhile."""


@transaction.atomic
def settle(*, plan: Plan, settled: Sequence[SettledStep], reason: str, by: User | None) -> int:
    """Let every step become what was chosen for it, all or none, for one reason; tells how many.

    Raises NotOvertaken when one is none of them any more, Conflict when somebody has changed one
    since it was seen, ReasonNeeded when a published date moves without a reason.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    known = {row.pk for row in overtaken(plan)}
    if any(one.milestone.pk not in known for one in settled):
        raise NotOvertaken
    with because(reason.strip()):
        for one in settled:
            _settle(one, reason, by)
    return len(settled)


def _settle(one: SettledStep, reason: str, by: User | None) -> None:
    if one.act == "done":
        finish_milestone(milestone=one.milestone, on=one.on, by=by)
    elif one.act == "dropped":
        cancel_milestone(milestone=one.milestone, by=by)
    elif one.milestone.meeting_id is not None:
        meeting, day = one.meeting, one.day
        put_on_meeting(milestone=one.milestone, meeting=meeting, day=day, reason=reason, by=by)
    elif one.to is not None:
        when, written = one.to.span, one.to.written
        move_milestone(milestone=one.milestone, when=when, written=written, reason=reason, by=by)
