"""What happened since a day: to all plans, and to one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import asked_for, kept_page
from kommuneplan.page_number import page_number

from ..since import since_page
from .doors import Versions, with_versions

TEMPLATE = "plans/public/since.html"


@public
@require_safe
def happened(request: HttpRequest) -> HttpResponseBase:
    """What happened to all plans."""
    at, asked = request.arrived_at, asked_for(request, "siden", "side")

    def page() -> dict[str, Any]:
        number = page_number(asked.get("side"))
        return since_page(asked.get("siden", ""), number, at=at, plan=None)

    return kept_page(request, TEMPLATE, page, asked=asked)


@public
@require_safe
def happened_to_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to one plan; an earlier address leads on."""
    at, asked = request.arrived_at, asked_for(request, "siden", "side")

    def page(versions: Versions) -> dict[str, Any]:
        number = page_number(asked.get("side"))
        told = since_page(asked.get("siden", ""), number, at=at, plan=slug)
        return {**told, "slug": slug, "title": versions[0]["version__title"]}

    return kept_page(request, TEMPLATE, lambda: with_versions(request, slug, page), asked=asked)
