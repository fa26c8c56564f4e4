"""Where an invitation leads to."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse


def invitation_address(request: HttpRequest) -> str:
    """The absolute address of an invitation, with TOKEN where the secret goes."""
    return request.build_absolute_uri(reverse("account:invitation", args=["TOKEN"]))
