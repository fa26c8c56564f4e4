"""What is published of plans, as tables for programs, beside the pages that tell the same."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.open_data import dataset, given_out, taken_away
from kommuneplan.documents.tables import Dataset
from plans.public.gone import gone_facts
from plans.public.publications import moved_address

from . import rows
from .tables import OF_A_PLAN, PLANS


@public
@require_safe
def plans(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every plan that is published."""
    at = request.arrived_at

    def make() -> Dataset:
        page, house = reverse("plans:list"), Municipality.current()
        found = rows.plans(at=at)
        return dataset(
            PLANS, found, path="/planer", page=page, title=_("Plans"), at=at, house=house
        )

    return given_out(request, form, "/planer", make)


@public
@require_safe
def of_a_plan(request: HttpRequest, slug: str, table: str, form: str) -> HttpResponseBase:
    """One table of a plan as it is published now; an earlier address leads on."""
    at = request.arrived_at
    page = reverse("plans:plan", args=[slug])
    path = f"{page}{table}"

    def make() -> Dataset | HttpResponseBase:
        one = rows.open_plan(slug, at=at)
        if one is None:
            return _elsewhere(request, slug, table, form)
        return dataset(
            OF_A_PLAN[table],
            one.rows(table),
            path=path,
            page=page,
            title=one.document.head.title,
            at=at,
            house=Municipality.current(),
            version=one.plan.number,
            seal=one.plan.digest,
        )

    return given_out(request, form, path, make)


def _elsewhere(request: HttpRequest, slug: str, table: str, form: str) -> HttpResponseBase:
    facts = gone_facts(slug, None, at=request.arrived_at)
    if facts is not None:
        page = reverse("plans:plan", args=[slug])
        since = facts["withdrawn_at"]
        return taken_away(form, reason=facts["withdrawn_because"], since=since, page=page)
    now = moved_address(slug, at=request.arrived_at)
    if now is None:
        raise Http404
    return redirect(f"plans:data-{table}", now, form, permanent=True)
