"""The doors of a plan's consultations in the workspace."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kommuneplan.core.models import ReservedSlug
from plans.access import plan_with_state
from plans.models import Plan

from .models import Response, Round


def plan_with_rounds(request: HttpRequest, slug: str, permission: str = "") -> Plan:
    """The plan whose consultations are shown, if it exists for the person (404) and they have
    the permission on it, where one is asked for (403)."""
    plan = plan_with_state(request, slug)
    if permission and not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def round_to(request: HttpRequest, slug: str, uid: UUID | str, permission: str) -> Round:
    """A round of that plan, with its plan, cycle and frozen version (without the document), if it
    exists for the person (404) and they have the permission on it (403)."""
    plan = plan_with_rounds(request, slug)
    rounds = plan.rounds.select_related("cycle", "frozen", "renews__frozen", "announced_by")
    rounds = rounds.annotate(
        files=Count("materials", filter=Q(materials__retired_at__isnull=True), distinct=True)
    )
    for frozen in ("frozen", "renews__frozen"):
        rounds = rounds.defer(f"{frozen}__content", f"{frozen}__search_text")
    round = get_object_or_404(rounds, uid=uid)
    round.plan = plan
    if not request.user.has_perm(permission, round):
        raise PermissionDenied
    return round


def response_of(secret: str) -> Response:
    """The response that a receipt's address belongs to (404)."""
    return get_object_or_404(Response.by_secret(secret).select_related("round", "invitation"))


def public_round(slug: str, at: dt.datetime) -> Round:
    """A round that everybody may know of, with its frozen version (404)."""
    round = visible_round(slug, at)
    if round is None:
        raise Http404
    return round


def visible_round(slug: str, at: dt.datetime) -> Round | None:
    """The same; None where there is none."""
    rows = Round.objects.visible(at=at).select_related("plan", "frozen", "renews")
    return rows.defer("frozen__search_text", "renews__letter").filter(slug=slug).first()


def moved_round(slug: str, at: dt.datetime) -> str:
    """Where a round that once had this address is now; empty where there is none."""
    owner = ReservedSlug.objects.filter(scope="round", slug=slug).values("owner")[:1]
    rows = Round.objects.visible(at=at).filter(uid__in=owner).exclude(slug=slug)
    return rows.values_list("slug", flat=True).first() or ""
