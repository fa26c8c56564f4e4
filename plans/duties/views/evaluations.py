"""Evaluations: written as they come about, published when somebody says so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict, seen_in
from plans.access import plan_to_edit
from plans.models import Evaluation, Plan
from plans.permissions import DECIDE_DUTIES, EDIT_DUTIES

from ..actions import evaluations as acts
from ..forms.evaluations import EvaluationForm
from .duties import differs


def evaluation_to_edit(
    request: HttpRequest, slug: str, uid: str, permission: str = EDIT_DUTIES
) -> tuple[Plan, Evaluation]:
    """An evaluation of this plan; another plan's is 404."""
    plan = plan_to_edit(request, slug, permission)
    rows = plan.evaluations.select_related("milestone", "plan")
    return plan, get_object_or_404(rows.prefetch_related("goals__focus_area"), uid=uid)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new evaluation."""
    plan = plan_to_edit(request, slug, EDIT_DUTIES)
    return _written(request, plan, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """An evaluation: written as long as it is internal, read once it is published."""
    plan, evaluation = evaluation_to_edit(request, slug, uid)
    if evaluation.published_at is not None:
        if request.method == "POST":
            messages.warning(
                request, _("It is published, so nothing was saved. Take it back first.")
            )
            return redirect("plans:evaluation", slug=slug, uid=uid)
        context = {"plan": plan, "evaluation": evaluation, "here": evaluation.title}
        context["may_decide"] = request.user.has_perm(DECIDE_DUTIES, plan)
        return render(request, "plans/duties/evaluation_read.html", context)
    return _written(request, plan, evaluation)


def _written(request: HttpRequest, plan: Plan, evaluation: Evaluation | None) -> HttpResponse:
    form = EvaluationForm(
        request.POST if request.method == "POST" else None, plan=plan, evaluation=evaluation
    )
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            row = acts.save_evaluation(
                plan=plan,
                evaluation=evaluation,
                seen=form.cleaned_data["seen"],
                facts=form.facts,
                goals=form.goals,
                by=request.user,
            )
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            more = {"conflict": differs(form, conflict.mine), "code": 409}
        except acts.IsPublished:
            form.add_error(None, _("It is published, so nothing was saved. Take it back first."))
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": row.title})
            return redirect("plans:evaluation", slug=plan.slug, uid=row.uid)
    code = more.pop("code", page_status(form))
    here = _("Write an evaluation")
    context = {"plan": plan, "form": form, "evaluation": evaluation, "here": here, **more}
    context["may_decide"] = request.user.has_perm(DECIDE_DUTIES, plan)
    return render(request, "plans/duties/evaluation.html", context, status=code)


@signed_in
@require_POST
def publish(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Let everybody read it, as it was seen."""
    _plan, evaluation = evaluation_to_edit(request, slug, uid, DECIDE_DUTIES)
    try:
        acts.publish_evaluation(
            evaluation=evaluation, seen=seen_in(request.POST.get("seen", "")), by=request.user
        )
    except Conflict:
        messages.warning(request, _changed())
    except acts.NotConcluded:
        messages.warning(
            request,
            _("Write a result or a link, and the day on which it was concluded, and publish then."),
        )
    else:
        messages.success(request, _("The evaluation is published."))
    return redirect("plans:evaluation", slug=slug, uid=uid)


@signed_in
@require_POST
def withdraw(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take it back from everybody."""
    _plan, evaluation = evaluation_to_edit(request, slug, uid, DECIDE_DUTIES)
    try:
        acts.withdraw_evaluation(
            evaluation=evaluation, seen=seen_in(request.POST.get("seen", "")), by=request.user
        )
    except Conflict:
        messages.warning(request, _changed())
    else:
        messages.success(request, _("The evaluation is internal again."))
    return redirect("plans:evaluation", slug=slug, uid=uid)


def _changed() -> str:
    return _("The evaluation has been changed meanwhile, so nothing was done. Look at it again.")
