"""To whom a report goes, by when and by which way; and that it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import ReportRecipient, StatusReport

from .reports import locked


class NotFrozen(Exception):
    """Nothing can have been sent of a report whose words do not stand."""


class AlreadySent(Exception):
    """Whoever has got a report stays among its recipients."""


@transaction.atomic
def add_recipient(
    *, report: StatusReport, values: Mapping[str, Any], by: User | None
) -> ReportRecipient:
    """One more who is to have it; also after it was sent to others."""
    row = locked(report)
    highest = row.recipients.aggregate(highest=Max("position"))["highest"]
    one = ReportRecipient(report=row, position=0 if highest is None else highest + 1)
    return _stored(one, values, by)


@transaction.atomic
def edit_recipient(
    *, recipient: ReportRecipient, seen: int, values: Mapping[str, Any], by: User | None
) -> ReportRecipient:
    """Correct who, when, by which way. Raises Conflict, with what is stored."""
    locked(recipient.report)
    one = ReportRecipient.objects.select_for_update().get(pk=recipient.pk)
    if one.version != seen:
        raise Conflict(one)
    return _stored(one, values, by)


def _stored(one: ReportRecipient, values: Mapping[str, Any], by: User | None) -> ReportRecipient:
    if values.get("sent_on") and not one.report.is_frozen:
        raise NotFrozen
    for name, value in values.items():
        setattr(one, name, value)
    one._history_user = by
    one.save()
    return one


@transaction.atomic
def remove_recipient(*, recipient: ReportRecipient, seen: int, by: User | None) -> None:
    """Take away somebody who is not to have it after all. Raises AlreadySent, Conflict."""
    locked(recipient.report)
    one = ReportRecipient.objects.select_for_update().get(pk=recipient.pk)
    if one.version != seen:
        raise Conflict(one)
    if one.sent_on is not None:
        raise AlreadySent
    one._history_user = by
    one.delete()


@transaction.atomic
def mark_sent(
    *, recipient: ReportRecipient, on: dt.date, reference: str = "", by: User | None
) -> ReportRecipient:
    """It went to one more; a day that is written already stays."""
    locked(recipient.report)
    one = ReportRecipient.objects.select_for_update().select_related("report").get(pk=recipient.pk)
    if one.sent_on is not None:
        return one
    return _stored(one, {"sent_on": on, "reference": reference or one.reference}, by)
