"""Meetings that come to be known while a matter is planned."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.models import Body, Meeting, User


@transaction.atomic
def meeting_on(*, body: Body, day: dt.date | None, by: User | None) -> Meeting | None:
    """The body's ordinary meeting on a day, entered in its calendar when it is not there; None
    without a day."""
    if day is None:
        return None
    Body.objects.select_for_update().get(pk=body.pk)
    found = Meeting.objects.filter(body=body, date=day, cancelled=False).order_by("pk").first()
    if found is None:
        found = Meeting.objects.filter(body=body, date=day, kind=MeetingKind.ORDINARY).first()
    if found is None:
        found = Meeting(body=body, date=day)
        found._history_user = by
        found.save()
    return found
