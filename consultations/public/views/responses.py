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
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from consultations.file_response import file_once
from consultations.models import Round
from consultations.responses.published import annexes_shown, response_at
from kommuneplan.access import public
from kommuneplan.core.models import Municipality

CACHING = "public, max-age=0, must-revalidate"


def _round(request: HttpRequest, slug: str) -> Round:
    rounds = Round.objects.public(at=request.arrived_at).select_related("plan", "frozen")
    return get_object_or_404(rounds.defer("frozen__content", "frozen__search_text"), slug=slug)


def _page(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that knows nobody: rendered without the request."""
    house = {"municipality": Municipality.current()}
    answer = HttpResponse(render_to_string(template, {**context, **house}), status=status)
    answer["Cache-Control"] = CACHING
    return answer


@public
@require_safe
def response(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One number: the response as it is shown, or that it is hidden or withdrawn."""
    round = _round(request, slug)
    line = response_at(round, number, at=request.arrived_at)
    if line is None:
        raise Http404
    status = 410 if line.becomes == "withdrawn" else 200
    return _page("consultations/public/response.html", {"round": round, "line": line}, status)


@public
@require_safe
def annex(request: HttpRequest, slug: str, number: int, annex: UUID) -> HttpResponseBase:
    """An annex as it is given to everybody: to be stored, never shown in the browser."""
    round = _round(request, slug)
    rows = annexes_shown(at=request.arrived_at)
    row = get_object_or_404(rows, uid=annex, response__round=round, response__number=number)
    return file_once(request, row.published or row.file, caching=CACHING)
