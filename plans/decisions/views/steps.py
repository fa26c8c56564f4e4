"""A plan's overview, and the steps of its life that the administration takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.forms import ReasonForm, page_status
from kommuneplan.core.gates import Blocked, Blocker, blockers
from kommuneplan.core.models import Body
from plans.access import plan_to_edit, state_of
from plans.enums import Purpose
from plans.lifecycle.chain import proposed_bodies
from plans.lifecycle.gates import GIVE_UP
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.transitions import SUBMITTABLE, NotAllowed, Verb, possible
from plans.models import Matter, Plan, PlanVersion
from plans.permissions import END_WORK, PUBLISH_VERSION, RECORD, SUBMIT
from plans.public.standing import adoption_of

from ..actions import steps
from ..forms.decisions import RepealForm
from ..overtaken import overtaken
from ..submission import SubmitForm


@signed_in
@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the plan stands, what blocks the next step, and the one thing to do now."""
    plan = plan_to_edit(request, slug)
    now = state_of(request, plan)
    may = {
        "submit": SUBMIT,
        "record": RECORD,
        "end": END_WORK,
        "publish": PUBLISH_VERSION,
    }
    may = {name: request.user.has_perm(permission, plan) for name, permission in may.items()}
    context = {
        "plan": plan,
        "standing": now,
        "may": may,
        "verbs": possible(now.state) if now.open_cycle else set(),
        "chain": _chain(now),
        "unpublished": _unpublished(plan),
        "adopted": adoption_of(plan) if now.in_force else None,
        "overtaken": overtaken(plan) if now.in_force else [],
        "matters": _matters(plan),
        "approval": now.approval,
        "children": plan.children.filter(retired_at__isnull=True)
        & Plan.objects.readable_by(request.user),
    }
    return render(request, "plans/decisions/overview.html", context)


def _chain(now: PlanState) -> list[Any]:
    if now.matter is None:
        return []
    return list(now.matter.treatments.select_related("body", "meeting__body"))


def _unpublished(plan: Plan) -> Any:
    """The version that everybody is to read, where they do not."""
    return PlanVersion.objects.to_publish().filter(plan=plan).first()


def _matters(plan: Plan) -> list[Any]:
    rows = Matter.objects.filter(plans__cycle__plan=plan, closed_at__isnull=False)
    return list(rows.prefetch_related("treatments__body").order_by("-closed_at"))


# --- put before the bodies ---------------------------------------------------------------------


def submittable(request: HttpRequest, plan: Plan) -> list[Plan]:
    """The plans of the tree that the person may submit and that are ready to be: this one first."""
    root = plan.root_id or plan.pk
    tree = Plan.objects.readable_by(request.user).filter(retired_at__isnull=True)
    tree = (tree.filter(root=root) | tree.filter(pk=root)).select_related("body")
    return [
        one
        for one in sorted(tree, key=lambda one: (one.pk != plan.pk, one.sort_key))
        if _may_be_submitted(one) and request.user.has_perm(SUBMIT, one)
    ]


def _may_be_submitted(plan: Plan) -> bool:
    now = PlanState(plan, clock.today())
    return now.open_cycle is not None and now.state in SUBMITTABLE


@signed_in
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose plans, purpose and chain; submitting freezes what the bodies will have before them."""
    plan = plan_to_edit(request, slug, SUBMIT)
    plans, bodies = submittable(request, plan), proposed_bodies(plan)
    posted = request.POST if request.method == "POST" else None
    now = state_of(request, plan)
    whole = now.purpose == Purpose.ADOPTION
    initial = {
        "plans": [plan.uid],
        "purpose": now.purpose or Purpose.CONSULTATION,
        "title": plan.title,
        **{f"take_{number}": number == 0 or whole for number in range(len(bodies))},
        **_planned_meetings(now, bodies),
    }
    form = SubmitForm(posted, plans=plans, bodies=bodies, initial=initial)
    missing = now.missing
    if posted is not None and form.is_valid():
        try:
            matter = _submit(request, form)
        except Blocked as error:
            missing = error.blockers
            form.add_error(None, _("Something is missing, so nothing was submitted. See below."))
        except NotAllowed:
            form.add_error(
                None,
                _("One of the plans already lies before the bodies. Nothing was submitted."),
            )
        else:
            messages.success(
                request,
                _("The matter is created, and the version before the bodies is frozen."),
            )
            return redirect("plans:matter", slug=slug, uid=matter.uid)
    context = {
        "plan": plan,
        "form": form,
        "blockers": missing,
        "ready": plan in plans,
    }
    return render(request, "plans/decisions/submit.html", context, status=page_status(form))


def _planned_meetings(now: PlanState, bodies: list[Body]) -> dict[str, Any]:
    """The meetings the process plan has already, by the field that asks for them."""
    if now.cycle is None:
        return {}
    rows = now.cycle.milestones.filter(
        meeting__date__gte=now.day, meeting__cancelled=False, meeting__body__in=bodies
    )
    first: dict[int, Any] = {}
    for row in rows.select_related("meeting").order_by("meeting__date", "pk"):
        first.setdefault(row.meeting.body_id, row.meeting.uid)
    return {
        f"meeting_{number}": first[body.pk]
        for number, body in enumerate(bodies)
        if body.pk in first
    }


def _submit(request: HttpRequest, form: SubmitForm) -> Any:
    data = form.cleaned_data
    chain = [steps.ChainStep(body, meeting, item, day) for body, meeting, day, item in form.chain]
    return steps.submit(
        plans=list(data["plans"]),
        purpose=data["purpose"],
        title=data["title"],
        chain=chain,
        treated=data["treated"],
        by=request.user,
    )


# --- given up, revised, repealed ---------------------------------------------------------------


def _with_reason(
    request: HttpRequest,
    plan: Plan,
    template: str,
    do: Callable[[Any], Any],
    done: str,
    form: Any,
    missing: Sequence[Blocker] = (),
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except Blocked as error:
            missing = error.blockers
            form.add_error(None, _("Something is in the way, so nothing was done. See above."))
        except NotAllowed:
            messages.warning(
                request, _("The plan has gone on meanwhile, so nothing was done. Look at it again.")
            )
            return redirect("plans:overview", slug=plan.slug)
        else:
            messages.success(request, done)
            return redirect("plans:overview", slug=plan.slug)
    context = {"plan": plan, "form": form, "standing": state_of(request, plan)}
    context["blockers"] = missing
    return render(request, template, context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Give up the work on a plan, or abandon a revision."""
    plan = plan_to_edit(request, slug, END_WORK)
    now = state_of(request, plan)
    cycle = now.open_cycle
    if cycle is None or Verb.WITHDRAW not in possible(now.state):
        return redirect("plans:overview", slug=slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _with_reason(
        request,
        plan,
        "plans/decisions/withdraw.html",
        lambda data: steps.withdraw_cycle(cycle=cycle, reason=data["reason"], by=request.user),
        _("The revision is given up. The plan in force stands as before.")
        if now.is_revision
        else _("The plan is withdrawn."),
        form,
        blockers(GIVE_UP, plan=plan, stage=now.facts.rounds_stage),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a revision of a plan in force."""
    plan = plan_to_edit(request, slug, END_WORK)
    now = state_of(request, plan)
    if now.open_cycle or now.in_force is None or now.state == "repealed":
        return redirect("plans:overview", slug=slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _with_reason(
        request,
        plan,
        "plans/decisions/revise.html",
        lambda data: steps.open_revision(plan=plan, reason=data["reason"], by=request.user),
        _("The revision is open. The plan in force stands until the revision is adopted."),
        form,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def repeal(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a plan in force end."""
    plan = plan_to_edit(request, slug, END_WORK)
    now = state_of(request, plan)
    if now.open_cycle or now.in_force is None:
        return redirect("plans:overview", slug=slug)
    form = RepealForm(request.POST if request.method == "POST" else None, initial={"on": now.day})
    return _with_reason(
        request,
        plan,
        "plans/decisions/repeal.html",
        lambda data: steps.repeal(plan=plan, on=data["on"], reason=data["reason"], by=request.user),
        _("The plan is repealed."),
        form,
    )
