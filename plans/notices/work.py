"""To those who lead or approve a plan: that they are appointed, that it is their turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.core.enums import PlanRole
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from plans.lifecycle.approval import asked_to_approve
from plans.models import PlanLead

from .names import APPOINTED, APPROVAL


def appointed(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """What the person does on the plans today, as they were told of it (the occasion)."""
    held = PlanLead.objects.held(on=today()).filter(
        user=user, plan__uid__in=[one.thing for one in notices], plan__retired_at__isnull=True
    )
    found = {(row.plan.uid, occasion_of(row)): row for row in held.select_related("plan")}
    return {
        one.pk: _appointment(found[one.thing, one.occasion])
        for one in notices
        if (one.thing, one.occasion) in found
    }


def occasion_of(row: PlanLead) -> str:
    """What sets one appointment apart from another on the same plan."""
    return f"{row.role} {row.begins}"


def _appointment(row: PlanLead) -> NoticeLine:
    slug = row.plan.slug
    if row.role == PlanRole.LEAD:
        address = reverse("plans:overview", args=[slug])
        return NoticeLine(_("You lead the plan"), address, row.plan.title)
    said = _("You are to approve the plan as %(role)s") % {"role": PlanRole(row.role).label}
    return NoticeLine(said, reverse("plans:approval", args=[slug]), row.plan.title)


def approval(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """The plans whose step is the person's, still."""
    rows = asked_to_approve(user, on=today()).filter(uid__in=[one.thing for one in notices])
    found = {uid: (slug, title) for uid, slug, title in rows.values_list("uid", "slug", "title")}
    lines = {}
    for one in notices:
        if one.thing in found:
            slug, title = found[one.thing]
            address = reverse("plans:approval", args=[slug])
            lines[one.pk] = NoticeLine(_("It is your turn to approve the plan"), address, title)
    return lines


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(APPOINTED, gettext_lazy("I am to lead or to approve a plan"), appointed)
    )
    register_notice(
        NoticeKind(APPROVAL, gettext_lazy("it is my turn to approve a plan (at once)"), approval)
    )
