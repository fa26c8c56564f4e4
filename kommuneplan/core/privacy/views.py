"""The notice on personal data (GDPR art. 13), for everybody who answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.metadata import PageMetadata

from .notice import kept_terms


@public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Who is responsible, what for, how long, and which rights one has."""
    house = Municipality.current()
    meta = PageMetadata(
        title=_("Personal data"),
        description=_("What the municipality does with personal data in responses."),
        path=request.path,
    )
    context = {"house": house, "kept": kept_terms(), "meta": meta}
    return render(request, "core/privacy.html", context)
