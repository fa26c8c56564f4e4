"""The page of an indicator in a plan: its numbers, and a measurement entered or corrected."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenVersionForm, page_status
from kommuneplan.locking import Conflict
from plans.models import Measurement, Plan, PlanIndicator

from .. import queries
from ..access import may_measure, measured_to_edit, use_to_edit
from ..actions import measuring as acts
from ..forms import MeasurementForm


@signed_in
@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """An indicator with its chart and table; a new measurement is written below."""
    if request.method == "POST":
        plan, use = measured_to_edit(request, slug, uid)
    else:
        plan, use = use_to_edit(request, slug, uid)
    form = MeasurementForm(
        request.POST if request.method == "POST" else None, indicator=use.indicator
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.measure(indicator=use.indicator, facts=form.facts, by=request.user)
        except acts.AlreadyMeasured as known:
            form.add_error("when", already_measured(known.stored))
        else:
            messages.success(request, _("The measurement is saved."))
            return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    return _page(request, plan, use, form)


def already_measured(stored: Measurement) -> str:
    """What is told where a period has a value already."""
    said = _("“%(period)s” has a value already. Correct it in the table, or write another period.")
    return said % {"period": stored.written}


def _page(request: HttpRequest, plan: Plan, use: PlanIndicator, form: Any) -> HttpResponse:
    (row,) = queries.with_numbers([use])
    context = {
        "plan": plan,
        "above": _("Indicators"),
        "above_address": reverse("plans:indicators", args=[plan.slug]),
        "here": use.indicator.name,
        "use": use,
        "row": row,
        "form": form,
        "measurements": queries.measurements_of(use.indicator, row.series),
        "may_measure": may_measure(request, use.indicator, plan),
    }
    return render(request, "plans/indicators/indicator.html", context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def correct(
    request: HttpRequest, slug: str, uid: uuid.UUID, measurement: uuid.UUID
) -> HttpResponse:
    """Correct a measurement; what was said before stays in the history."""
    plan, use = measured_to_edit(request, slug, uid)
    row = get_object_or_404(use.indicator.measurements, uid=measurement)
    sent = request.POST if request.method == "POST" else None
    form = MeasurementForm(sent, indicator=use.indicator, measurement=row)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            acts.correct(
                measurement=row,
                seen=form.cleaned_data["seen"],
                facts=form.facts,
                by=request.user,
            )
        except acts.AlreadyMeasured as known:
            form.add_error("when", already_measured(known.stored))
        except Conflict as other:
            conflict, row = True, other.mine  # type: ignore[assignment]
            form.data = {**request.POST.dict(), "seen": str(other.mine.version)}
        else:
            messages.success(request, _("The measurement is corrected."))
            return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    context = {
        "plan": plan,
        "use": use,
        "row": row,
        "form": form,
        "conflict": conflict,
        "here": _("Correct a measurement"),
        "series": queries.series_of(use.indicator, ()),
        "earlier": queries.earlier_values(row),
    }
    code = page_status(form, conflict=conflict)
    return render(request, "plans/indicators/measurement.html", context, status=code)


@signed_in
@require_POST
def take_away(
    request: HttpRequest, slug: str, uid: uuid.UUID, measurement: uuid.UUID
) -> HttpResponse:
    """Take a measurement away that was none."""
    plan, use = measured_to_edit(request, slug, uid)
    row = get_object_or_404(use.indicator.measurements, uid=measurement)
    form = SeenVersionForm(request.POST)
    try:
        acts.take_away(
            measurement=row,
            seen=form.cleaned_data["seen"] if form.is_valid() else -1,
            by=request.user,
        )
    except Conflict:
        said = _("The measurement has been changed meanwhile. Look at it, and take it away again.")
        messages.warning(request, said)
        return redirect("plans:measurement", slug=plan.slug, uid=use.uid, measurement=row.uid)
    messages.success(request, _("The measurement is taken away. It stands in the history."))
    return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
