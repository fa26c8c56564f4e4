"""A response as everybody reads it, and its annexes; the list is a part of the round's page.

What is shown comes through ``consultations.responses.published`` alone. Whoever asks for something
that is not shown gets a 404, whatever they know of it: a digest they guessed is not compared with
anything.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultations.models import Round
from consultations.responses.published import Becomes, annexes_shown, response_at
from kommuneplan.access import public
from kommuneplan.core.file_response import file_once
from kommuneplan.core.site.page_cache import kept_page, page_bytes

PAGE = "consultations/public/response.html"
CACHING = "public, max-age=0, must-revalidate"


def _round(request: HttpRequest, slug: str) -> Round:
    rounds = Round.objects.public(at=request.arrived_at).select_related("plan", "frozen")
    return get_object_or_404(rounds.defer("frozen__content", "frozen__search_text"), slug=slug)


@public
@require_safe
def response(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One number: the response as it is shown, or that it is hidden or withdrawn."""
    return kept_page(request, PAGE, lambda: _response(request, slug, number))


def _response(request: HttpRequest, slug: str, number: int) -> dict[str, Any] | HttpResponse:
    round = _round(request, slug)
    line = response_at(round, number, at=request.arrived_at)
    if line is None:
        raise Http404
    told = {"round": round, "line": line}
    if line.becomes != Becomes.WITHDRAWN:
        return told
    gone = HttpResponse(page_bytes(PAGE, told), status=410)
    gone["Cache-Control"] = CACHING
    return gone


@public
@require_safe
def annex(request: HttpRequest, slug: str, number: int, annex: UUID) -> HttpResponseBase:
    """An annex as it is given to everybody: to be stored, never shown in the browser."""
    round = _round(request, slug)
    rows = annexes_shown(at=request.arrived_at)
    row = get_object_or_404(rows, uid=annex, response__round=round, response__number=number)
    return file_once(request, row.published or row.file, caching=CACHING)
