"""What status reports let wait on the desk: begun and sent to nobody; soon due to somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from plans.models import ReportRecipient, StatusReport

from .tasks import Me, Waiting, as_rows, register_task

AHEAD = dt.timedelta(days=60)


def _begun(me: Me) -> QuerySet[Any]:
    """Reports that are being written."""
    found = StatusReport.objects.unfinished().filter(plan__in=me.plans.values("pk"))
    return as_rows(found, plan="plan", uid="uid", words="title")


def _write(row: Waiting) -> tuple[str, str]:
    said = _("Finish the status report “%(title)s”") % {"title": row.words}
    return said, reverse("plans:report", args=[row.slug, row.uid])


def _due(me: Me) -> QuerySet[Any]:
    """Recipients who are to have a report within two months, or should have had it."""
    found = ReportRecipient.objects.filter(
        report__plan__in=me.plans.values("pk"), sent_on__isnull=True, latest_end__lte=me.day + AHEAD
    ).exclude(report__corrected_by__isnull=False)
    return as_rows(
        found, plan="report__plan", uid=F("report__uid"), words=F("report__title"), day="latest_end"
    )


def _send(row: Waiting) -> tuple[str, str]:
    late = row.day is not None and row.day < today()
    said = (
        _("Late: send the status report “%(title)s”")
        if late
        else _("Send the status report “%(title)s”")
    )
    return said % {"title": row.words}, reverse("plans:report", args=[row.slug, row.uid])


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("report_begun", rows=_begun, says=_write)
    register_task("report_due", rows=_due, says=_send)
