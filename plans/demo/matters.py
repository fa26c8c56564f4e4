"""The matters of the demo: the one that sent the living plan out, and one that lies before the
committee today."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from kommuneplan.core.models import Meeting, User
from plans.decisions.actions import steps
from plans.enums import CycleState, MilestoneKind, Outcome, Purpose, Stage
from plans.models import Cycle, Matter, MatterPlan, Plan, Treatment
from plans.versions.actions.freezing import freeze

WEEK = dt.timedelta(weeks=1)


def decided(*, cycle: Cycle, meeting: Meeting, title: str, wording: str, by: User | None) -> Matter:
    """A matter as it was put before a body three weeks before its meeting, and approved there."""
    evening = dt.datetime.combine(meeting.date, dt.time(16), tzinfo=dt.UTC)
    before, cycle.state = cycle.state, CycleState.BEFORE_BODIES
    cycle._history_date = evening - 3 * WEEK
    cycle.save()
    version = freeze(
        plan=cycle.plan, stage=Stage.SUBMITTED, by=by, note=title, at=evening - 3 * WEEK
    )
    matter = Matter(title=title, purpose=Purpose.CONSULTATION, closed_at=evening)
    matter._history_date = evening
    matter.save()
    matter.created_at = evening - 3 * WEEK  # the field stamps a new row with the clock
    matter._history_date = evening
    matter.save()
    row = MatterPlan(matter=matter, cycle=cycle, version=version)
    row._history_date = evening
    row.save()
    treatment = Treatment(
        matter=matter,
        position=1,
        body=meeting.body,
        meeting=meeting,
        outcome=Outcome.APPROVED,
        wording=wording,
        decided_on=meeting.date,
        recorded_at=evening,
        recorded_by=by,
    )
    treatment._history_date = evening
    treatment.save()
    cycle.state = before
    return matter


@transaction.atomic
def load_open(plan: Plan, title: str, by: User | None) -> Matter | None:
    """A matter that lies before the body of the plan's first meeting to come."""
    cycle = plan.open_cycle
    rows = cycle.milestones.filter(meeting__isnull=False, kind=MilestoneKind.MEETING)
    shown = rows.select_related("meeting__body").order_by("meeting__date").first()
    if shown is None:
        return None
    return steps.submit(
        plans=[plan],
        purpose=Purpose.DISCUSSION,
        title=title,
        chain=[steps.ChainStep(shown.meeting.body, shown.meeting, "discussion")],
        by=by,
    )
