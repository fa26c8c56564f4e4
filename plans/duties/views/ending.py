"""The end of a plan: what a body decided of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import ReasonForm, page_status
from kommuneplan.locking import Conflict
from kommuneplan.timespan.phrase import day_words
from plans.access import plan_to_edit, state_of
from plans.models.duties import EndChoice
from plans.permissions import DECIDE_DUTIES

from ..actions import ending as acts
from ..ending import decisions_of, end_of
from ..forms.ending import EndForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that a plan is extended, or that it expires."""
    plan = plan_to_edit(request, slug, DECIDE_DUTIES)
    end = end_of(plan)
    if state_of(request, plan).in_force is None:
        messages.info(request, _("Only a plan that was adopted has an end to be decided."))
        return redirect("plans:duties", slug=slug)
    form = EndForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        end=end,
        initial={"decided_on": today(), "choice": request.GET.get("valg", "")},
    )
    code = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = acts.decide_end(
                plan=plan,
                seen=data["seen"],
                choice=data["choice"],
                until=data["until"],
                facts=form.facts,
                by=request.user,
            )
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(
                None, _("The plan has been changed meanwhile. Look at its end, and confirm again.")
            )
            plan, code = conflict.mine, 409
        except (acts.NotLater, acts.NoEnd):
            form.add_error("until", _("The new last day has to be later than the present."))
        else:
            said = {"day": day_words(made.new_end)}
            if made.choice == EndChoice.EXTEND:
                messages.success(request, _("The plan holds until %(day)s.") % said)
            else:
                messages.success(request, _("It is recorded that the plan expires %(day)s.") % said)
            return redirect("plans:duties", slug=slug)
    context = {"plan": plan, "form": form, "end": end, "here": _("The end of the plan")}
    return render(request, "plans/duties/end.html", context, status=code or page_status(form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A decision was recorded by mistake: the plan has its former end again."""
    plan = plan_to_edit(request, slug, DECIDE_DUTIES)
    decision = get_object_or_404(decisions_of(plan), uid=uid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.take_back(decision=decision, reason=form.cleaned_data["reason"], by=request.user)
        except acts.NotTheNewest:
            form.add_error(None, _("Only the newest decision can be taken back."))
        else:
            messages.success(request, _("The decision is taken back."))
            return redirect("plans:duties", slug=slug)
    context = {"plan": plan, "form": form, "decision": decision, "what": "back"}
    context["here"] = _("Take the decision back?")
    return render(request, "plans/duties/act.html", context, status=page_status(form))
