"""A plan's reports for whoever comes to the door: planned, begun, sent, published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from plans.models import Plan, StatusReport
from plans.status_reports.actions.recipients import add_recipient
from plans.status_reports.actions.reports import begin_report, plan_report
from plans.status_reports.actions.sending import publish_report, send_report


def sent(plan: Plan, *, title: str = "Sendt", on: date = date(2026, 5, 4)) -> StatusReport:
    """A report that went to the body of its plan."""
    report = begun(plan, title=title)
    to = [one.uid for one in report.recipients.all()]
    return send_report(report=report, seen=report.version, to=to, on=on, by=None)


def begun(plan: Plan, *, title: str = "Begyndt") -> StatusReport:
    """A report to the body of its plan, begun from the data."""
    report = plan_report(plan=plan, values={"title": title}, by=None)
    add_recipient(report=report, values={"kind": "body", "body": plan.body}, by=None)
    return begin_report(report=report, by=None)


class Told:
    """What the addresses of reports name."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.planned = plan_report(plan=plan, values={"title": "Planlagt"}, by=None)
        self.begun = begun(plan)
        self.sent = sent(plan)
        self.published = sent(plan, title="Offentlig")
        publish_report(report=self.published, seen=self.published.digest, by=None)
        self.published.refresh_from_db()

    def _report(self, route: str) -> StatusReport:
        kind = route.removeprefix("plans:report").removeprefix("-")
        if kind == "begin":
            return self.planned
        if kind in {"correct", "publish"}:
            return self.sent
        return self.published if kind == "withdraw" else self.begun

    def address(self, route: str) -> str:
        """The address of a route for these reports."""
        report = self._report(route)
        named: dict[str, Any] = {"slug": self.plan.slug, "uid": report.uid}
        for values in (
            {"slug": self.plan.slug},
            {"slug": self.plan.slug, "number": self.published.number},
            {"slug": self.plan.slug, "number": self.published.number, "edition": 1},
            named,
            {**named, "recipient": report.recipients.first().uid if report.begun_at else ""},
            {**named, "section": report.sections.first().uid if report.begun_at else ""},
        ):
            try:
                return reverse(route, kwargs=values)
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example")
