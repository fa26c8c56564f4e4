"""The yearly status of a plan in force: opened, closed, and read beside earlier years. It is
made in ``status_writing``."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict, Outdated
from plans.access import plan_to_edit
from plans.decisions.actions import steps
from plans.decisions.submission import SubmitForm
from plans.enums import ItemType, Purpose, StatusState
from plans.lifecycle.chain import proposed_bodies
from plans.lifecycle.transitions import NotAllowed
from plans.models import FocusStatus, Matter, Plan, YearlyStatus
from plans.permissions import EDIT_FOCUS, RUN_STATUS, SUBMIT

from .. import yearly
from ..actions import areas as focus
from ..forms import CloseStatusForm, StatusForm


def status_to_edit(
    request: HttpRequest, slug: str, year: int, permission: str = EDIT_FOCUS
) -> tuple[Plan, YearlyStatus]:
    """A plan's status of a year."""
    plan = plan_to_edit(request, slug, permission)
    rows = plan.yearly_statuses.select_related("owner", "frozen", "plan")
    return plan, get_object_or_404(rows, year=year)


def closed_meanwhile() -> str:
    """What is said to who comes too late."""
    return _("The status has been closed meanwhile, so nothing was saved. This is what stands.")


# --- opened ------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def open_year(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the status of a year."""
    plan = plan_to_edit(request, slug, RUN_STATUS)
    due = yearly.next_status_due(plan)
    suggested = {"year": today().year, "opens_on": today(), "closes_on": due}
    if due is None or due < today():
        suggested["closes_on"] = None
    form = StatusForm(
        request.POST if request.method == "POST" else None, plan=plan, initial=suggested
    )
    if request.method == "POST" and form.is_valid():
        try:
            status = focus.open_year(plan=plan, facts=form.facts, by=request.user)
        except focus.NotInForce:
            form.add_error(None, _("Only a plan in force has a yearly status."))
        except focus.AlreadyOpen:
            form.add_error("year", _taken(plan))
        else:
            done = _("The yearly status %(year)s is open.") % {"year": status.year}
            messages.success(request, done)
            return redirect("plans:status", slug=plan.slug, year=status.year)
    return _frame_page(request, plan, form, None, due=due)


def _taken(plan: Plan) -> str:
    running = yearly.open_status(plan)
    if running:
        return _("The yearly status %(year)s is still open. Close it first.") % {
            "year": running.year
        }
    return _("The plan has a status of that year already. Choose another year.")


@signed_in
@require_http_methods(["GET", "POST"])
def edit_status(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Change the year, the window or who sees to it."""
    plan, status = status_to_edit(request, slug, year, RUN_STATUS)
    if status.state == StatusState.CLOSED:
        return redirect("plans:status", slug=plan.slug, year=year)
    form = StatusForm(request.POST if request.method == "POST" else None, plan=plan, status=status)
    code = None
    if request.method == "POST" and form.is_valid():
        try:
            stored = focus.edit_status(
                status=status, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
            )
        except focus.AlreadyOpen:
            form.add_error("year", _("The plan has a status of that year already."))
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            code = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:status", slug=plan.slug, year=stored.year)
    return _frame_page(request, plan, form, status, code=code)


def _frame_page(
    request: HttpRequest,
    plan: Plan,
    form: StatusForm,
    status: YearlyStatus | None,
    *,
    due: Any = None,
    code: int | None = None,
) -> HttpResponse:
    here = _("Window and owner") if status else _("Open a yearly status")
    areas = [area for area in yearly.areas_of(plan) if area.is_running]
    context = {"plan": plan, "form": form, "status": status, "due": due, "here": here}
    context |= {"areas": areas, "conflict": status if code == 409 else None}
    code = code or page_status(form)
    return render(request, "plans/focus/frame.html", context, status=code)


# --- closed ------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def close_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What the closing does, and what still blocks it; then the closing."""
    plan, this = status_to_edit(request, slug, year, RUN_STATUS)
    if this.state == StatusState.CLOSED:
        return redirect("plans:status", slug=plan.slug, year=year)
    entries = yearly.entries_of(this)
    seen = focus.seen_as(this, entries)
    form = CloseStatusForm(
        request.POST if request.method == "POST" else None, initial={"seen": seen}
    )
    if request.method == "POST" and form.is_valid():
        try:
            focus.close_year(status=this, seen=form.cleaned_data["seen"], by=request.user)
        except focus.AlreadyClosed:
            messages.info(request, closed_meanwhile())
        except Outdated:
            form.data = {"seen": seen}
            form.add_error(None, _outdated())
        except (focus.Undecided, focus.NothingSaid):
            form.add_error(None, _("The status is not closed: something is still missing."))
        else:
            done = _("The yearly status %(year)s is closed and locked as a version of its own.")
            messages.success(request, done % {"year": year})
        if not form.errors:
            return redirect("plans:status", slug=plan.slug, year=year)
    return _close_page(request, plan, this, entries, form)


def _outdated() -> str:
    return _(
        "Something has been changed since you looked, so the status is not closed. Look at it "
        "again, and then confirm."
    )


def _close_page(
    request: HttpRequest,
    plan: Plan,
    this: YearlyStatus,
    entries: list[FocusStatus],
    form: CloseStatusForm,
) -> HttpResponse:
    context = {
        "plan": plan,
        "status": this,
        "form": form,
        "here": _("Close the status"),
        "undecided": yearly.undecided(entries),
        "nothing": not entries and not this.summary.strip(),
        "entries": entries,
        "internal": [entry for entry in entries if not entry.focus_area.is_public],
    }
    code = page_status(form)
    return render(request, "plans/focus/close.html", context, status=code)


@signed_in
@require_http_methods(["GET", "POST"])
def submit_status(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Put a closed status before the committee: the version that the closing froze."""
    plan, this = status_to_edit(request, slug, year, SUBMIT)
    if this.frozen is None or this.frozen.matters.exists():
        messages.info(request, _("Only a closed status can be submitted, and only once."))
        return redirect("plans:status", slug=plan.slug, year=year)
    title = _("Yearly status %(year)s: %(title)s") % {"year": year, "title": plan.title}
    bodies = proposed_bodies(plan)
    items = {f"item_{number}": ItemType.INFORMATION for number in range(len(bodies))}
    posted = request.POST if request.method == "POST" else None
    initial = {"title": title[:300], "take_0": True, **items}
    form = SubmitForm(posted, plans=[plan], bodies=bodies, initial=initial)
    del form.fields["plans"], form.fields["purpose"]
    if posted is not None and form.is_valid():
        try:
            matter = _submit(this, form, request.user)
        except NotAllowed:
            messages.info(request, _("Only a closed status can be submitted, and only once."))
            return redirect("plans:status", slug=plan.slug, year=year)
        messages.success(request, _("The matter is created with the locked status in it."))
        return redirect("plans:matter", slug=plan.slug, uid=matter.uid)
    context = {"plan": plan, "status": this, "form": form, "here": _("Submit the status")}
    code = page_status(form)
    return render(request, "plans/focus/submit.html", context, status=code)


def _submit(this: YearlyStatus, form: SubmitForm, by: Any) -> Matter:
    chain = [steps.ChainStep(body, meeting, item, day) for body, meeting, day, item in form.chain]
    return steps.submit(
        plans=[this.plan],
        purpose=Purpose.STATUS,
        title=form.cleaned_data["title"],
        chain=chain,
        treated=form.cleaned_data["treated"],
        frozen=this.frozen,
        by=by,
    )


@signed_in
@require_safe
def years(request: HttpRequest, slug: str) -> HttpResponse:
    """All years side by side."""
    plan = plan_to_edit(request, slug, EDIT_FOCUS)
    statuses, rows = yearly.side_by_side(plan)
    context = {"plan": plan, "statuses": statuses, "rows": rows, "here": _("Year by year")}
    return render(request, "plans/focus/years.html", context)
