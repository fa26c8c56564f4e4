"""The year wheel: for everybody, and inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from kommuneplan.clock import local_day
from kommuneplan.core.models import User
from kommuneplan.core.site.page_cache import asked_for, kept_page

from .forms import WheelForm
from .page import bodies_for, wheel_page, years_of

ASKED = ("aar", "udvalg")


@public
@require_safe
def year_wheel(request: HttpRequest) -> HttpResponseBase:
    """A year of all bodies as everybody knows it."""
    at, asked = request.arrived_at, asked_for(request, *ASKED)  # type: ignore[attr-defined]
    return kept_page(
        request, "plans/year_wheel/public.html", lambda: _context(asked, None, at), asked=asked
    )


@signed_in
@require_safe
def work_wheel(request: HttpRequest) -> HttpResponse:
    """The same with what is not public of the plans that somebody works with, and the meetings of
    their bodies."""
    at, asked = request.arrived_at, asked_for(request, *ASKED)  # type: ignore[attr-defined]
    context = _context(asked, request.user, at)
    return render(request, "plans/year_wheel/work.html", context)


def _context(asked: QueryDict, user: User | None, at: dt.datetime) -> dict[str, Any]:
    years, bodies = years_of(user, at=at), bodies_for(user, at=at)
    form = WheelForm(asked, years=years, bodies=bodies, this_year=local_day(at).year)
    wheel = wheel_page(form.year, form.body, user=user, at=at, years=years, bodies=bodies)
    return {"form": form, "wheel": wheel}
