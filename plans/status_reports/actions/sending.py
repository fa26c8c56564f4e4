"""A report is frozen as it is sent for the first time; corrected in a new edition; published."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.locking import Outdated
from kommuneplan.personal import DataKind, find
from kommuneplan.richtext.blocks import plain
from plans.models import ReportRecipient, StatusReport, StatusReportSection
from plans.models.status_reports import AlreadyFrozen

from ..frozen import FrozenReport, FrozenSection, digest, from_json
from .recipients import mark_sent
from .reports import locked, to_write

_ASKED = {DataKind.CPR, DataKind.EMAIL, DataKind.PHONE}


class NotBegun(Exception):
    """A report without a text cannot be sent."""


class UnsavedText(Exception):
    """Somebody has written in it and not saved."""


def as_it_would_be_frozen(report: StatusReport, *, on: dt.date) -> FrozenReport:
    """The report as it would be sealed now; ``on`` is its date where it has none."""
    plan = report.plan
    return FrozenReport(
        uid=str(report.uid),
        plan=str(plan.uid),
        plan_title=plan.title,
        body=plan.body.name,
        number=report.number,
        edition=report.edition,
        title=report.title,
        covers_from=report.covers_from,
        covers_until=report.covers_until,
        dated_on=report.dated_on or on,
        sender_unit=report.sender_unit,
        case_number=report.case_number,
        document_number=report.document_number,
        workers=tuple(report.workers),
        correction_reason=report.correction_reason,
        recipients=tuple(one.called for one in report.recipients.select_related("body")),
        sections=tuple(
            FrozenSection(
                str(one.uid), one.part, one.title, tuple((b[0], b[1]) for b in one.blocks)
            )
            for one in report.sections.all()
        ),
        settles=(
            *(("request", str(one.uid), one.title) for one in report.answers.order_by("pk")),
            *(("duty", str(one.uid), one.title) for one in report.fulfils.order_by("pk")),
        ),
    )


def frozen_of(report: StatusReport) -> FrozenReport:
    """What a report says: as it was sealed, or as it would be."""
    if report.is_frozen:
        return from_json(report.content)
    return as_it_would_be_frozen(report, on=clock.today())


def personal_in(report: FrozenReport) -> list[tuple[str, str]]:
    """What looks like personal data in a report: (title of the section, what was found)."""
    found = [
        (title, finding.quote)
        for title, html in report.words
        for finding in find(plain(html) if "<" in html else html)
        if finding.kind in _ASKED
    ]
    return list(dict.fromkeys(found))


@transaction.atomic
def send_report(
    *,
    report: StatusReport,
    seen: int,
    to: Collection[uuid.UUID],
    on: dt.date,
    by: User | None,
    at: dt.datetime | None = None,
) -> StatusReport:
    """Send a report to some of its recipients. The first time its words are frozen; they are the
    same for all. ``at``: the instant, where it is not now. Raises Conflict, NotBegun,
    UnsavedText."""
    row = locked(report, seen)
    if not row.is_frozen:
        _freeze(row, on=on, by=by, at=at or clock.now())
    for one in row.recipients.filter(uid__in=to, sent_on__isnull=True):
        mark_sent(recipient=one, on=on, by=by)
    return row


def _freeze(row: StatusReport, *, on: dt.date, by: User | None, at: dt.datetime) -> None:
    if row.begun_at is None:
        raise NotBegun
    sections = StatusReportSection.objects.filter(report=row)
    if sections.filter(drafts__is_open=True).exists():
        raise UnsavedText
    row.dated_on = row.dated_on or on
    frozen = as_it_would_be_frozen(row, on=on)
    row.content = frozen.to_json()
    row.digest = digest(row.content)
    row.frozen_at, row.frozen_by = at, by
    row._history_user = by
    row.save()


@transaction.atomic
def correct_report(*, report: StatusReport, reason: str, by: User | None) -> StatusReport:
    """A new edition of a report that was sent, with the same words to be corrected. The earlier
    one stands as it was sent, and is told to be corrected once the new one is sent."""
    row = locked(report)
    if not row.is_frozen:
        raise NotBegun
    there = StatusReport.objects.filter(corrects=row).first()
    if there is not None:
        return there
    new = StatusReport(
        plan=row.plan,
        number=row.number,
        edition=row.edition + 1,
        corrects=row,
        correction_reason=reason,
        title=row.title,
        covers_from=row.covers_from,
        covers_until=row.covers_until,
        initiative=row.initiative,
        repeats=row.repeats,
        owner=row.owner,
        sender_unit=row.sender_unit,
        case_number=row.case_number,
        document_number=row.document_number,
        case_workers=row.case_workers,
        begun_at=clock.now(),
        facts=row.facts,
    )
    new._history_user = by
    new.save()
    new.answers.set(row.answers.all())
    new.fulfils.set(row.fulfils.all())
    for one in from_json(row.content).sections:
        section = StatusReportSection(report=new, part=one.part, title=one.title)
        section.blocks = [list(block) for block in one.blocks]
        section.text = one.html
        section._history_user = by
        section.save()
    for place, old in enumerate(row.recipients.all()):
        again = ReportRecipient(
            report=new,
            position=place,
            kind=old.kind,
            body=old.body,
            name=old.name,
            channel=old.channel,
        )
        again._history_user = by
        again.save()
    return new


@transaction.atomic
def publish_report(
    *, report: StatusReport, seen: str, by: User | None, at: dt.datetime | None = None
) -> StatusReport:
    """Let everybody read a report that was sent. ``seen``: the digest of what was looked through;
    raises Outdated when that is not what stands, NotBegun when nothing was sent."""
    row = locked(report)
    if not row.is_frozen:
        raise NotBegun
    if row.digest != seen:
        raise Outdated
    if row.is_public:
        return row
    row.published_at, row.published_by = at or clock.now(), by
    row.withdrawn_at, row.withdrawn_because = None, ""
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def withdraw_report(*, report: StatusReport, reason: str, by: User | None) -> StatusReport:
    """Take a published report back from everybody; who got it has it still."""
    row = locked(report)
    if not row.is_public:
        return row
    with because(reason):
        row.withdrawn_at, row.withdrawn_because = clock.now(), reason
        row._history_user = by
        row.save()
    return row


__all__ = [
    "AlreadyFrozen",
    "NotBegun",
    "UnsavedText",
    "as_it_would_be_frozen",
    "correct_report",
    "frozen_of",
    "personal_in",
    "publish_report",
    "send_report",
    "to_write",
    "withdraw_report",
]
