"""Several milestones at once: a treatment by the bodies, a template; both shown before made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.forms import SeenForm, page_status
from kommuneplan.core.models import Body
from kommuneplan.locking import Outdated
from plans.access import plan_to_edit
from plans.lifecycle.chain import proposed_bodies
from plans.models import Plan

from ..actions import templates
from ..forms.table import ChainForm, TemplateForm
from ..templates import ProposedMilestone, choices, from_template, ordered
from ..templates import chain as chain_of

_TREATING = [BodyKind.ADVISORY, BodyKind.COMMITTEE, BodyKind.FINANCE_COMMITTEE, BodyKind.COUNCIL]


@signed_in
@require_http_methods(["GET", "POST"])
def chain(request: HttpRequest, slug: str) -> HttpResponse:
    """A matter through the bodies, about a week apart, on their meetings where there are any."""
    plan = _plan(request, slug)
    bodies = Body.objects.filter(kind__in=_TREATING)
    form = ChainForm(
        _data(request, "title"),
        bodies=bodies,
        initial={
            "first_day": clock.today(),
            "bodies": [body.uid for body in proposed_bodies(plan)],
        },
    )
    proposals: list[ProposedMilestone] | None = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        known = templates.calendars(data["bodies"], data["first_day"])
        order = ordered((body.kind, known[str(body.uid)]) for body in data["bodies"])
        proposals = chain_of(data["title"], data["first_day"], order, adoption=data["adoption"])
    return _answer(request, plan, form, proposals, "chain")


@signed_in
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """A process plan to begin with, counted from a day."""
    plan = _plan(request, slug)
    form = TemplateForm(
        _data(request, "template"),
        templates=choices(),
        initial={"begins": clock.today(), "template": "framework_plan"},
    )
    proposals: list[ProposedMilestone] | None = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            known = templates.roles(plan, data["begins"])
            proposals = from_template(data["template"], data["begins"], known)
        except OverflowError:
            form.add_error("begins", _("The date is too far away. Choose one nearer."))
    return _answer(request, plan, form, proposals, "template")


def _plan(request: HttpRequest, slug: str) -> Plan:
    plan = plan_to_edit(request, slug)
    if plan.open_cycle is None and plan.cycles.exists():
        raise Http404("no open cycle")
    return plan


def _data(request: HttpRequest, asked: str) -> Any:
    if request.method == "POST":
        return request.POST
    return request.GET if asked in request.GET else None


def _answer(
    request: HttpRequest,
    plan: Plan,
    form: Any,
    proposals: list[ProposedMilestone] | None,
    what: str,
) -> HttpResponse:
    """The form, what it would make, or the way back when it has been made."""
    if proposals is not None and request.method == "POST":
        try:
            made = templates.create_proposed(
                plan=plan,
                proposals=proposals,
                seen=request.POST.get("seen", ""),
                by=request.user,
            )
        except Outdated:
            messages.info(request, _("See what would be made, and then confirm."))
        else:
            words = ngettext("%(n)s milestone created.", "%(n)s milestones created.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect("plans:work-plan", slug=plan.slug)
    names = dict(Body.objects.values_list("uid", "name")) if proposals else {}
    context = {
        "plan": plan,
        "form": form,
        "what": what,
        "proposals": proposals,
        "names": {str(uid): name for uid, name in names.items()},
        "seen": SeenForm(initial={"seen": templates.fingerprint(proposals)}) if proposals else None,
        "asked": form.data.lists() if proposals else (),
    }
    status = page_status(form)
    return render(request, "plans/process/start.html", context, status=status)
