"""The steps of a plan's money: added, corrected, deleted. They are told in the room beside the
requests, which a wing above fills."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenVersionForm, page_status
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.models import BudgetStep, Plan
from plans.permissions import EDIT_BUDGET

from . import actions
from .forms import BudgetStepForm
from .steps import steps_of


def _step(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, BudgetStep]:
    """A step of this plan; another plan's is 404."""
    plan = plan_to_edit(request, slug, EDIT_BUDGET)
    return plan, get_object_or_404(steps_of(plan), uid=uid)


def _back(plan: Plan) -> HttpResponse:
    return redirect("plans:plan-requests", slug=plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new step."""
    plan = plan_to_edit(request, slug, EDIT_BUDGET)
    form = BudgetStepForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        step = actions.add_step(plan=plan, facts=form.facts, by=request.user)
        messages.success(request, _("“%(title)s” is added.") % {"title": step.title})
        return _back(plan)
    return _page(request, plan, form, None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Correct a step."""
    plan, step = _step(request, slug, uid)
    data = request.POST if request.method == "POST" else None
    form = BudgetStepForm(data, plan=plan, step=step)
    if request.method != "POST" or not form.is_valid():
        return _page(request, plan, form, step)
    try:
        actions.edit_step(
            step=step, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
        )
    except Conflict as conflict:
        form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
        return _page(request, plan, form, step, conflict=steps_of(plan).get(pk=step.pk))
    except actions.LeadsBack:
        form.add_error("follows", _("That step goes on from this one. Choose another."))
        return _page(request, plan, form, step)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return _back(plan)


def _page(
    request: HttpRequest,
    plan: Plan,
    form: BudgetStepForm,
    step: BudgetStep | None,
    conflict: BudgetStep | None = None,
) -> HttpResponse:
    here = _("Correct a step of the money") if step else _("Add a step of the money")
    context = {"plan": plan, "form": form, "step": step, "here": here, "conflict": conflict}
    code = page_status(form, conflict=conflict is not None)
    return render(request, "plans/budget/step.html", context, status=code)


@signed_in
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Delete a step that was written by mistake."""
    plan, step = _step(request, slug, uid)
    data = request.POST if request.method == "POST" else None
    form = SeenVersionForm(data, initial={"seen": step.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.delete_step(step=step, seen=form.cleaned_data["seen"], by=request.user)
        except Conflict as conflict:
            form.data = {"seen": str(conflict.mine.version)}
            form.add_error(
                None,
                _("The step has been changed meanwhile, so nothing was done. Look at it below."),
            )
            step = steps_of(plan).get(pk=step.pk)
        else:
            messages.success(request, _("“%(title)s” is deleted.") % {"title": step.title})
            return _back(plan)
    here = _("Delete the step?")
    context = {"plan": plan, "step": step, "form": form, "here": here}
    code = 409 if form.is_bound and form.non_field_errors() else page_status(form)
    return render(request, "plans/budget/delete.html", context, status=code)
