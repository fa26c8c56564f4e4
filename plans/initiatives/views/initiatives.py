"""The room *Initiativer*: the initiatives of a plan, and what is done to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.models import Initiative, Plan
from plans.permissions import EDIT_INITIATIVES

from .. import queries
from ..actions import initiatives as acts
from ..forms.initiatives import InitiativeForm, WhyForm


def initiative_to_edit(
    request: HttpRequest, slug: str, uid: str, *, also_retired: bool = False
) -> tuple[Plan, Initiative]:
    """An initiative of this plan; another plan's is 404, and so is one that is taken out."""
    plan = plan_to_edit(request, slug, EDIT_INITIATIVES)
    rows = queries.whole(plan.initiatives.select_related("plan"))
    if not also_retired:
        rows = rows.filter(retired_at__isnull=True)
    row = get_object_or_404(rows, uid=uid)
    row.plan = plan
    return plan, row


@signed_in
@require_safe
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """The initiatives in their order: where each stands, what comes next, what is overdue."""
    plan = plan_to_edit(request, slug, EDIT_INITIATIVES)
    rows = queries.list_of(plan, today())
    context = {
        "plan": plan,
        "here": _("Initiatives"),
        "rows": rows,
        "retired": queries.initiatives_of(plan, retired=True),
        "internal": sum(not row.initiative.is_public for row in rows),
    }
    return render(request, "plans/initiatives/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add_initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """A new initiative; its activities and money are added on its page."""
    plan = plan_to_edit(request, slug, EDIT_INITIATIVES)
    form = InitiativeForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        row = acts.add_initiative(
            plan=plan,
            facts=form.facts,
            focus_areas=form.cleaned_data.get("focus_areas", ()),
            by=request.user,
        )
        messages.success(request, _("“%(title)s” is added.") % {"title": row.title})
        return redirect("plans:initiative", slug=plan.slug, uid=row.uid)
    return _form_page(request, plan, form, None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Change what is said of an initiative."""
    plan, row = initiative_to_edit(request, slug, uid)
    form = InitiativeForm(request.POST if request.method == "POST" else None, plan=plan, row=row)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, plan, form, row)
    try:
        acts.edit_initiative(
            initiative=row,
            seen=form.cleaned_data["seen"],
            facts=form.facts,
            focus_areas=form.cleaned_data.get("focus_areas"),
            by=request.user,
        )
    except Conflict as conflict:
        theirs = conflict.mine
        form.data = form.data.copy()
        form.data["seen"] = str(theirs.version)
        return _form_page(request, plan, form, row, conflict=form.differs(theirs), code=409)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return redirect("plans:initiative", slug=plan.slug, uid=row.uid)


def _form_page(
    request: HttpRequest, plan: Plan, form: InitiativeForm, row: Initiative | None, **more: Any
) -> HttpResponse:
    code = more.pop("code", 0) or page_status(form)
    here = _("Change the initiative") if row else _("New initiative")
    context = {"plan": plan, "form": form, "initiative": row, "here": here, **more}
    return render(request, "plans/initiatives/form.html", context, status=code)


@signed_in
@require_POST
def move_initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up or down."""
    plan, row = initiative_to_edit(request, slug, uid)
    step = -1 if request.POST.get("retning") == "up" else 1
    acts.move_initiative(initiative=row, step=step, by=request.user)
    return redirect("plans:initiatives", slug=plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def retire_initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take an initiative out, with the reason."""
    plan, row = initiative_to_edit(request, slug, uid)
    sent = request.POST if request.method == "POST" else None
    form = WhyForm(sent, initial={"seen": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            acts.retire_initiative(initiative=row, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = form.data.copy()
            form.data["seen"] = str(conflict.mine.version)
            form.add_error(
                None,
                _(
                    "The initiative has been changed meanwhile, so nothing was done. Look at it "
                    "again, and confirm once more."
                ),
            )
            return _retire_page(request, plan, row, form, 409)
        messages.success(request, _("“%(title)s” is taken out.") % {"title": row.title})
        return redirect("plans:initiatives", slug=plan.slug)
    return _retire_page(request, plan, row, form, page_status(form))


def _retire_page(
    request: HttpRequest, plan: Plan, row: Initiative, form: WhyForm, code: int
) -> HttpResponse:
    here = _("Take the initiative out?")
    context = {"plan": plan, "initiative": row, "form": form, "here": here}
    return render(request, "plans/initiatives/retire.html", context, status=code)


@signed_in
@require_POST
def restore_initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put an initiative back; twice is as once."""
    plan, row = initiative_to_edit(request, slug, uid, also_retired=True)
    acts.restore_initiative(initiative=row, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": row.title})
    return redirect("plans:initiatives", slug=plan.slug)
