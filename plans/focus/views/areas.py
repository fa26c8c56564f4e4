"""The room *Indsatsområder*: the focus areas of a plan, and what is done to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenVersionForm, page_status
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.effects.building import prefetch_effects
from plans.models import FocusArea, Plan
from plans.permissions import EDIT_FOCUS, RUN_STATUS

from .. import yearly
from ..actions import areas as focus
from ..forms import AreaForm, EndAreaForm


def area_to_edit(
    request: HttpRequest, slug: str, uid: str, *, also_retired: bool = False
) -> tuple[Plan, FocusArea]:
    """A focus area of this plan; another plan's is 404, and so is one that is taken out."""
    plan = plan_to_edit(request, slug, EDIT_FOCUS)
    rows = plan.focus_areas.select_related("plan")
    if not also_retired:
        rows = rows.filter(retired_at__isnull=True)
    return plan, get_object_or_404(rows, uid=uid)


@signed_in
@require_safe
def areas(request: HttpRequest, slug: str) -> HttpResponse:
    """The focus areas in their order, and the way to the yearly status."""
    plan = plan_to_edit(request, slug, EDIT_FOCUS)
    rows = yearly.areas_of(plan)
    prefetch_effects(rows)
    context = {
        "plan": plan,
        "here": _("Focus areas"),
        "areas": rows,
        "retired": yearly.areas_of(plan, retired=True),
        "internal": sum(not row.is_public for row in rows),
        "status": yearly.open_status(plan),
        "closed": plan.yearly_statuses.filter(state="closed").order_by("-year"),
        "due": yearly.next_status_due(plan),
        "today": yearly.today(),
        "may_run": request.user.has_perm(RUN_STATUS, plan),
    }
    return render(request, "plans/focus/areas.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add_area(request: HttpRequest, slug: str) -> HttpResponse:
    """A new focus area; while a status is open, it stands in it at once."""
    plan = plan_to_edit(request, slug, EDIT_FOCUS)
    form = AreaForm(request.POST if request.method == "POST" else None)
    status = yearly.open_status(plan)
    if request.method == "POST" and form.is_valid():
        area = focus.add_area(plan=plan, facts=form.facts, by=request.user)
        messages.success(request, _("“%(title)s” is added.") % {"title": area.title})
        if status and request.GET.get("til") == "status":
            return redirect("plans:status", slug=plan.slug, year=status.year)
        return redirect("plans:focus", slug=plan.slug)
    return _area_page(request, plan, form, None, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_area(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Change a focus area."""
    plan, area = area_to_edit(request, slug, uid)
    form = AreaForm(request.POST if request.method == "POST" else None, area=area)
    if request.method != "POST" or not form.is_valid():
        return _area_page(request, plan, form, area)
    try:
        focus.edit_area(
            area=area, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
        )
    except Conflict as conflict:
        stored = conflict.mine
        form.data = {**request.POST.dict(), "seen": str(stored.version)}
        return _area_page(request, plan, form, area, conflict=_differs(form, stored), code=409)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return redirect("plans:focus", slug=plan.slug)


def _differs(form: AreaForm, stored: Any) -> list[tuple[str, Any, Any]]:
    """What the other has saved beside what was typed: (label, mine, theirs)."""

    def said(value: Any) -> Any:
        return (
            {True: _("Yes"), False: _("No")}.get(value, value) if value in (True, False) else value
        )

    return [
        (form.fields[name].label, said(mine), said(getattr(stored, name)))
        for name, mine in form.facts.items()
        if mine != getattr(stored, name)
    ]


def _area_page(
    request: HttpRequest, plan: Plan, form: AreaForm, area: FocusArea | None, **more: Any
) -> HttpResponse:
    code = more.pop("code", page_status(form))
    here = _("Correct a focus area") if area else _("Add a focus area")
    context = {"plan": plan, "form": form, "area": area, "here": here, **more}
    return render(request, "plans/focus/area.html", context, status=code)


@signed_in
@require_POST
def move_area(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up or down (``retning``: ``up`` or ``down``)."""
    plan, area = area_to_edit(request, slug, uid)
    step = {"up": -1, "down": 1}.get(request.POST.get("retning", ""))
    if step is None or not focus.move_area(area=area, step=step, by=request.user):
        messages.warning(request, _("“%(title)s” cannot be moved there.") % {"title": area.title})
    return redirect("plans:focus", slug=plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def end_area(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Let a focus area end, for a reason; or let one that has ended go on."""
    plan, area = area_to_edit(request, slug, uid)
    if area.ended_on is not None:
        return _resume(request, plan, area)
    done = _("“%(title)s” has ended. It stays in the plan, marked as ended.")
    return _with_reason(request, plan, area, focus.end_area, "end", done)


def _resume(request: HttpRequest, plan: Plan, area: FocusArea) -> HttpResponse:
    form = SeenVersionForm(request.POST or None, initial={"seen": area.version})
    if request.method == "POST" and form.is_valid():
        try:
            focus.resume_area(area=area, seen=form.cleaned_data["seen"], by=request.user)
        except Conflict:
            messages.warning(request, _changed())
            return redirect("plans:focus-end", slug=plan.slug, uid=area.uid)
        messages.success(request, _("“%(title)s” goes on.") % {"title": area.title})
        return redirect("plans:focus", slug=plan.slug)
    return _act_page(request, plan, area, form, "resume")


@signed_in
@require_http_methods(["GET", "POST"])
def retire_area(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take a focus area out, for a reason; undone with one press."""
    plan, area = area_to_edit(request, slug, uid)
    done = _("“%(title)s” is taken out. It stands at the bottom of the page and can be put back.")
    return _with_reason(request, plan, area, focus.retire_area, "retire", done)


def _with_reason(
    request: HttpRequest, plan: Plan, area: FocusArea, act: Any, what: str, done: str
) -> HttpResponse:
    form = EndAreaForm(
        request.POST if request.method == "POST" else None, initial={"seen": area.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            act(area=area, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _changed())
            return _act_page(request, plan, conflict.mine, form, what, code=409)
        messages.success(request, done % {"title": area.title})
        return redirect("plans:focus", slug=plan.slug)
    return _act_page(request, plan, area, form, what)


def _act_page(
    request: HttpRequest, plan: Plan, area: Any, form: Any, what: str, code: int = 0
) -> HttpResponse:
    heading = {
        "end": _("End the focus area?"),
        "resume": _("Let the focus area go on?"),
        "retire": _("Take the focus area out?"),
    }[what]
    context = {"plan": plan, "area": area, "form": form, "what": what, "here": heading}
    code = code or page_status(form)
    return render(request, "plans/focus/act.html", context, status=code)


@signed_in
@require_POST
def restore_area(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put a focus area back; twice is as once."""
    plan, area = area_to_edit(request, slug, uid, also_retired=True)
    focus.restore_area(area=area, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": area.title})
    return redirect("plans:focus", slug=plan.slug)


def _changed() -> str:
    return _(
        "The focus area has been changed meanwhile, so nothing was done. Look at it below, "
        "and confirm again."
    )
