"""Which round those who handle its responses may load."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consultations.access import plan_with_rounds
from consultations.models import Round
from consultations.permissions import HANDLE
from plans.models import Plan

from . import remarks


def round_alone(request: HttpRequest, slug: str, uid: UUID | str, **more: Any) -> Round:
    """The same in one query, for a page that tells neither where the plan stands nor how many
    remarks are answered. ``count_reads``: is the reading of the day noted? ``more``: what else is
    read with it."""
    plans = Plan.objects.readable_by(request.user).filter(slug=slug)
    rounds = Round.objects.filter(plan__in=plans.order_by().values("pk"))
    rounds = rounds.select_related("frozen", "plan__body").defer("frozen__search_text")
    found = remarks.with_reading(rounds, user=request.user, at=request.arrived_at)
    round = get_object_or_404(found.annotate(**more), uid=uid)
    if not request.user.has_perm(HANDLE, round):
        raise PermissionDenied
    return round


def round_to_handle(request: HttpRequest, slug: str, uid: UUID | str) -> Round:
    """The round with its draft and how far it is handled, for those who handle its responses
    (404, 403)."""
    plan = plan_with_rounds(request, slug)
    rounds = plan.rounds.select_related("frozen", "ready_by").defer("frozen__search_text")
    found = remarks.with_progress(rounds, user=request.user, at=request.arrived_at)
    round = get_object_or_404(found, uid=uid)
    round.plan = plan
    if not request.user.has_perm(HANDLE, round):
        raise PermissionDenied
    return round
