"""Announcing a round: what is missing before it opens, and what happens when it does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import round_to
from consultations.locking import RoundMovedOn
from consultations.models import Round
from consultations.parties.party_list import missing_councils, roster
from consultations.permissions import RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.core import gates
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict

from ..actions import rounds as verbs
from ..gates import ANNOUNCE
from .rounds import gone_on, warnings_of


@signed_in
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What is missing before the round opens, what happens when it does, and the confirmation."""
    round = round_to(request, slug, uid, RUN_ROUND)
    if round.announced_at is not None or round.withdrawn_at is not None:
        if request.method == "POST":
            messages.info(request, _("The consultation was opened already. Nothing was done."))
        return redirect("consultations:round-page", slug, uid)
    if request.method != "POST":
        return _before_opening(request, round)
    form = SeenVersionForm(request.POST)
    if not form.is_valid():
        return _before_opening(request, round, status=422)
    found = None
    try:
        verbs.announce_round(round=round, seen=form.cleaned_data["seen"], by=request.user)
    except gates.Blocked as blocked:
        found = blocked.blockers
    except Conflict:
        pass
    except RoundMovedOn:
        return gone_on(request, round)
    else:
        _told(request, round)
        return redirect("consultations:round-page", slug, uid)
    current = round_to(request, slug, uid, RUN_ROUND)
    return _before_opening(request, current, status=409, found=found)


def _before_opening(
    request: HttpRequest, round: Round, *, status: int = 200, found: Any = None
) -> HttpResponse:
    """``found``: what the action found missing, where it was asked under the lock."""
    listed = roster(round, at=request.arrived_at)
    if found is None:
        found = gates.blockers(ANNOUNCE, round=round, listed=listed.invitations)
    context = {
        "plan": round.plan,
        "round": round,
        "blockers": found,
        "changed": status == 409,
        "roster": listed,
        "missing": missing_councils(listed.invitations, municipality_of(request)),
        "warnings": warnings_of(request, round),
        "without_meeting": [row for row in listed.rows if row.calendar and not row.calendar.inside],
        "opens_now": bool(round.opens_at and round.opens_at <= request.arrived_at),
    }
    return render(request, "consultations/rounds/announce.html", context, status=status)


def _told(request: HttpRequest, round: Round) -> None:
    assert round.opens_at is not None
    if round.opens_at <= request.arrived_at:
        messages.success(
            request, _("The consultation is open. The parties on the list are being written to.")
        )
    else:
        messages.success(
            request,
            _("The consultation is announced and opens by itself. The parties on the list are "
              "being written to."),
        )  # fmt: skip
