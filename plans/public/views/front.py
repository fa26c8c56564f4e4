"""The front page, the list of plans and the calendar page: what the public meets first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuneplan.access import public

from .. import found_page, front_page
from .. import plan_list as listing
from ..forms import PlanSearch

PER_PAGE = 25
_FRONT_DATES = 10


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is open, decided and coming; and the way to every plan."""
    at = request.arrived_at
    dates = front_page.coming_soon(at=at, most=_FRONT_DATES + 1)
    shelves = front_page.shelves(at=at)
    context = {
        "consultations": front_page.open_consultations(at=at),
        "decided": front_page.decided_lately(at=at),
        "dates": dates[:_FRONT_DATES],
        "drawing": front_page.picture(dates[:_FRONT_DATES], at=at),
        "more_dates": len(dates) > _FRONT_DATES,
        "shelves": shelves,
        "plan_count": sum(shelf.plans for shelf in shelves),
    }
    return render(request, "plans/public/front.html", context)


@public
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every published plan in Danish order, filtered, 25 a page; with words, what is found by them
    on all public pages."""
    at = request.arrived_at
    shelves = front_page.shelves(at=at)
    form = PlanSearch(
        request.GET,
        bodies=[shelf.body for shelf in shelves],
        first_year=min((s.first_year for s in shelves if s.first_year), default=None),
        last_year=max((s.last_year for s in shelves if s.last_year), default=None),
    )
    if form.words:
        return render(request, "plans/public/found.html", found_page.found_page(
            form, at=at, number=request.GET.get("side"), most=PER_PAGE))  # fmt: skip
    total = sum(shelf.plans for shelf in shelves)
    found = listing.filtered(form, at=at) if form.used else listing.everything(total, at=at)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "page": page,
        "total": total,
        "rows": listing.rows(page.object_list, at=at),
    }
    return render(request, "plans/public/list.html", context)


@public
@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """Everything that is coming in the published plans, month by month."""
    at = request.arrived_at
    page = Paginator(front_page.coming_pages(at=at), 50).get_page(request.GET.get("side"))
    context = {"page": page, "lines": front_page.lines(page.object_list, at=at)}
    return render(request, "plans/public/dates.html", context)
