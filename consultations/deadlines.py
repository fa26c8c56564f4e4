"""The times of a round: from civil days to instants, and what should be looked at before they are
chosen. Pure: facts in, findings out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kommuneplan.clock import COPENHAGEN
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneKind
from plans.process.checks import CheckedMilestone, CheckFinding, ProcessFacts, Rules
from plans.process.checks.consultations import across_holidays, too_short

DAY = dt.timedelta(days=1)


def begins(day: dt.date) -> dt.datetime:
    """The first instant of a civil day in Denmark."""
    return dt.datetime.combine(day, dt.time(), tzinfo=COPENHAGEN).astimezone(dt.UTC)


def ends(day: dt.date) -> dt.datetime:
    """The instant at which a civil day in Denmark is over: the deadline "til og med" that day.

    A day on which the clocks are changed is 23 or 25 hours long; its last moment is its last.
    """
    return begins(day + DAY)


def warnings(title: str, first: dt.date, last: dt.date, rules: Rules) -> list[CheckFinding]:
    """What the checks of a process plan say of a consultation on these days: shorter than the law
    or the municipality's own rule, or across July, Christmas or Easter with too little beside."""
    step = CheckedMilestone(
        "", title, TimeSpan.between(first, last), kind=MilestoneKind.HEARING.value
    )
    facts = ProcessFacts(kind="", steps=(step,), rules=replace(rules, councils=()))
    return [*too_short(facts), *across_holidays(facts)]


def shortest(first: dt.date, rules: Rules) -> dt.date:
    """The first last day that is long enough by the law and by the municipality's own rule."""
    days = max(rules.shortest_hearing_days, (rules.law_weeks or 0) * 7)
    return first + DAY * (days - 1)
