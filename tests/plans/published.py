"""Published plans for tests of public pages: rows as freezing leaves them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body
from kommuneplan.timespan.span import TimeSpan
from plans.enums import CycleState, MilestoneKind, Stage
from plans.models import Cycle, Milestone, Plan, Publication
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def body_named(name: str = "Socialudvalget") -> Body:
    """The committee with that name."""
    found = Body.objects.filter(name=name).first()
    return found or Body.objects.create(name=name, kind=BodyKind.COMMITTEE)


def published_plan(
    title: str,
    *,
    state: str = CycleState.ADOPTED,
    body: str = "Socialudvalget",
    milestones: tuple[tuple[str, str, TimeSpan], ...] = (),
    visible_from: dt.datetime = LONG_AGO,
    **fields: Any,
) -> Plan:
    """A plan with public milestones (title, kind, when), frozen and published."""
    plan = Plan.objects.create(title=title, body=body_named(body), **fields)
    closed = LONG_AGO if state in {CycleState.ADOPTED, CycleState.WITHDRAWN} else None
    reason = "Trukket" if state == CycleState.WITHDRAWN else ""
    cycle = Cycle.objects.create(plan=plan, state=state, closed_at=closed, reason=reason)
    for name, kind, when in milestones:
        milestone = Milestone(cycle=cycle, title=name, kind=kind, is_public=True)
        milestone.when = when
        milestone.save()
    publication_of(plan, visible_from=visible_from)
    return plan


def publication_of(plan: Plan, *, visible_from: dt.datetime = LONG_AGO) -> Publication:
    """The plan as it is now, published."""
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, at=visible_from)
    return publish(version=version, by=None, visible_from=visible_from)


def hearing(first: dt.date, last: dt.date) -> tuple[str, str, TimeSpan]:
    """A consultation from day to day."""
    return ("Høring", MilestoneKind.HEARING, TimeSpan.between(first, last))
