"""The approval of a plan: where it stands, what is to be approved, and the step itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan import clock
from kommuneplan.access import signed_in
from plans.lifecycle.approval import Standing, approval_of
from plans.models import Plan
from plans.public import plan_page

from ..actions.approving import ChangedMeanwhile, NotYourTurn, approve, send_back
from ..forms.approving import ApprovalForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, slug: str) -> HttpResponse:
    """For those who work with the plan, and those who approve it: they see what the bodies would
    get, and nothing else of the workspace."""
    plans = Plan.objects.approved_or_made_by(request.user).select_related("body", "parent")
    plan = get_object_or_404(plans, slug=slug)
    now = approval_of(plan)
    if now is None:
        return _nothing(request, plan)
    if request.method != "POST":
        return _page(request, now, ApprovalForm(initial={"seen": now.digest}))
    if not now.is_turn_of(request.user):
        if not any(request.user in step.holders for step in now.steps):
            raise PermissionDenied
        return _too_late(request, plan)
    form = ApprovalForm(request.POST, sends_back="send_back" in request.POST)
    if not form.is_valid():
        return _page(request, now, form, status=422)
    return _act(request, now, form)


def _act(request: HttpRequest, now: Standing, form: ApprovalForm) -> HttpResponse:
    words, plan = form.cleaned_data["words"], now.plan
    try:
        if form.sends_back:
            send_back(plan=plan, words=words, by=request.user)
            messages.success(request, _("The plan is sent back with your words."))
        else:
            approve(plan=plan, seen=form.cleaned_data["seen"], words=words, by=request.user)
            messages.success(request, _("You have approved the plan."))
    except NotYourTurn:
        return _too_late(request, plan)
    except ChangedMeanwhile:
        form.data = {**request.POST.dict(), "seen": now.digest}
        return _page(request, now, form, status=409)
    return redirect("plans:approval", slug=plan.slug)


def _too_late(request: HttpRequest, plan: Plan) -> HttpResponse:
    """It is not the person's turn (any more): said, with the words that were typed."""
    now = approval_of(Plan.objects.select_related("body", "parent").get(pk=plan.pk))
    if now is None:
        return _nothing(request, plan)
    typed = request.POST.get("words", "").strip()
    return _page(request, now, ApprovalForm(), status=409, typed=typed)


def _nothing(request: HttpRequest, plan: Plan) -> HttpResponse:
    messages.info(request, _("Nothing of the plan is to be approved now."))
    if Plan.objects.readable_by(request.user).filter(pk=plan.pk).exists():
        return redirect("plans:overview", slug=plan.slug)
    return redirect("plans:desk")


def _page(
    request: HttpRequest, now: Standing, form: ApprovalForm, status: int = 200, typed: str = ""
) -> HttpResponse:
    document = now.document
    context = {
        "plan": now.plan,
        "slug": now.plan.slug,
        "approval": now,
        "form": form if now.is_turn_of(request.user) else None,
        "changed": status == 409,
        "typed": typed,
        "document": document,
        "drawing": plan_page.timeline(document, at=request.arrived_at),
        "decision": plan_page.decision(document, clock.local_day(request.arrived_at)),
        "works_with_it": Plan.objects.readable_by(request.user).filter(pk=now.plan.pk).exists(),
    }
    return render(request, "plans/decisions/approval/page.html", context, status=status)
