"""The steps that a decision has overtaken, in one list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit

from ..actions.settling import NotOvertaken, settle
from ..forms.settling import SettleForm
from ..overtaken import adopted_on, overtaken


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settling(request: HttpRequest, slug: str) -> HttpResponse:
    """Each step: done, moved, dropped, or left as it is; one reason, one act."""
    plan = plan_to_edit(request, slug)
    steps = overtaken(plan)
    if not steps:
        return redirect("plans:overview", slug=slug)
    posted = request.POST if request.method == "POST" else None
    form = SettleForm(posted, steps=steps, parts=year_parts())
    if posted is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            n = settle(plan=plan, settled=form.settled, reason=reason, by=request.user)
        except (Conflict, NotOvertaken):
            messages.warning(
                request, _("A step has been changed meanwhile, so nothing was stored. Look again.")
            )
            return redirect("plans:overtaken", slug=slug)
        said = ngettext("%(n)d step is settled.", "%(n)d steps are settled.", n) % {"n": n}
        messages.success(
            request, f"{said} {_('What the public sees changes with the next publication.')}"
        )
        return redirect("plans:overview", slug=slug)
    context = {"plan": plan, "form": form, "day": adopted_on(plan)}
    return render(request, "plans/decisions/overtaken.html", context, status=page_status(form))
