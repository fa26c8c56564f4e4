"""What waits on the desk of what bodies have asked for: what is late, and what is due soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from plans.models import CommitteeRequest

from .tasks import Me, Waiting, as_rows, register_task

AHEAD = dt.timedelta(days=30)


def _requests(me: Me) -> QuerySet[Any]:
    """What is late or due within a month: for the secretaries of the body that asked, and for
    those who work with the plan it is about."""
    own = Q(pk__in=CommitteeRequest.objects.run_by(me.user).values("pk"))
    found = CommitteeRequest.objects.waiting().filter(
        own | Q(plan__in=me.plans.values("pk")), latest_end__lte=me.day + AHEAD
    )
    works_with = Case(
        When(plan__in=me.plans.values("pk"), then=F("plan__slug")), default=Value("")
    )  # whoever does not is shown the plan's name and no way to it
    return as_rows(found, plan="plan", slug=works_with, uid="uid", words="title", day="latest_end")


def _request(row: Waiting) -> tuple[str, str]:
    late = row.day is not None and row.day < today()
    said = _("Late: answer “%(what)s”") if late else _("Answer “%(what)s”")
    return said % {"what": row.words}, reverse("plans:request", args=[row.uid])


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("request", rows=_requests, says=_request)
