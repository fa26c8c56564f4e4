"""The time a status report covers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kommuneplan import clock
from kommuneplan.timespan.span import TimeSpan
from plans.models import StatusReport

AHEAD = dt.timedelta(days=366)  # what is coming is told for a year


@dataclass(frozen=True, slots=True)
class CoveredTime:
    """What a report covers: the days after ``since`` (all before, where there is none) until and
    including ``until``."""

    since: dt.date | None
    until: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Does a day lie in it?"""
        return day is not None and day <= self.until and (self.since is None or day > self.since)

    def comes(self, span: TimeSpan | None) -> bool:
        """Does it begin after the time, within a year?"""
        first = span.earliest if span else None
        return first is not None and self.until < first <= self.until + AHEAD


def period_of(report: StatusReport) -> CoveredTime:
    """The days whose facts a report tells."""
    return CoveredTime(report.covers_from, report.covers_until or clock.today())
