"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Municipality


def municipality(request: HttpRequest) -> dict[str, object]:
    """The municipality, read when a template first asks for it."""
    return {"municipality": SimpleLazyObject(Municipality.current)}
