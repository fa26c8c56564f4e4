"""The room *Pligter*: what a plan has to do again and again, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict, Outdated
from plans.access import plan_to_edit, state_of
from plans.models import Duty, DutyFulfilment, Plan
from plans.permissions import DECIDE_DUTIES, EDIT_DUTIES, END_WORK

from ..actions import duties as acts
from ..ending import decisions_of, end_of, is_near
from ..forms.duties import DutyForm, FulfilForm, RetireForm, SkipForm
from ..standing import DutyStanding, duties_of, standings, turn_words, with_what_counts


def duty_to_edit(
    request: HttpRequest,
    slug: str,
    uid: str,
    permission: str = EDIT_DUTIES,
    *,
    also_retired: bool = False,
) -> tuple[Plan, Duty]:
    """A duty of this plan; another plan's is 404, and so is one that is taken out."""
    plan = plan_to_edit(request, slug, permission)
    rows = with_what_counts(Duty.objects.filter(plan=plan))
    if not also_retired:
        rows = rows.filter(retired_at__isnull=True)
    return plan, get_object_or_404(rows, uid=uid)


@signed_in
@require_safe
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """The duties, what is due first on top; the evaluations; and how long the plan holds."""
    plan = plan_to_edit(request, slug, EDIT_DUTIES)
    now = state_of(request, plan)
    context = {
        "plan": plan,
        "duties": duties_of(plan, on=today()),
        "retired": Duty.objects.filter(plan=plan, retired_at__isnull=False).order_by("-retired_at"),
        "evaluations": plan.evaluations.select_related("milestone"),
        "end": end_of(plan),
        "end_is_near": now.in_force and is_near(plan, on=today()),
        "decisions": decisions_of(plan),
        "in_force": now.in_force,
        "is_revised": now.open_cycle is not None,
        "may_decide": request.user.has_perm(DECIDE_DUTIES, plan),
        "may_end": request.user.has_perm(END_WORK, plan),
    }
    return render(request, "plans/duties/duties.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_duty(request: HttpRequest, slug: str) -> HttpResponse:
    """A new duty."""
    plan = plan_to_edit(request, slug, EDIT_DUTIES)
    form = DutyForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        duty = acts.add_duty(plan=plan, facts=form.facts, by=request.user)
        messages.success(request, _("“%(title)s” is added.") % {"title": duty.title})
        return redirect("plans:duties", slug=slug)
    return _duty_page(request, plan, form, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_duty(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A duty changed, and what became of each of its turns."""
    plan, duty = duty_to_edit(request, slug, uid)
    form = DutyForm(request.POST if request.method == "POST" else None, plan=plan, duty=duty)
    if not form.is_valid():
        return _duty_page(request, plan, form, duty)
    try:
        acts.edit_duty(duty=duty, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user)
    except Conflict as conflict:
        form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
        return _duty_page(
            request, plan, form, duty, conflict=differs(form, conflict.mine), code=409
        )
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return redirect("plans:duties", slug=slug)


def differs(form: Any, stored: Any) -> list[tuple[Any, Any, Any]]:
    """What the other has saved beside what was typed: (label, mine, theirs)."""
    told = {True: _("Yes"), False: _("No")}
    return [
        (form.fields[name].label, told.get(mine, mine), told.get(theirs, theirs))
        for name, mine in form.facts.items()
        if name in form.fields and mine != (theirs := getattr(stored, name))
    ]


def _duty_page(
    request: HttpRequest, plan: Plan, form: DutyForm, duty: Duty | None, **more: Any
) -> HttpResponse:
    here = _("Correct a duty") if duty else _("Add a duty")
    code = more.pop("code", page_status(form))
    context = {"plan": plan, "form": form, "duty": duty, "here": here, **more}
    context["may_decide"] = request.user.has_perm(DECIDE_DUTIES, plan)
    return render(request, "plans/duties/duty.html", context, status=code)


# --- turns ---------------------------------------------------------------------------------------


def _standing(duty: Duty) -> DutyStanding:
    return standings(Duty.objects.filter(pk=duty.pk), on=today())[0]


def recorded_meanwhile() -> str:
    """What is said to who comes too late."""
    return _("Somebody has recorded it meanwhile, or the rule was changed. Look again.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def fulfil(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """What is due next is done: when, and by what."""
    plan, duty = duty_to_edit(request, slug, uid)
    now = _standing(duty)
    if now.turn is None:
        messages.info(request, _("Nothing of this duty is due."))
        return redirect("plans:duties", slug=slug)
    initial = {"occurrence": now.turn.key, "done_on": today(), **_offered(request)}
    form = FulfilForm(
        request.POST if request.method == "POST" else None, plan=plan, initial=initial
    )
    if form.is_valid():
        try:
            acts.fulfil(duty=duty, by=request.user, **form.cleaned_data)
        except Outdated:
            messages.warning(request, recorded_meanwhile())
        else:
            done = _("“%(title)s” is fulfilled: %(turn)s.")
            said = {"title": duty.title, "turn": turn_words(now.turn) or _("once")}
            messages.success(request, done % said)
        return redirect("plans:duties", slug=slug)
    context = {"plan": plan, "duty": duty, "now": now, "form": form, "here": _("Fulfil the duty")}
    context["may_decide"] = request.user.has_perm(DECIDE_DUTIES, plan)
    return render(request, "plans/duties/fulfil.html", context, status=page_status(form))


def _offered(request: HttpRequest) -> dict[str, str]:
    """What another page offers as that by which it is fulfilled (``?status=`` its uid)."""
    return {name: request.GET[name] for name in ("status", "evaluation") if request.GET.get(name)}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """What is due next is left out, for a reason."""
    plan, duty = duty_to_edit(request, slug, uid, DECIDE_DUTIES)
    now = _standing(duty)
    if now.turn is None:
        messages.info(request, _("Nothing of this duty is due."))
        return redirect("plans:duties", slug=slug)
    initial = {"occurrence": now.turn.key}
    form = SkipForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            acts.skip(duty=duty, by=request.user, **form.cleaned_data)
        except Outdated:
            messages.warning(request, recorded_meanwhile())
        else:
            messages.success(request, _("“%(title)s” is left out.") % {"title": duty.title})
        return redirect("plans:duties", slug=slug)
    context = {"plan": plan, "duty": duty, "now": now, "form": form, "what": "skip"}
    context["here"] = _("Leave it out?")
    return render(request, "plans/duties/act.html", context, status=page_status(form))


@signed_in
@require_POST
def undo(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take back what was recorded of a turn; twice is as once."""
    plan = plan_to_edit(request, slug, EDIT_DUTIES)
    known = DutyFulfilment.history.filter(uid=uid, duty_id__in=plan.duties.values("pk"))
    if not known.exists():
        raise Http404
    row = DutyFulfilment.objects.filter(uid=uid).select_related("duty").first()
    if row is not None:
        acts.undo(fulfilment=row, by=request.user)
        done = _("It is taken back: “%(title)s” is due again.")
        messages.success(request, done % {"title": row.duty.title})
    return redirect("plans:duties", slug=slug)


# --- taken out -----------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take a duty out, for a reason; undone with one press."""
    plan, duty = duty_to_edit(request, slug, uid)
    form = RetireForm(
        request.POST if request.method == "POST" else None, initial={"seen": duty.version}
    )
    code = None
    if form.is_valid():
        try:
            acts.retire_duty(duty=duty, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _("The duty has been changed meanwhile. Confirm again."))
            code = 409
        else:
            done = _("“%(title)s” is taken out. It stands at the bottom and can be put back.")
            messages.success(request, done % {"title": duty.title})
            return redirect("plans:duties", slug=slug)
    context = {"plan": plan, "duty": duty, "form": form, "what": "retire"}
    context["here"] = _("Take the duty out?")
    return render(request, "plans/duties/act.html", context, status=code or page_status(form))


@signed_in
@require_POST
def restore(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put a duty back; twice is as once."""
    _plan, duty = duty_to_edit(request, slug, uid, also_retired=True)
    acts.restore_duty(duty=duty, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": duty.title})
    return redirect("plans:duties", slug=slug)
