"""A matter before the bodies: its chain, the outcomes, the amended text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit
from plans.enums import Purpose
from plans.lifecycle.transitions import NotAllowed
from plans.models import Matter, Plan, Treatment
from plans.permissions import RECORD
from plans.process import published
from plans.process.actions import milestones
from plans.process.phrases import reason_needed

from ..actions import outcomes, steps
from ..actions.postponing import milestones_of
from ..doubts import Doubt, doubts_about, seal_of
from ..forms.decisions import OutcomeForm, RescheduleForm


def matter_of(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, Matter]:
    """A matter in which the plan is; 404 for another plan's."""
    plan = plan_to_edit(request, slug)
    matters = Matter.objects.filter(plans__cycle__plan=plan).distinct()
    return plan, get_object_or_404(matters, uid=uid)


def may_record(request: HttpRequest, matter: Matter) -> bool:
    """A decision over several plans is recorded by whoever may for all of them."""
    plans = [row.cycle.plan for row in outcomes.plans_of(matter)]
    return all(request.user.has_perm(RECORD, plan) for plan in plans)


@signed_in
@require_safe
def matter(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The matter with its plans and its chain of treatments."""
    plan, row = matter_of(request, slug, uid)
    return render(request, "plans/decisions/matter.html", _context(request, plan, row))


def _context(request: HttpRequest, plan: Plan, row: Matter) -> dict[str, Any]:
    readable = set(Plan.objects.readable_by(request.user).values_list("pk", flat=True))
    plans = outcomes.plans_of(row)
    chain = list(row.treatments.select_related("body", "meeting__body", "recorded_by"))
    return {
        "plan": plan,
        "matter": row,
        "chain": chain,
        "next": next((one for one in chain if not one.outcome), None),
        "plans": [one for one in plans if one.cycle.plan_id in readable],
        "others": sum(one.cycle.plan_id not in readable for one in plans),
        "may_record": may_record(request, row),
        "awaits_text": row.closed_at is None and outcomes.awaits_text(row),
        "decides": row.purpose in {Purpose.CONSULTATION, Purpose.ADOPTION},
        "day": clock.today(),
    }


def _treatment(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, Treatment]:
    plan = plan_to_edit(request, slug)
    rows = Treatment.objects.filter(matter__plans__cycle__plan=plan).distinct()
    row = get_object_or_404(rows.select_related("matter", "body", "meeting"), uid=uid)
    if not may_record(request, row.matter):
        raise PermissionDenied
    return plan, row


@signed_in
@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Record what a body decided, or correct what was recorded."""
    plan, row = _treatment(request, slug, uid)
    correcting = bool(row.outcome)
    initial = {"version": row.version, **outcomes.facts_of(row)}
    if not correcting and row.meeting and row.meeting.date <= clock.today():
        initial["decided_on"] = row.meeting.date
    form = OutcomeForm(
        request.POST if request.method == "POST" else None,
        body=row.body,
        correcting=correcting,
        initial=initial,
    )
    doubts: list[Doubt] = []
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("decided_on", "wording", "is_closed")}
        doubts = doubts_about(row, **facts)
        if doubts and request.POST.get("sure") != seal_of(doubts):
            trouble = _("Something is odd about the outcome, so it is not recorded yet. See below.")
        else:
            trouble = _record(request, row, form)
        if not trouble:
            messages.success(request, _said(row))
            return redirect("plans:matter", slug=slug, uid=row.matter.uid)
        form.add_error(None, trouble)
    current = Treatment.objects.select_related("body", "meeting").get(pk=row.pk)
    if form.is_bound:
        form.data = {**_kept(form.data), "version": current.version}
    status = page_status(form)
    context = {
        "plan": plan,
        "treatment": current,
        "form": form,
        "correcting": correcting,
        "doubts": doubts,
        "sure": seal_of(doubts),
    }
    return render(request, "plans/decisions/outcome.html", context, status=status)


def _kept(data: Any) -> dict[str, Any]:
    return data.dict() if hasattr(data, "dict") else dict(data)


def _record(request: HttpRequest, row: Treatment, form: OutcomeForm) -> str:
    """Do it; what stood in the way, in words, or nothing."""
    data = dict(form.cleaned_data)
    reason = data.pop("reason", "")
    row.version = data.pop("version")
    decision = outcomes.Decision(**data)
    try:
        if "reason" in form.fields:
            outcomes.correct_outcome(
                treatment=row, decision=decision, reason=reason, by=request.user
            )
        else:
            outcomes.record_outcome(treatment=row, decision=decision, by=request.user)
    except outcomes.AlreadyRecorded:
        return _("Somebody else has recorded the outcome meanwhile. Nothing of yours was stored.")
    except Conflict:
        return _(
            "The treatment has been changed meanwhile, so nothing was stored. "
            "Look at it, and save again."
        )
    except outcomes.AlreadyPublic:
        return _(
            "What followed from the outcome is published. Withdraw the publication under "
            "Versions first; then the outcome can be corrected."
        )
    except (outcomes.MovedOn, NotAllowed):
        return _(
            "The plan has gone on since this outcome, so another outcome can no longer be "
            "recorded here. Correct the last step first."
        )
    return ""


def _said(row: Treatment) -> str:
    stored = Matter.objects.get(pk=row.matter_id)
    if stored.closed_at:
        return _("The outcome is recorded. The matter is closed.")
    if outcomes.awaits_text(stored):
        return _("The outcome is recorded. The matter waits for the amended text.")
    return _("The outcome is recorded. The matter goes on to the next treatment.")


@signed_in
@require_http_methods(["GET", "POST"])
def reschedule(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """At which meeting a body is to treat the matter."""
    plan, row = _treatment(request, slug, uid)
    if row.outcome:
        return redirect("plans:matter", slug=slug, uid=row.matter.uid)
    along = milestones_of(row)
    form = RescheduleForm(
        request.POST if request.method == "POST" else None,
        body=row.body,
        along=along,
        published=bool(published.published_uids(one.uid for one in along)),
        initial={"version": row.version, "meeting": row.meeting and row.meeting.uid},
    )
    if request.method == "POST" and form.is_valid() and _rescheduled(request, row, form):
        return redirect("plans:matter", slug=slug, uid=row.matter.uid)
    status = page_status(form)
    context = {"plan": plan, "treatment": row, "form": form}
    return render(request, "plans/decisions/reschedule.html", context, status=status)


def _rescheduled(request: HttpRequest, row: Treatment, form: RescheduleForm) -> bool:
    """Do it; False when the reason of a published date is missing."""
    data = form.cleaned_data
    row.version = data["version"]
    try:
        steps.reschedule(
            treatment=row,
            meeting=None if data["date"] else data["meeting"],
            day=data["date"],
            along=data.get("along", ()),
            reason=data.get("reason", ""),
            by=request.user,
        )
    except milestones.ReasonNeeded:
        form.add_error("reason", reason_needed())
        return False
    except Conflict:
        messages.warning(
            request, _("The treatment has been changed meanwhile, so nothing was done.")
        )
    else:
        messages.success(request, _("The meeting is saved."))
    return True


@signed_in
@require_POST
def amended(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The amendments are written into the plan: freeze it."""
    plan, row = matter_of(request, slug, uid)
    if not may_record(request, row):
        raise PermissionDenied
    try:
        outcomes.take_amended_text(matter=row, by=request.user)
    except NotAllowed:
        messages.warning(request, _("The matter no longer waits for an amended text."))
    else:
        messages.success(request, _("The amended text is frozen."))
    return redirect("plans:matter", slug=plan.slug, uid=uid)
