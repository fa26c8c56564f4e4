"""Marking a round as ready for the agenda, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.permissions import RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.core.gates import Blocked, blockers
from kommuneplan.locking import Conflict

from ..access import round_to_handle
from ..actions import ready as deciding
from ..forms.around import ReadyForm
from ..readiness import READY
from .frame import _render, frame, seen_of


@signed_in
@require_http_methods(["GET", "POST"])
def ready(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What is missing before the round is ready for the agenda, and saying that it is."""
    round = round_to_handle(request, slug, uid)
    if request.method == "POST" and not request.user.has_perm(RUN_ROUND, round):
        raise PermissionDenied
    missing = blockers(READY, round=round)
    if request.method == "POST" and "back" in request.POST:
        return _taken_back(request, round)
    data = request.POST if request.method == "POST" else None
    form = ReadyForm(data, seen=round.version, missing=bool(missing))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        facts = form.cleaned_data
        try:
            deciding.mark_ready(
                round=round, in_spite=facts.get("in_spite", ""), seen=facts["seen"], by=request.user
            )
            messages.success(request, _("The consultation is marked as ready for the agenda."))
            return redirect("consultations:remark-ready", slug, uid)
        except Blocked as blocked:
            missing, status = blocked.blockers, 409
            form = ReadyForm(None, seen=round.version, missing=True)
        except (Conflict, deciding.RoundMovedOn):
            status = 409
            messages.warning(request, _meanwhile())
    context = frame(request, round) | {
        "here": _("Ready for the agenda"), "missing": missing, "form": form,
    }  # fmt: skip
    return _render(request, "ready", context, status)


def _taken_back(request: HttpRequest, round: Any) -> HttpResponse:
    try:
        deciding.take_back_ready(round=round, seen=seen_of(request), by=request.user)
        messages.success(request, _("The consultation is not marked as ready any more."))
    except Conflict:
        messages.warning(request, _meanwhile())
    return redirect("consultations:remark-ready", round.plan.slug, round.uid)


def _meanwhile() -> str:
    return _("The consultation has been changed meanwhile, so nothing was done. Look again.")
