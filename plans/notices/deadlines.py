"""To those who lead a plan: that one of its deadlines is near.

Three days off are three office days, for what is left to do is done on those: the days in which
members are to have the papers of a meeting are counted in the same way (lov om kommunernes
styrelse § 8, stk. 4). A deadline that is set later than that, or while no worker ran, is told of
on the first morning after; on its own day it is too late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from kommuneplan.timespan.calendar import office_days_after
from kommuneplan.timespan.phrase import day_words
from plans.enums import MilestoneState
from plans.models import Cycle, Milestone, PlanLead

from .names import DEADLINE

DAYS_OFF = 3


def near(day: dt.date) -> QuerySet[Any]:
    """Planned milestones whose last day is to come within three office days."""
    rows = Milestone.objects.filter(
        cycle__in=Cycle.objects.running(on=day),
        cycle__plan__retired_at__isnull=True,
        state=MilestoneState.PLANNED,
    ).annotate(last_day=Coalesce("meeting__date", "latest_end"))
    return rows.filter(last_day__gt=day, last_day__lte=office_days_after(day, DAYS_OFF))


def find_deadlines(day: dt.date) -> Iterator[tuple[int, UUID, str]]:
    """Each with each of those who lead its plan on the day; of one last day they are told once."""
    rows = list(near(day).values_list("uid", "last_day", "cycle__plan"))
    held = PlanLead.objects.leading(on=day).filter(plan__in={plan for *_one, plan in rows})
    leads: dict[int, list[int]] = {}
    for plan, user in held.values_list("plan", "user"):
        leads.setdefault(plan, []).append(user)
    for uid, last_day, plan in rows:
        for user in leads.get(plan, ()):
            yield user, uid, last_day.isoformat()


def deadline(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Deadlines that are still near, on the same day, of plans that the person leads."""
    led = PlanLead.objects.leading(on=today()).filter(user=user).values("plan")
    rows = near(today()).filter(uid__in=[one.thing for one in notices], cycle__plan__in=led)
    columns = rows.values_list("uid", "last_day", "cycle__plan__slug", "cycle__plan__title")
    found = {(uid, day.isoformat()): (day, slug, title) for uid, day, slug, title in columns}
    lines = {}
    for one in notices:
        if (one.thing, one.occasion) in found:
            day, slug, title = found[one.thing, one.occasion]
            said = _("A deadline is near: %(day)s") % {"day": day_words(day)}
            address = reverse("plans:milestone", args=[slug, one.thing])
            lines[one.pk] = NoticeLine(said, address, title)
    return lines


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(
            DEADLINE,
            gettext_lazy("a deadline of a plan that I lead is three working days off"),
            deadline,
            find_deadlines,
        )
    )
