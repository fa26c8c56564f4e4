"""The room of the process plan: the table edited in the row, with the checks beside it.

Without JavaScript every link leads to a page of its own. With htmx a row becomes its form, and a
saved row draws the room anew; rows that are still being written in stay as they are.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict
from plans.access import plan_to_edit, state_of
from plans.enums import PublicState
from plans.models import Milestone, Plan
from plans.permissions import PUBLISH_PROCESS_PLAN

from ..actions import milestones, rows
from ..forms.milestones import MilestoneForm, VersionForm
from ..forms.table import AcceptForm, ActForm, BodyForm
from ..published import last_published
from ..table import ProcessTable, RowAddresses, room
from .milestones import (
    decided_by_the_round,
    milestone_to_edit,
    proposed_day,
    save_milestone,
    year_of,
)


@signed_in
@require_safe
def work_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The process plan: drawing, table with its checks, what can be done."""
    plan = plan_to_edit(request, slug)
    if request.htmx:
        context = _context(request, plan, set(request.GET.getlist("open")))
        return render(request, "plans/process/room.html", context)
    return _room_page(request, plan)


def room_of(request: HttpRequest, plan: Plan, opened: Any = (), focus: str = "") -> ProcessTable:
    """The room as this person may see it."""
    state = state_of(request, plan)
    return room(
        state,
        readable=Plan.objects.readable_by(request.user),
        municipality=municipality_of(request),
        at=request.arrived_at,
        opened=opened,
        focus=focus,
        is_drawn=is_drawn(request),
    )


def is_drawn(request: HttpRequest) -> bool:
    """Somebody has asked for the timeline, and keeps it."""
    return "tidslinje" in request.GET or "tidslinje" in request.POST


def _room_page(
    request: HttpRequest, plan: Plan, *, accept: AcceptForm | None = None, status: int = 200
) -> HttpResponse:
    context = _context(request, plan)
    context["accept"] = accept
    return render(request, "plans/process/page.html", context, status=status)


def _context(request: HttpRequest, plan: Plan, opened: Any = (), focus: str = "") -> dict[str, Any]:
    shown, state = room_of(request, plan, opened, focus), state_of(request, plan)
    is_open = shown.cycle is None or shown.cycle.closed_at is None
    return {
        "plan": plan,
        "room": shown,
        "facts": state.facts,
        "is_open": is_open,
        "rows_open": is_open or state.state_in_force == PublicState.ADOPTED,
        "may_publish": request.user.has_perm(PUBLISH_PROCESS_PLAN, plan),
        "history": history_of(plan),
        "focus": focus,
        "is_drawn": is_drawn(request),
        "act": ActForm(initial={"rule": plan.planning_act}),
    }


def history_of(plan: Plan) -> str:
    """What the addresses of the histories of its milestones begin with."""
    nobody = RowAddresses.NOBODY
    return reverse("plans:history-thing", args=[plan.slug, "milepael", nobody]).partition(nobody)[0]


def done(request: HttpRequest, plan: Plan, focus: Any = None) -> HttpResponse:
    """After something was written: the room anew, or the way back to it."""
    if not request.htmx:
        response = redirect("plans:work-plan", slug=plan.slug)
        response["Location"] += f"#m-{focus}" if focus else ""
        return response
    plan = plan_to_edit(request, plan.slug)  # what is told of it has changed
    opened = set(request.POST.getlist("open")) - {str(focus)}  # rows still being written in
    context = {**_context(request, plan, opened, str(focus)), "fragment": True}
    return render(request, "plans/process/room.html", context)


# --- a row -------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A row as its form, its saving, or (``?luk``) the row again. Without htmx: the page."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    if not request.htmx:
        return redirect("plans:milestone", slug=slug, uid=uid)
    if request.method == "GET" and "luk" in request.GET:
        return _closed_row(request, plan, milestone)
    published = last_published(milestone) is not None
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        auto_id=f"id_{str(uid)[:8]}_%s",
        cycle=milestone.cycle,
        milestone=milestone,
        published=published,
        parts=year_parts(),
        year=milestone.sort_begin.year if milestone.when else year_of(plan),
        day=proposed_day(request),
    )
    if request.method != "POST" or not form.is_valid():
        return _row_form(request, plan, milestone, form)
    hindered = save_milestone(milestone, form, by=request.user)
    if hindered is not None:
        return _row_form(request, plan, milestone, form, **hindered)
    return done(request, plan, milestone.uid)


def _row_form(
    request: HttpRequest, plan: Plan, milestone: Milestone, form: MilestoneForm, **more: Any
) -> HttpResponse:
    status = more.pop("status", page_status(form))
    context = {"plan": plan, "milestone": milestone, "form": form, **more}
    response = render(request, "plans/process/row_form.html", context, status=status)
    response["HX-Retarget"] = f"#m-{milestone.uid}"
    response["HX-Reswap"] = "outerHTML"
    return response


def _closed_row(request: HttpRequest, plan: Plan, milestone: Milestone) -> HttpResponse:
    context = _context(request, plan, focus=str(milestone.uid))
    every = [*context["room"].rows, *context["room"].in_force]
    context["alone"] = next(one for one in every if one.milestone.pk == milestone.pk)
    context["is_open"] = context["rows_open"]
    return render(request, "plans/process/rows.html", context)


@signed_in
@require_POST
def copy_row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The same milestone once more."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    copy = rows.duplicate_milestone(milestone=milestone, by=request.user)
    messages.success(request, _("“%(title)s” is added.") % {"title": copy.title})
    return done(request, plan, copy.uid)


@signed_in
@require_POST
def place_row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up (``op``) or down among the milestones with the same date."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    rows.place_milestone(milestone=milestone, up="op" in request.POST, by=request.user)
    return done(request, plan, milestone.uid)


@signed_in
@require_POST
def confirm_row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The date is confirmed (``ja``), or it may move again."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    rows.confirm_milestone(milestone=milestone, confirmed="ja" in request.POST, by=request.user)
    return done(request, plan, milestone.uid)


@signed_in
@require_POST
def delete_row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Delete what was never published, at once; the page offers to take it back."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    if milestone.follows_consultation:
        return decided_by_the_round(request, slug)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect("plans:milestone-end", slug=slug, uid=uid)
    milestone.version = form.cleaned_data["version"]
    try:
        milestones.delete_milestone(milestone=milestone, by=request.user)
    except (Conflict, milestones.AlreadyPublished, milestones.IsConsultation):
        messages.warning(
            request,
            _("The milestone has been changed meanwhile, so nothing was done. Look at it again."),
        )
    return done(request, plan, milestone.uid)


@signed_in
@require_POST
def restore_row(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take a deletion back; a milestone that was never this plan's is 404."""
    plan = plan_to_edit(request, slug)
    if not Milestone.history.filter(uid=uid, cycle__plan=plan).exists():
        raise Http404("no such milestone in this plan")
    try:
        again = rows.restore_milestone(plan=plan, uid=uid, by=request.user)
    except rows.NothingToRestore:
        messages.info(request, _("There is nothing to take back; the milestone may be there."))
        return done(request, plan)
    messages.success(request, _("“%(title)s” is back.") % {"title": again.title})
    return done(request, plan, again.uid)


@signed_in
@require_POST
def put_body(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Let one more take part, as a warning proposes."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    form = BodyForm(request.POST)
    if form.is_valid():
        body = form.cleaned_data["body"]
        rows.add_body(milestone=milestone, body=body, by=request.user)
        told = _("%(body)s is put on “%(title)s”.")
        messages.success(request, told % {"body": body.name, "title": milestone.title})
    else:
        messages.warning(request, _("This has changed meanwhile. Look at the checks again."))
    return done(request, plan, milestone.uid)


# --- findings ----------------------------------------------------------------------------------


@signed_in
@require_POST
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a finding stand, with a note; or (``fortryd``) show it again."""
    plan = plan_to_edit(request, slug)
    form = AcceptForm(request.POST)
    if "fortryd" in request.POST:
        code, key = request.POST.get("code", ""), request.POST.get("key", "")
        rows.unaccept_finding(plan=plan, code=code[:60], key=key[:64], by=request.user)
        return done(request, plan)
    if not form.is_valid():
        return _room_page(request, plan, accept=form, status=422)
    data = form.cleaned_data
    found = room_of(request, plan).finding(data["code"], data["key"])
    if found is None:
        messages.info(request, _("This has changed meanwhile. Look at the checks again."))
    else:
        rows.accept_finding(plan=plan, finding=found, note=data["note"], by=request.user)
    return done(request, plan)


@signed_in
@require_POST
def planning_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which rule of the planning act the plan follows; the checks count by it."""
    plan = plan_to_edit(request, slug)
    form = ActForm(request.POST)
    if form.is_valid():
        rows.set_planning_act(plan=plan, rule=form.cleaned_data["rule"], by=request.user)
        messages.success(request, _("The checks now follow what you chose."))
    else:
        messages.warning(request, _("Choose one of the rules in the list."))
    return done(request, plan)
