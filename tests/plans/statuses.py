"""Plans in force with focus areas, for the tests of the yearly status."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kommuneplan.core.models import User
from kommuneplan.timespan.span import TimeSpan
from plans.enums import CycleState, Stage
from plans.focus.actions import areas
from plans.focus.yearly import entries_of
from plans.models import Cycle, FocusArea, FocusStatus, Milestone, Plan, Section, YearlyStatus
from plans.versions.actions.freezing import freeze
from tests.factories import committee

ADOPTED = dt.datetime(2026, 3, 5, 15, 0, tzinfo=dt.UTC)


def in_force(title: str = "Strategi for naboskab", body: str = "Socialudvalget") -> Plan:
    """A plan adopted on 5 March 2026, its version frozen."""
    plan = Plan.objects.create(title=title, body=committee(body))
    Section.objects.create(plan=plan, title="Mål", text="<p>Flere naboer.</p>", is_public=True)
    Cycle.objects.create(plan=plan, state=CycleState.ADOPTED, closed_at=ADOPTED)
    freeze(plan=plan, stage=Stage.ADOPTED, by=None, at=ADOPTED)
    return plan


def area(plan: Plan, title: str = "Fælles haver", **facts: Any) -> FocusArea:
    """A public focus area."""
    return areas.add_area(plan=plan, facts={"title": title, "is_public": True, **facts}, by=None)


def opened(plan: Plan, year: int = 2026, **facts: Any) -> YearlyStatus:
    """The status of a year, made in November."""
    window = {"opens_on": dt.date(year, 11, 1), "closes_on": dt.date(year, 12, 15), "owner": None}
    return areas.open_year(plan=plan, facts={"year": year, **window, **facts}, by=None)


def say(entry: FocusStatus, decision: str = "continue", reason: str = "", words: str = "") -> None:
    """Decide one focus area."""
    if decision != "continue" and not reason:
        reason = "Det viste året."
    facts = {"words": words or "Det går fremad.", "decision": decision, "reason": reason}
    areas.save_entry(entry=entry, seen=entry.version, facts=facts, by=None)


def closed(status: YearlyStatus, by: User | None = None) -> YearlyStatus:
    """The status closed as it stands now."""
    seen = areas.seen_as(status, entries_of(status))
    return areas.close_year(status=status, seen=seen, by=by)


def milestone(area: FocusArea, title: str, day: dt.date, **facts: Any) -> Milestone:
    """A milestone of a focus area, in the plan's last cycle."""
    row = Milestone(cycle=area.plan.cycles.last(), focus_area=area, title=title, **facts)
    row.when = TimeSpan.day(day)
    row.save()
    return row
