"""A plan's milestones by hand, one a page: added, changed, ended, finished, marked public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
)

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.locking import Conflict
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.forms import FIRST_YEAR, LAST_YEAR, understood
from plans.access import plan_to_edit
from plans.lifecycle import cycles
from plans.models import Cycle, Milestone, Plan

from ..actions import milestones
from ..forms.milestones import DoneForm, MilestoneForm, VersionForm, initial_of
from ..published import last_published


@signed_in
@require_GET
def read_date(request: HttpRequest) -> HttpResponse:
    """How words are understood as a date: the small text below the field, asked while typing.

    ``tekst`` or the field that asks; ``aar``: the year of words that name none.
    """
    name = request.htmx.trigger_name or "tekst"
    words = request.GET.get("tekst", request.GET.get(name, ""))
    year = request.GET.get("aar", "")
    known = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    if known is not None and not FIRST_YEAR <= known <= LAST_YEAR:
        known = None
    reading = understood(words, year=known, year_parts=year_parts())
    return render(request, "timespan/reading.html", {"reading": reading})


def _cycle(plan: Plan) -> Cycle:
    cycle = cycles.cycle_to_edit(plan)
    if cycle is None:
        raise Http404("no open cycle")
    return cycle


def milestone_to_edit(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, Milestone]:
    """The milestone, of this plan's open cycle or of the plan in force; another plan's is 404."""
    plan = plan_to_edit(request, slug)
    running = Cycle.objects.running(on=clock.today()).filter(plan=plan)
    rows = Milestone.objects.filter(cycle__in=running)
    return plan, get_object_or_404(rows.select_related("cycle", "phase", "meeting"), uid=uid)


def decided_by_the_round(request: HttpRequest, slug: str) -> HttpResponse:
    """The milestone has its dates, and whether it takes place, from its consultation: nothing was
    done, and the plan says where to go."""
    messages.info(
        request,
        _("The milestone is a consultation that has been announced. Its dates are changed, and it "
          "is withdrawn, under “Consultations”; the process plan follows."),
    )  # fmt: skip
    return redirect("plans:work-plan", slug=slug)


@signed_in
@require_http_methods(["GET", "POST"])
def add_milestone(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new milestone."""
    plan = plan_to_edit(request, slug)
    cycle = plan.open_cycle
    if cycle is None and plan.cycles.exists():
        raise Http404("no open cycle")
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        cycle=cycle,
        parts=year_parts(),
        year=year_of(plan),
    )
    if request.method == "POST" and form.is_valid():
        milestones.add_milestone(
            cycle=_cycle(plan),
            facts={**form.facts, "position": cycle.milestones.count() if cycle else 0},
            bodies=form.cleaned_data["bodies"],
            by=request.user,
        )
        messages.success(request, _("“%(title)s” is added.") % {"title": form.facts["title"]})
        return redirect("plans:work-plan", slug=plan.slug)
    return _form_page(request, plan, form, None)


def proposed_day(request: HttpRequest) -> dt.date | None:
    """The day that a warning proposes (``?dag=2027-04-07``)."""
    try:
        return dt.date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None


def year_of(plan: Plan) -> int | None:
    """The year of words that name none: that of the last milestone with a date."""
    cycle = plan.open_cycle
    rows = cycle.milestones.select_related("meeting") if cycle else ()
    return max(
        (sort_days(row.takes_place)[0].year for row in rows if row.takes_place), default=None
    )


def _form_page(
    request: HttpRequest, plan: Plan, form: MilestoneForm, milestone: Milestone | None, **more: Any
) -> HttpResponse:
    status = more.pop("status", page_status(form))
    context = {"plan": plan, "form": form, "milestone": milestone, **more}
    return render(request, "plans/process/milestone.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_milestone(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Change a milestone; a published date only with a reason."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        cycle=milestone.cycle,
        milestone=milestone,
        published=last_published(milestone) is not None,
        parts=year_parts(),
        year=milestone.sort_begin.year if milestone.when else year_of(plan),
        day=proposed_day(request),
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, plan, form, milestone)
    hindered = save_milestone(milestone, form, by=request.user)
    if hindered is not None:
        return _form_page(request, plan, form, milestone, **hindered)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return redirect("plans:work-plan", slug=plan.slug)


def save_milestone(milestone: Milestone, form: MilestoneForm, *, by: Any) -> dict[str, Any] | None:
    """Change a milestone as a valid form says; None when it is saved, else what the page with
    the form has to tell.

    Somebody else has saved meanwhile: what they wrote stands beside what was typed. Saving again
    states the newer version, so it is a choice and not an accident.
    """
    current, seen = initial_of(milestone), form.cleaned_data["version"]
    milestone.version = milestone.version if seen is None else seen
    try:
        milestones.edit_milestone(
            milestone=milestone,
            facts=form.facts,
            bodies=form.cleaned_data["bodies"],
            reason=form.cleaned_data.get("reason", ""),
            meeting=form.cleaned_data.get("meeting"),
            by=by,
        )
    except milestones.ReasonNeeded:
        form.add_error("reason", _("This date has been published. Write why it is moved."))
        return {"status": 422}
    except Conflict:
        form.data = form.data.copy()
        form.data["version"] = str(current["version"])
        return {"in_conflict": True, "conflict": _differing(form, current), "status": 409}
    return None


def _differing(form: MilestoneForm, current: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    """The fields that two people have written differently: label, mine, the other's."""
    found = []
    for name in ("title", "when", "place", "kind", "others", "phase", "description"):
        if name in form.fields:
            mine = form.cleaned_data[name]
            before = current[name]
            mine = getattr(mine, "written", "") if name == "when" else mine
            before = getattr(before, "written", before) if name == "when" else before
            if name == "kind":
                labels = dict(form.fields["kind"].choices)
                mine, before = labels[mine], labels[before]
            if mine != before:
                found.append((form.fields[name].label, mine, before))
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def end_milestone(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Delete what was never published, or cancel it; asked once."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    if milestone.follows_consultation:
        return decided_by_the_round(request, slug)
    published = last_published(milestone) is not None
    form = VersionForm(
        request.POST if request.method == "POST" else None, initial={"version": milestone.version}
    )
    if request.method == "POST" and form.is_valid():
        milestone.version = form.cleaned_data["version"]
        try:
            if "delete" in request.POST:
                milestones.delete_milestone(milestone=milestone, by=request.user)
                done = _("“%(title)s” is deleted.")
            else:
                milestones.cancel_milestone(milestone=milestone, by=request.user)
                done = _("“%(title)s” is cancelled. It stays in the plan, marked as cancelled.")
        except (Conflict, milestones.AlreadyPublished, milestones.IsConsultation):
            messages.warning(request, _changed_meanwhile())
            return redirect("plans:milestone-end", slug=plan.slug, uid=uid)
        messages.success(request, done % {"title": milestone.title})
        return redirect("plans:work-plan", slug=plan.slug)
    context = {"plan": plan, "milestone": milestone, "published": published, "form": form}
    return render(request, "plans/process/end.html", context)


def _changed_meanwhile() -> str:
    return _("The milestone has been changed meanwhile, so nothing was done. Look at it again.")


@signed_in
@require_http_methods(["GET", "POST"])
def finish_milestone(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Mark a milestone done, with the day if it is known; or take that back."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    if milestone.follows_consultation:
        return decided_by_the_round(request, slug)
    initial = {"version": milestone.version, "done_on": milestone.done_on}
    form = DoneForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        milestone.version = form.cleaned_data["version"]
        try:
            if "reopen" in request.POST:
                milestones.reopen_milestone(milestone=milestone, by=request.user)
            else:
                day = form.cleaned_data["done_on"]
                milestones.finish_milestone(milestone=milestone, on=day, by=request.user)
        except (Conflict, milestones.IsConsultation):
            messages.warning(request, _changed_meanwhile())
            return redirect("plans:milestone-done", slug=plan.slug, uid=uid)
        messages.success(request, _("“%(title)s” is saved.") % {"title": milestone.title})
        return redirect("plans:work-plan", slug=plan.slug)
    context = {"plan": plan, "milestone": milestone, "form": form}
    return render(request, "plans/process/done.html", context, status=422 if form.errors else 200)
