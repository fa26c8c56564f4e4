"""A report that was sent answers requests and fulfils duties, where a person says so."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.mail.actions import absolute
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict, Outdated
from plans.duties.actions.duties import fulfil
from plans.duties.standing import adoptions, standing_of
from plans.models import CommitteeRequest, Duty, StatusReport
from plans.permissions import RUN_REQUEST
from plans.requests.actions import NotWaiting, answer


def open_requests(report: StatusReport, user: User) -> list[CommitteeRequest]:
    """Those it is to answer that wait, and whose answers the person may write down."""
    rows = report.answers.all().waiting().order_by("pk")  # type: ignore[attr-defined]
    return [one for one in rows if user.has_perm(RUN_REQUEST, one)]


def open_duties(report: StatusReport) -> list[Duty]:
    """Those it is to fulfil of which a turn is due."""
    known = adoptions([report.plan_id]).get(report.plan_id, ())
    rows = report.fulfils.filter(retired_at__isnull=True).order_by("pk")
    today = clock.today()
    return [one for one in rows if standing_of(one, known, on=today).turn is not None]


@transaction.atomic
def settle(
    *, report: StatusReport, chosen: Collection[uuid.UUID], on: dt.date, by: User
) -> list[str]:
    """Write down what the report settles; the titles of what was settled. What somebody has
    settled meanwhile stays as it is."""
    done = []
    document = f"{report.title} ({report.name})"[:300]
    for one in open_requests(report, by):
        if one.uid in chosen:
            try:
                facts = {"answered_on": on, "document": document}
                answer(request=one, seen=one.version, facts=facts, by=by)
            except (NotWaiting, Conflict):
                continue
            done.append(one.title)
    known = adoptions([report.plan_id]).get(report.plan_id, ())
    link = absolute(reverse("plans:report", args=[report.plan.slug, report.uid]))
    for duty in open_duties(report):
        turn = standing_of(duty, known, on=clock.today()).turn
        if duty.uid in chosen and turn is not None:
            try:
                fulfil(duty=duty, occurrence=turn.key, done_on=on, words=document, link=link, by=by)
            except Outdated:
                continue
            done.append(duty.title)
    return done
