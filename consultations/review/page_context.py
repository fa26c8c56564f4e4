"""What every page of the room of responses shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from consultations.models import Round
from consultations.permissions import HANDLE, PUBLISH_RESPONSES


def round_context(request: HttpRequest, round: Round) -> dict[str, Any]:
    """What every page of the room shows around its content."""
    return {
        "plan": round.plan,
        "round": round,
        "round_address": reverse("consultations:round-page", args=[round.plan.slug, round.uid]),
        "may_publish": request.user.has_perm(PUBLISH_RESPONSES, round),
        "may_handle": request.user.has_perm(HANDLE, round),
    }
