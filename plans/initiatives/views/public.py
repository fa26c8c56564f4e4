"""The public pages of initiatives: those of a plan, and one with its timeline.

They know nobody and are kept as bytes (``kommuneplan.core.site.page_cache``).
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import kept_page

from .. import public_pages


@public
@require_safe
def initiatives(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The initiatives of a plan as it is published now."""
    at = request.arrived_at
    return kept_page(
        request,
        "plans/initiatives/public_list.html",
        lambda: public_pages.list_page(slug, at=at),
    )


@public
@require_safe
def initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponseBase:
    """One initiative of a plan as it is published now."""
    at = request.arrived_at
    return kept_page(
        request,
        "plans/initiatives/public_initiative.html",
        lambda: public_pages.initiative_page(slug, str(uid), at=at),
    )
