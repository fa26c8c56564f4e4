"""The register *Indikatorer* over all plans that somebody works with, the page on which whoever
measures enters a value, and all of it as a table to take along."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import now, today
from kommuneplan.core.forms import page_status
from kommuneplan.documents.tables import rows_as_csv
from kommuneplan.documents.xlsx import Sheet, render_sheets
from kommuneplan.page_number import page_number
from plans.access import plan_to_edit
from plans.models import Indicator, Plan
from plans.permissions import EDIT_INDICATORS

from .. import queries
from ..actions import measuring as acts
from ..due import late
from ..forms import MeasurementForm
from ..open_table import INDICATORS, rows_of
from .measuring import already_measured

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every indicator of the person's plans, and those they measure: found by words (``q``), or
    those that are late (``vis=forsinkede``)."""
    found = _asked(request)
    page = Paginator(found, PER_PAGE).get_page(page_number(request.GET.get("side")))
    rows = queries.register_rows(page.object_list, request.user)
    context = {
        "here": _("Indicators"),
        "page": page,
        "rows": rows,
        "asked": _words(request),
        "only_late": request.GET.get("vis") == "forsinkede",
        "query": request.GET,
    }
    return render(request, "plans/indicators/register.html", context)


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:100]


def _asked(request: HttpRequest) -> Any:
    found = Indicator.objects.readable_by(request.user)
    if request.GET.get("vis") == "forsinkede":
        found = found.filter(pk__in=late(today()).values("pk"))
    return queries.named(found, _words(request)).select_related("home", "owner")


@signed_in
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A value entered by whoever measures, who need not work with any plan."""
    rows = Indicator.objects.measured_by(request.user).select_related("home", "owner")
    indicator = get_object_or_404(rows, uid=uid)
    form = MeasurementForm(request.POST if request.method == "POST" else None, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            acts.measure(indicator=indicator, facts=form.facts, by=request.user)
        except acts.AlreadyMeasured as known:
            form.add_error("when", already_measured(known.stored))
        else:
            messages.success(request, _("The measurement is saved."))
            return redirect("plans:indicator-measure", uid=indicator.uid)
    measured = queries.measured_of([indicator.pk]).get(indicator.pk, [])
    uses = indicator.uses.filter(
        plan__in=Plan.objects.readable_by(request.user), retired_at__isnull=True
    )
    context = {
        "here": indicator.name,
        "above": _("Indicators"),
        "above_address": reverse("plans:indicator-register"),
        "indicator": indicator,
        "series": queries.series_of(indicator, measured),
        "uses": uses.select_related("plan"),
        "form": form,
    }
    return render(request, "plans/indicators/measure.html", context, status=page_status(form))


# --- as a table ----------------------------------------------------------------------------------


@signed_in
@require_safe
def table_of_plan(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The indicators of a plan, internal ones too: a row for each indicator and period."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    rows = _lines(queries.with_numbers(queries.in_use(plan)), {plan.pk: plan.title})
    return _given(rows, form, plan.slug)


@signed_in
@require_safe
def table_of_all(request: HttpRequest, form: str) -> HttpResponse:
    """The same of every plan that the person works with; with what was asked for."""
    plans = dict(Plan.objects.readable_by(request.user).values_list("pk", "title"))
    uses = queries.uses_of_plans(list(plans)).filter(indicator__in=_asked(request).values("pk"))
    return _given(_lines(queries.with_numbers(uses), plans), form, "alle")


def _lines(
    rows: Sequence[queries.IndicatorInPlan], plans: dict[int, str]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        for line in rows_of(
            str(row.use.uid),
            row.indicator.name,
            row.series,
            rank=row.use.rank,
            standing=str(row.standing),
            by_hand=row.is_overridden,
            source=row.indicator.source,
        ):
            yield (*line, plans[row.use.plan_id])


def _given(rows: Iterator[tuple[Any, ...]], form: str, of: str) -> HttpResponse:
    names = [*(column.name for column in INDICATORS.columns), "plan"]
    if form == "csv":
        answer = HttpResponse(rows_as_csv(names, rows), content_type="text/csv; charset=utf-8")
    else:
        sheet = Sheet(str(INDICATORS.title), names, (_cells(row) for row in rows))
        book = render_sheets([sheet], title=str(INDICATORS.title), created=now())
        answer = HttpResponse(book, content_type=XLSX)
    name = f"indikatorer-{of}-{today().isoformat()}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _cells(row: tuple[Any, ...]) -> list[Any]:
    """A row as a spreadsheet holds it: "ja" and "nej" are words there."""
    words = {True: _("yes"), False: _("no")}
    return [words[one] if isinstance(one, bool) else one for one in row]
