"""To those who see to a duty: that it is due soon. The day of notice is the duty's own; one that
is written down later is told of on the first morning after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from plans.models import Duty, Plan, PlanLead
from plans.permissions import who_may_see_to

from .standing import DutyStanding, of_running_plans, standings

KIND = "plans.duty"


def near(day: dt.date) -> list[DutyStanding]:
    """The duties whose day of notice has come and whose last day has not gone."""
    rows = of_running_plans(Duty.objects.all(), on=day)
    return [one for one in standings(rows, on=day) if one.is_near and not one.is_late]


def occasion(now: DutyStanding) -> str:
    """What sets one turn apart from another of the same duty."""
    return now.turn.key if now.turn else ""


def find_duties(day: dt.date) -> Iterator[tuple[int, UUID, str]]:
    """Each with the one who sees to it, or without anybody, with each who leads its plan."""
    found = near(day)
    plans = {one.duty.plan_id for one in found}
    leads: dict[int, list[int]] = {}
    for plan, user in (
        PlanLead.objects.leading(on=day).filter(plan__in=plans).values_list("plan", "user")
    ):
        leads.setdefault(plan, []).append(user)
    for one in found:
        duty = one.duty
        users = [duty.person_id] if duty.person_id else leads.get(duty.plan_id, [])
        for user in users:
            yield user, duty.uid, occasion(one)


def due_soon(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Duties that are still to be done, of plans that the person works with."""
    duties = Duty.objects.filter(
        uid__in=[one.thing for one in notices], plan__in=Plan.objects.readable_by(user)
    )
    found = {
        (one.duty.uid, occasion(one)): one
        for one in standings(duties, on=today())
        if one.is_near and user in who_may_see_to(one.duty.plan)
    }
    lines = {}
    for one in notices:
        if now := found.get((one.thing, one.occasion)):
            facts = {"title": now.duty.title, "when": now.due_words}
            said = _("A duty is due soon: %(title)s, %(when)s") % facts
            address = reverse("plans:duty-fulfil", args=[now.duty.plan.slug, now.duty.uid])
            lines[one.pk] = NoticeLine(said, address, now.duty.plan.title)
    return lines


def register_notices() -> None:
    """Called once, when the app is ready."""
    told = gettext_lazy("a duty that I see to is due soon")
    register_notice(NoticeKind(KIND, told, due_soon, find_duties))
