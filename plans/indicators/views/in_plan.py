"""The room *Indikatorer*: the indicators of a plan, and what is done to each."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from kommuneplan.page_number import page_number
from plans.access import plan_to_edit
from plans.permissions import EDIT_INDICATORS

from .. import queries
from ..access import own_to_edit, use_to_edit
from ..actions import indicators as acts
from ..forms import IndicatorForm, StandingForm, UseForm

PER_PAGE = 50


@signed_in
@require_safe
def indicators(request: HttpRequest, slug: str) -> HttpResponse:
    """The indicators of the plan: where each stands, and what it lacks."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    uses = list(queries.in_use(plan, taken_out=True))
    rows = queries.with_numbers(use for use in uses if use.retired_at is None)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("side")))
    context = {
        "plan": plan,
        "here": _("Indicators"),
        "rows": page,
        "counts": queries.counts(rows),
        "lacking": sum(bool(row.lacks) for row in rows),
        "internal": sum(not row.use.is_public for row in rows),
        "taken_out": [use for use in uses if use.retired_at is not None],
    }
    return render(request, "plans/indicators/room.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new indicator of the plan."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    sent = request.POST if request.method == "POST" else None
    form, use_form = IndicatorForm(sent, plan=plan), UseForm(sent, plan=plan)
    if request.method == "POST" and form.is_valid() & use_form.is_valid():
        use = acts.add_indicator(plan=plan, facts=form.facts, use=use_form.facts, by=request.user)
        messages.success(request, _("“%(name)s” is added.") % {"name": use.indicator.name})
        return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    context = {"plan": plan, "here": _("Add an indicator"), "form": form, "use_form": use_form}
    code = max(page_status(form), page_status(use_form))
    return render(request, "plans/indicators/edit.html", context, status=code)


@signed_in
@require_http_methods(["GET", "POST"])
def reuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Use an indicator of another plan: found by its words (``q``), taken over with one press."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    rows = queries.reusable_in(plan, request.user)
    if request.method == "POST":
        try:
            uid = uuid.UUID(request.POST.get("indikator", ""))
        except ValueError:
            messages.warning(request, _("Choose an indicator."))
            return redirect("plans:indicator-reuse", slug=plan.slug)
        row = get_object_or_404(rows, uid=uid)
        try:
            use = acts.reuse_indicator(plan=plan, indicator=row, by=request.user)
        except acts.AlreadyUsed:
            return redirect("plans:indicators", slug=plan.slug)
        messages.success(request, _("The plan now uses “%(name)s”.") % {"name": row.name})
        return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    asked = " ".join(request.GET.get("q", "").split())[:100]
    if asked:
        rows = queries.named(rows, asked)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("side")))
    context = {
        "plan": plan,
        "above": _("Indicators"),
        "above_address": reverse("plans:indicators", args=[plan.slug]),
        "here": _("Use an indicator of another plan"),
        "rows": page,
        "asked": asked,
    }
    return render(request, "plans/indicators/reuse.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Change what is measured; for every plan that uses it."""
    plan, use = own_to_edit(request, slug, uid)
    sent = request.POST if request.method == "POST" else None
    form = IndicatorForm(sent, plan=use.indicator.home, indicator=use.indicator)
    context = {
        "here": _("Correct an indicator"),
        "others": use.indicator.uses.filter(retired_at__isnull=True).exclude(pk=use.pk).count(),
    }

    def act(form: Any) -> None:
        acts.edit_indicator(
            indicator=use.indicator,
            seen=form.cleaned_data["seen"],
            facts=form.facts,
            by=request.user,
        )

    return _form_page(request, plan, use, form, act, context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_use(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Change what the plan says of it: focus area, rank, public."""
    plan, use = use_to_edit(request, slug, uid)
    form = UseForm(request.POST if request.method == "POST" else None, plan=plan, use=use)

    def act(form: Any) -> None:
        acts.edit_use(use=use, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user)

    return _form_page(request, plan, use, form, act, {"here": _("The indicator in the plan")})


@signed_in
@require_http_methods(["GET", "POST"])
def set_standing(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Say otherwise than the rule where it stands, with a reason; or let the rule hold again."""
    plan, use = use_to_edit(request, slug, uid)
    initial = {
        "seen": use.version, "standing": use.override, "reason": use.override_reason,
    }  # fmt: skip
    form = StandingForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(form: Any) -> None:
        acts.set_standing(use=use, by=request.user, **form.cleaned_data)

    (row,) = queries.with_numbers([use])
    context = {"here": _("Say where it stands"), "row": row}
    return _form_page(request, plan, use, form, act, context)


def _form_page(
    request: HttpRequest, plan: Any, use: Any, form: Any, act: Any, more: dict[str, Any]
) -> HttpResponse:
    """A form on an indicator: shown, carried out, or shown again with what somebody else saved."""
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Conflict as other:
            conflict = True
            form.data = {**request.POST.dict(), "seen": str(other.mine.version)}
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": use.indicator.name})
            return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    context = {"plan": plan, "use": use, "form": form, "conflict": conflict, **more}
    code = page_status(form, conflict=conflict)
    return render(request, "plans/indicators/edit.html", context, status=code)


@signed_in
@require_POST
def take_out(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Take the indicator out of the plan; undone with one press, and twice is as once."""
    plan, use = use_to_edit(request, slug, uid, taken_out=True)
    acts.take_out(use=use, by=request.user)
    said = _("“%(name)s” is taken out of the plan. Its numbers stay, and it can be put back.")
    messages.success(request, said % {"name": use.indicator.name})
    return redirect("plans:indicators", slug=plan.slug)


@signed_in
@require_POST
def put_back(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Put it back; twice is as once."""
    plan, use = use_to_edit(request, slug, uid, taken_out=True)
    acts.put_back(use=use, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": use.indicator.name})
    return redirect("plans:indicators", slug=plan.slug)
