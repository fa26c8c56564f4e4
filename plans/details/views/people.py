"""The people of a plan: who leads it, who approves it, from when until when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.accounts.people_forms import EndRoleForm
from plans.access import plan_to_edit
from plans.models import Plan, PlanLead
from plans.permissions import APPOINT

from ..actions.people import AppointedAlready, appoint, discharge
from ..forms import AppointForm, LeadField, lead_key


def _people_of(plan: Plan) -> list[PlanLead]:
    rows = plan.leads.select_related("user")
    return sorted(rows, key=lambda row: (row.ends is not None, row.begins, row.pk))


def _page(
    request: HttpRequest, plan: Plan, form: AppointForm | None = None, failed: Any = None
) -> HttpResponse:
    may_appoint = request.user.has_perm(APPOINT, plan)
    people = []
    for row in _people_of(plan):
        over = row.ends is not None and row.ends < today()
        ending = None
        if may_appoint and not over:
            ending = EndRoleForm(initial={"on": today()}, prefix=lead_key(row))
            if failed and failed[0] == row:
                ending = failed[1]
        people.append({"row": row, "over": over, "form": ending, "key": lead_key(row)})
    context = {
        "plan": plan,
        "people": people,
        "form": form or (AppointForm() if may_appoint else None),
    }
    status = 422 if failed or (form and form.is_bound) else 200
    return render(request, "plans/details/people.html", context, status=status)


@signed_in
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who leads and approves the plan; the secretary appoints and ends."""
    return _page(request, plan_to_edit(request, slug))


@signed_in
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody lead or approve the plan."""
    plan = plan_to_edit(request, slug, APPOINT)
    form = AppointForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            appoint(
                plan=plan,
                user=data["email"],
                role=data["role"],
                begins=data["begins"],
                by=request.user,
            )
        except AppointedAlready:
            form.add_error("email", _("The person does that on the plan already."))
        else:
            messages.success(request, _("%(name)s is on the plan.") % {"name": data["email"]})
            return redirect("plans:people", slug=slug)
    return _page(request, plan, form)


@signed_in
@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody's part in the plan end on a day."""
    plan = plan_to_edit(request, slug, APPOINT)
    try:
        row = LeadField(rows=_people_of(plan)).clean(request.POST.get("who"))
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("plans:people", slug=slug)
    form = EndRoleForm(request.POST, prefix=lead_key(row))
    if not form.is_valid():
        return _page(request, plan, failed=(row, form))
    on = form.cleaned_data["on"]
    discharge(lead=row, on=on, by=request.user)
    messages.success(
        request,
        _("The role is ended. What it opened is closed from now on.")
        if on <= today()
        else _("The role ends on the day you chose. Until then the person keeps it."),
    )
    if Plan.objects.readable_by(request.user).filter(pk=plan.pk).exists():
        return redirect("plans:people", slug=slug)
    return redirect("plans:desk")
