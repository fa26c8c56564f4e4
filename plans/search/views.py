"""Search in the workspace: everything that a person may read, by kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuneplan.access import signed_in

from .kinds import Asked, FoundAgain, Kind, asked_for, kinds

FIRST = 5  # of each kind, before one asks for more
PER_PAGE = 25
LONGEST = 200  # letters of a search


@dataclass(frozen=True, slots=True)
class KindFound:
    """What was found of a kind; ``more``: there is more than stands here."""

    kind: Kind
    hits: list[FoundAgain]
    more: bool = False
    page: Page[object] | None = None


@signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The first hits of each kind, or with ``slags`` one kind, page by page."""
    query = request.GET.get("q", "")[:LONGEST].strip()
    wanted = request.GET.get("slags", "")
    asked = asked_for(request.user, query, at=request.arrived_at)
    groups: list[KindFound] = []
    if asked.words:
        one = next((kind for kind in kinds() if kind.key == wanted), None)
        found = _page(one, asked, request.GET.get("side", "")) if one else None
        groups = [found] if found else [] if one else _first(asked)
    context = {
        "query": query,
        "asked": asked,
        "groups": groups,
        "one": wanted if groups and groups[0].page else "",
    }
    return render(request, "plans/search/search.html", context)


def _first(asked: Asked) -> list[KindFound]:
    """The first of every kind in which something was found."""
    groups = []
    for kind in kinds():
        rows = kind.rows(asked)
        first = list(rows[: FIRST + 1]) if rows is not None else []
        if first:
            groups.append(KindFound(kind, kind.hits(first[:FIRST], asked), len(first) > FIRST))
    return groups


def _page(kind: Kind, asked: Asked, number: str) -> KindFound | None:
    rows = kind.rows(asked)
    if rows is None:
        return None
    page = Paginator(rows, PER_PAGE).get_page(number or 1)
    hits = kind.hits(page.object_list, asked)
    return KindFound(kind, hits, page=page) if hits else None
