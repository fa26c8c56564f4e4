"""The front page, the list of plans and the calendar page: what the public meets first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.models import Meeting
from kommuneplan.core.site.open_data import linked
from kommuneplan.core.site.page_cache import asked_for, kept_page

from .. import found_page, front_page
from .. import plan_list as listing
from ..bodies import public_meetings
from ..forms import PlanSearch

PER_PAGE = 25
_FRONT_DATES = 10
_MEETINGS = 60


@public
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """What is open, decided and coming; and the way to every plan."""
    at = request.arrived_at
    return kept_page(request, "plans/public/front.html", lambda: _front(at))


def _front(at: dt.datetime) -> dict[str, Any]:
    dates = front_page.coming_soon(at=at, most=_FRONT_DATES + 1)
    shelves = front_page.shelves(at=at)
    return {
        "consultations": front_page.open_consultations(at=at),
        "decided": front_page.decided_lately(at=at),
        "dates": dates[:_FRONT_DATES],
        "drawing": front_page.picture(dates[:_FRONT_DATES], at=at),
        "more_dates": len(dates) > _FRONT_DATES,
        "shelves": shelves,
        "plan_count": sum(shelf.plans for shelf in shelves),
    }


@public
@require_safe
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """Every published plan in Danish order, filtered, 25 a page; with words, what is found by them
    on all public pages."""
    at, asked = request.arrived_at, asked_for(request, *PlanSearch.base_fields, "side")
    template, context = ("found", _found) if _form(asked, []).words else ("list", _list)
    page = kept_page(
        request, f"plans/public/{template}.html", lambda: context(asked, at), asked=asked
    )
    return linked(page, ["/planer"])


def _form(asked: QueryDict, shelves: Sequence[front_page.BodyShelf]) -> PlanSearch:
    return PlanSearch(
        asked,
        bodies=[shelf.body for shelf in shelves],
        first_year=min((s.first_year for s in shelves if s.first_year), default=None),
        last_year=max((s.last_year for s in shelves if s.last_year), default=None),
    )


def _found(asked: QueryDict, at: dt.datetime) -> dict[str, Any]:
    form = _form(asked, front_page.shelves(at=at))
    return found_page.found_page(form, at=at, number=asked.get("side"), most=PER_PAGE)


def _list(asked: QueryDict, at: dt.datetime) -> dict[str, Any]:
    shelves = front_page.shelves(at=at)
    form = _form(asked, shelves)
    total = sum(shelf.plans for shelf in shelves)
    found = listing.filtered(form, at=at) if form.used else listing.everything(total, at=at)
    page = Paginator(found, PER_PAGE).get_page(asked.get("side"))
    return {
        "form": form,
        "page": page,
        "total": total,
        "rows": listing.rows(page.object_list, at=at),
    }


def _meetings(at: dt.datetime) -> list[Meeting]:
    """The public meetings of bodies in the time to come."""
    rows = public_meetings(since=local_day(at)).filter(cancelled=False)
    return list(rows[:_MEETINGS])


@public
@require_safe
def dates(request: HttpRequest) -> HttpResponseBase:
    """Everything that is coming in the published plans, month by month."""
    at, asked = request.arrived_at, asked_for(request, "side")
    return kept_page(request, "plans/public/dates.html", lambda: _dates(asked, at), asked=asked)


def _dates(asked: QueryDict, at: dt.datetime) -> dict[str, Any]:
    page = Paginator(front_page.coming_pages(at=at), 50).get_page(asked.get("side"))
    return {
        "page": page,
        "lines": front_page.lines(page.object_list, at=at),
        "meetings": _meetings(at) if page.number == 1 else [],
    }
