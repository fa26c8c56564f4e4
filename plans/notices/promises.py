"""To the secretaries of a body and to those who lead the plan: that what the body asked for is due
in three office days, and, on the first morning after its last day, that it is late.

What was late long before anybody could be told is told of on the desk alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Membership, Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from kommuneplan.timespan.calendar import office_days_after
from kommuneplan.timespan.phrase import day_words
from plans.models import CommitteeRequest, Plan, PlanLead

from .deadlines import DAYS_OFF
from .names import REQUEST_DUE, REQUEST_LATE

STILL_NEW = dt.timedelta(days=14)


def due(day: dt.date) -> QuerySet[Any]:
    """What waits with its last day to come within three office days."""
    rows = CommitteeRequest.objects.waiting()
    return rows.filter(latest_end__gt=day, latest_end__lte=office_days_after(day, DAYS_OFF))


def late(day: dt.date) -> QuerySet[Any]:
    """What waits though its last day is past, since a fortnight at most."""
    rows = CommitteeRequest.objects.waiting()
    return rows.filter(latest_end__lt=day, latest_end__gte=day - STILL_NEW)


Rows = Callable[[dt.date], QuerySet[Any]]


def _find(rows: Rows) -> Callable[[dt.date], Iterator[tuple[int, UUID, str]]]:
    """Each with each person it concerns; of one last day they are told once."""

    def find(day: dt.date) -> Iterator[tuple[int, UUID, str]]:
        found = list(rows(day).values_list("uid", "latest_end", "body", "plan", "plan__body"))
        held = Membership.objects.held(on=day).filter(role=Role.SECRETARY)
        secretaries = _by(held.values_list("body", "user"))
        leads = _by(PlanLead.objects.leading(on=day).values_list("plan", "user"))
        for uid, last_day, body, plan, plan_body in found:
            people = {*secretaries.get(body, ()), *secretaries.get(plan_body, ())}
            for user in sorted({*people, *leads.get(plan, ())}):
                yield user, uid, last_day.isoformat()

    return find


def _by(pairs: Any) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = {}
    for key, user in pairs:
        found.setdefault(key, set()).add(user)
    return found


def _tell(rows: Rows, words: Any) -> Callable[[User, Sequence[Notice]], Mapping[int, NoticeLine]]:
    """Those that still stand so, on the same day, for whom it still concerns."""

    def tell(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
        run = CommitteeRequest.objects.run_by(user).values("pk")
        led = PlanLead.objects.leading(on=today()).filter(user=user).values("plan")
        own = rows(today()).filter(
            Q(pk__in=run) | Q(plan__in=led), uid__in=[one.thing for one in notices]
        )
        known = Plan.objects.readable_by(user)
        found = {
            (row.uid, row.latest_end.isoformat()): row for row in own.select_related("plan", "body")
        }
        plans = set(known.filter(pk__in=[row.plan_id for row in found.values()]).values_list("pk"))
        lines = {}
        for one in notices:
            row = found.get((one.thing, one.occasion))
            if row is not None:
                said = words() % {"body": row.body.name, "day": day_words(row.latest_end)}
                title = row.plan.title if (row.plan_id,) in plans else ""
                address = reverse("plans:request", args=[row.uid])
                lines[one.pk] = NoticeLine(said, address, title)
        return lines

    return tell


def _due_words() -> str:
    return _("What %(body)s asked for is due %(day)s")


def _late_words() -> str:
    return _("What %(body)s asked for was due %(day)s and is late")


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(
            REQUEST_DUE,
            gettext_lazy("what a body of mine asked for is due in three working days"),
            _tell(due, _due_words),
            _find(due),
        )
    )
    register_notice(
        NoticeKind(
            REQUEST_LATE,
            gettext_lazy("what a body of mine asked for has become late"),
            _tell(late, _late_words),
            _find(late),
        )
    )
