"""The public side of rounds: the list, the page of a round, and the files that go out with it.

The pages know nobody and are kept as bytes (``kommuneplan.core.site.page_cache``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from consultations.access import moved_round, public_round, visible_round
from consultations.file_response import material_bytes
from kommuneplan.access import public
from kommuneplan.core.site.open_data import linked
from kommuneplan.core.site.page_cache import asked_for, kept_page
from kommuneplan.page_number import page_number

from ..metadata import tables_of
from ..round_page import by_state, days_left, found, hearing_page

PER_PAGE = 20
LONGEST_SEARCH = 200  # letters


@public
@require_safe
def hearings(request: HttpRequest) -> HttpResponseBase:
    """Every round everybody may know of: open, coming and ended; searched."""
    at, asked = request.arrived_at, asked_for(request, "q", "side")
    page = kept_page(
        request, "consultations/public/list.html", lambda: _hearings(asked, at), asked=asked
    )
    return linked(page, ["/hoeringer"])


def _hearings(asked: QueryDict, at: dt.datetime) -> dict[str, Any]:
    words = asked.get("q", "")[:LONGEST_SEARCH]
    opened, coming, ended = by_state(found(words, at=at), at=at)
    return {
        "words": words,
        "open": [(row, days_left(row, at=at)) for row in opened],
        "coming": list(coming),
        "ended": Paginator(ended, PER_PAGE).get_page(asked.get("side")),
    }


@public
@require_safe
def hearing(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A round as everybody sees it now; an earlier address leads on."""
    at, asked = request.arrived_at, asked_for(request, "side")
    page = kept_page(
        request, "consultations/public/hearing.html", lambda: _hearing(slug, asked, at), asked=asked
    )
    return linked(page, (path for path, _title in tables_of(slug)))


def _hearing(slug: str, asked: QueryDict, at: dt.datetime) -> dict[str, Any] | HttpResponseBase:
    round = visible_round(slug, at)
    if round is None:
        return _elsewhere(slug, at)
    return hearing_page(round, at=at, page=page_number(asked.get("side")))


@public
@require_safe
def material(request: HttpRequest, slug: str, uid: str) -> HttpResponseBase:
    """A file that goes out with the draft of a public round, from its opening on."""
    round = public_round(slug, request.arrived_at)
    if round.opens_at is None or round.opens_at > request.arrived_at:
        raise Http404
    return material_bytes(request, round, uid)


def _elsewhere(slug: str, at: dt.datetime) -> HttpResponseBase:
    moved = moved_round(slug, at)
    if not moved:
        raise Http404
    return redirect("consultations:hearing", moved, permanent=True)
