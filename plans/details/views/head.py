"""What the plan is: title, proposal, the citizen's questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.document.building import gather_head
from plans.models import Plan
from plans.permissions import EDIT_PROCESS_PLAN

from ..actions.head import edit_head
from ..forms import HeadForm


@signed_in
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, slug: str) -> HttpResponse:
    """What the plan is, and the citizen's three questions."""
    plan = plan_to_edit(request, slug, EDIT_PROCESS_PLAN)
    posted = request.POST if request.method == "POST" else None
    seen = plan.version
    form = HeadForm(posted, instance=plan, initial={"seen": seen})
    conflict = False
    if posted is not None and form.is_valid():
        try:
            edit_head(plan=plan, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user)
        except Conflict:
            conflict = True
            form.data = {**posted.dict(), "seen": str(seen)}
        else:
            messages.success(request, _("Saved. What the public sees changes when you publish."))
            return redirect("plans:overview", slug=slug)
    stored = Plan.objects.select_related("body").get(pk=plan.pk)
    context = {
        "plan": stored,
        "form": form,
        "frozen_head": gather_head(stored, None),
        "conflict": _differs(form, stored) if conflict else (),
    }
    status = page_status(form, conflict=conflict)
    return render(request, "plans/details/head.html", context, status=status)


def _differs(form: HeadForm, stored: Plan) -> list[tuple[str, str, str]]:
    """What somebody else has saved meanwhile, beside what was typed."""
    return [
        (form.fields[name].label, form.cleaned_data[name], getattr(stored, name))
        for name in form.Meta.fields
        if form.cleaned_data[name] != getattr(stored, name)
    ]
