"""A plan begun from nothing, and the room *Structure*: where a plan stands among the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.models import Body
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.models import Plan
from plans.permissions import EDIT_PROCESS_PLAN, SET_UP, bodies_for_new_plans, plans_known_to
from plans.timeline import plan_tree

from ..actions import structure
from ..forms import NewPlanForm, PlaceForm


@signed_in
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """An empty plan for one of the person's bodies; with ``fra=skabelon`` on to the templates of
    process plans."""
    bodies = bodies_for_new_plans(request.user)
    if not bodies:
        return _no_body_yet(request)
    form = NewPlanForm(
        request.POST if request.method == "POST" else None,
        bodies=Body.objects.filter(pk__in=[body.pk for body in bodies]),
        plans=plans_known_to(request.user, at=request.arrived_at),
    )
    if form.is_bound and form.is_valid():
        uid = form.cleaned_data.pop("uid")
        plan = structure.create_plan(uid=uid, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("The plan is made. Nobody but those who work on it sees it."))
        by_template = request.GET.get("fra") == "skabelon"
        return redirect("plans:template" if by_template else "plans:overview", slug=plan.slug)
    return render(
        request, "plans/details/new.html", {"form": form}, status=422 if form.errors else 200
    )


def _no_body_yet(request: HttpRequest) -> HttpResponse:
    """Whoever may make plans in a house without bodies is led to where these are made."""
    if not request.user.has_perm(SET_UP):
        raise PermissionDenied
    messages.info(request, _("A plan belongs to a committee or a council. Begin with these."))
    return redirect("plans:setup-bodies")


@signed_in
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the plan stands among the others, as a figure, a list and a form."""
    plan = plan_to_edit(request, slug, EDIT_PROCESS_PLAN)
    seen = plan.version
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        plans=plans_known_to(request.user, at=request.arrived_at),
        initial={
            "seen": seen,
            "kind": plan.kind,
            "parent": plan.parent and plan.parent.uid,
            "replaces": [one.uid for one in plan.replaces.all()],
            "replaces_in_words": plan.replaces_in_words,
        },
    )
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            structure.place_plan(
                plan=plan, seen=form.cleaned_data["seen"], by=request.user, **form.facts
            )
        except structure.UnderItself:
            form.add_error("parent", _("The plan would then stand under itself. Choose another."))
        except Conflict:
            conflict = True
            form.data = {**form.data.dict(), "seen": str(seen)}
        else:
            messages.success(request, _("Saved. What the public sees changes when you publish."))
            return redirect("plans:structure", slug=slug)
    figure = _figure(request, plan)
    context = {"plan": plan, "form": form, "figure": figure, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/details/place.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Member:
    uid: str
    slug: str
    title: str
    kind: str
    parent_uid: str | None
    address: str


def _figure(request: HttpRequest, plan: Plan) -> plan_tree.Structure:
    """The live tree as far as the person may know it."""
    top = plan.root_id or plan.pk
    known = plans_known_to(request.user, at=request.arrived_at)
    tree: Any = (known.filter(root=top) | known.filter(pk=top)).select_related("parent")
    own = set(Plan.objects.readable_by(request.user).values_list("pk", flat=True))
    members = [
        _Member(
            uid=str(one.uid),
            slug=one.slug,
            title=one.title,
            kind=one.kind,
            parent_uid=str(one.parent.uid) if one.parent else None,
            address="plans:structure" if one.pk in own else "plans:plan",
        )
        for one in tree
    ]
    before = [*plan.replaces.order_by("sort_key").values_list("title", flat=True)]
    if plan.replaces_in_words:
        before.append(plan.replaces_in_words)
    return plan_tree.structure(members, str(plan.uid), before=before)
