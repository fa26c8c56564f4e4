"""A report planned, begun from the data, filled with what is new, corrected in its head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from kommuneplan import clock
from kommuneplan.core.models import Municipality, User
from kommuneplan.locking import Conflict
from plans.enums import ReportPart
from plans.models import (
    Plan,
    ReportRecipient,
    StatusReport,
    StatusReportSection,
)
from plans.models.status_reports import AlreadyFrozen

from ..facts import gather
from ..first_text import ReportLine, as_html, lines_of, new_lines, of_part
from ..headings import headings_of


@transaction.atomic
def plan_report(*, plan: Plan, values: Mapping[str, Any], by: User | None) -> StatusReport:
    """A report that is to come: what it is called, its time, who sees to it."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    highest = plan.status_reports.aggregate(highest=Max("number"))["highest"] or 0
    row = StatusReport(plan=plan, number=highest + 1)
    return _stored(row, values, by)


MANY = ("answers", "fulfils")


def _stored(row: StatusReport, values: Mapping[str, Any], by: User | None) -> StatusReport:
    for name, value in values.items():
        if name not in MANY:
            setattr(row, name, value)
    row._history_user = by
    row.save()
    for name in MANY:
        if name in values:
            getattr(row, name).set(values[name])
    return row


@transaction.atomic
def plan_next(*, report: StatusReport, values: Mapping[str, Any], by: User | None) -> StatusReport:
    """The next report after one that repeats: to the same recipients, whose days are not known."""
    row = plan_report(plan=report.plan, values=values, by=by)
    for place, one in enumerate(report.recipients.all()):
        again = ReportRecipient(
            report=row,
            position=place,
            kind=one.kind,
            body=one.body,
            name=one.name,
            channel=one.channel,
        )
        again._history_user = by
        again.save()
    return row


def locked(report: StatusReport, seen: int | None = None) -> StatusReport:
    """The report, with nobody else writing in it for the rest of the transaction. Raises Conflict
    when it is not as it was ``seen``."""
    row = StatusReport.objects.select_for_update().select_related("plan").get(pk=report.pk)
    if seen is not None and row.version != seen:
        raise Conflict(row)
    return row


def to_write(report: StatusReport, seen: int | None = None) -> StatusReport:
    """As ``locked``. Raises AlreadyFrozen where it has been sent."""
    row = locked(report, seen)
    if row.is_frozen:
        raise AlreadyFrozen
    return row


@transaction.atomic
def edit_report(
    *, report: StatusReport, seen: int, values: Mapping[str, Any], by: User | None
) -> StatusReport:
    """Correct the head of a report that is not sent."""
    return _stored(to_write(report, seen), values, by)


@transaction.atomic
def begin_report(*, report: StatusReport, by: User | None) -> StatusReport:
    """Write the first text from the data; twice is as once."""
    row = to_write(report)
    if row.begun_at is not None:
        return row
    if row.covers_until is None:
        row.covers_until = clock.today()
    lines = lines_of(gather(row))
    headings = headings_of(Municipality.current())
    for part in ReportPart:
        section = StatusReportSection(report=row, part=part, title=headings[part])
        section.text = as_html(of_part(lines, part))
        section._history_user = by
        section.save()
    row.begun_at = clock.now()
    row.facts = [line.value for line in lines]
    row._history_user = by
    row.save()
    return row


def offered(report: StatusReport) -> list[ReportLine]:
    """What the data says now and did not say when the text was begun or last filled."""
    return new_lines(lines_of(gather(report)), report.facts)


@transaction.atomic
def take_lines(
    *, report: StatusReport, taken: Collection[str], left: Collection[str], by: User | None
) -> int:
    """Put sentences of the data at the end of their sections; those ``left`` are not offered
    again. What was written stays as it is. How many were put in."""
    row = to_write(report)
    found = [line for line in offered(row) if line.key in {*taken, *left}]
    wanted = [line for line in found if line.key in taken]
    for section in row.sections.select_for_update():
        here = of_part(wanted, section.part)
        if here:
            section.text = f"{section.text}\n{as_html(here)}"
            section._history_user = by
            section.save()
    if found:
        row.facts = [*row.facts, *_values(found)]
        row._history_user = by
        row.save()
    return len(wanted)


def _values(lines: Iterable[ReportLine]) -> list[dict[str, str]]:
    return [line.value for line in lines]


@transaction.atomic
def drop_report(*, report: StatusReport, seen: int, by: User | None) -> None:
    """Take away a report that was never sent; its history stays. Raises AlreadyFrozen."""
    row = to_write(report, seen)
    for one in (*row.sections.all(), *row.recipients.all(), row):
        one._history_user = by
        one.delete()
