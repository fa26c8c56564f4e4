"""The public side of rounds: the list, the page of a round, and the files that go out with it.

The pages know nobody. That of a round is kept, as bytes, under a key that names all it shows.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultations.access import moved_round, public_round
from consultations.file_response import material_bytes
from kommuneplan.access import public
from kommuneplan.core.site.open_data import linked
from kommuneplan.core.site.page_cache import kept, page_bytes
from kommuneplan.page_number import page_number

from ..metadata import tables_of
from ..round_page import by_state, days_left, found, hearing_beat, hearing_page

PER_PAGE = 20
LONGEST_SEARCH = 200  # letters


@public
@require_safe
def hearings(request: HttpRequest) -> HttpResponseBase:
    """Every round everybody may know of: open, coming and ended; searched."""
    at = request.arrived_at
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    opened, coming, ended = by_state(found(words, at=at), at=at)
    context = {
        "words": words,
        "open": [(row, days_left(row, at=at)) for row in opened],
        "coming": list(coming),
        "ended": Paginator(ended, PER_PAGE).get_page(request.GET.get("side")),
    }
    return linked(render(request, "consultations/public/list.html", context), ["/hoeringer"])


@public
@require_safe
def hearing(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A round as everybody sees it now; an earlier address leads on."""
    at = request.arrived_at
    beat = hearing_beat(slug, at=at)
    if not beat:
        return _elsewhere(slug, request)
    number = page_number(request.GET.get("side"))
    page = kept(
        request,
        f"hearing-{beat}-{number}",
        lambda: page_bytes(
            "consultations/public/hearing.html",
            hearing_page(public_round(slug, at), at=at, page=number),
        ),
    )
    return linked(page, (path for path, _title in tables_of(slug)))


@public
@require_safe
def material(request: HttpRequest, slug: str, uid: str) -> HttpResponseBase:
    """A file that goes out with the draft of a public round, from its opening on."""
    round = public_round(slug, request.arrived_at)
    if round.opens_at is None or round.opens_at > request.arrived_at:
        raise Http404
    return material_bytes(request, round, uid)


def _elsewhere(slug: str, request: HttpRequest) -> HttpResponseBase:
    moved = moved_round(slug, request.arrived_at)
    if not moved:
        raise Http404
    return redirect("consultations:hearing", moved, permanent=True)
