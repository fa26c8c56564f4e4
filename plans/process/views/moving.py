"""Moving a milestone with what follows, after a dry run; and what it waits for."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Outdated
from plans.models import Milestone, Plan

from ..actions import moving
from ..actions.milestones import DateNotItsOwn, ReasonNeeded
from ..check_facts import live_rows
from ..forms.table import ConfirmMoveForm, DependencyForm, MoveForm
from ..preview import preview_of
from .milestones import decided_by_the_round, milestone_to_edit


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The new date and what goes with it; every effect; then, confirmed, all of it."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    if milestone.meeting_id is not None:
        return redirect("plans:milestone-meeting", slug=slug, uid=uid)
    if milestone.follows_consultation:
        return decided_by_the_round(request, slug)
    if milestone.takes_place is None:
        no_date = _("The milestone has no date yet. Give it one before it is moved.")
        messages.info(request, no_date)
        return redirect("plans:work-plan", slug=slug)
    data = request.POST if request.method == "POST" else request.GET
    asked = "when" in data or request.method == "POST"
    has_followers = milestone.followers.exists()
    scope = moving.Scope.DEPENDENT if has_followers else moving.Scope.LATER
    form = MoveForm(
        data if asked else None,
        initial={"scope": scope.value},
        parts=year_parts(),
        year=milestone.takes_place.sort_key[0].year,
    )
    if not asked or not form.is_valid():
        return _page(request, plan, milestone, form, status=422 if asked else 200)
    when, scope = form.cleaned_data["when"].span, moving.Scope(form.cleaned_data["scope"])
    try:
        shown, seen = moving.dry_run(plan=plan, milestone=milestone, when=when, scope=scope)
    except OverflowError:
        form.add_error("when", _("The date is too far away. Choose one nearer."))
        return _page(request, plan, milestone, form, status=422)
    confirm = ConfirmMoveForm(
        request.POST if "seen" in request.POST else None,
        initial={"seen": seen},
        published=any(one.needs_reason for one in shown),
    )
    if "seen" in request.POST and confirm.is_valid():
        what = {"plan": plan, "milestone": milestone, "when": when, "scope": scope}
        if carried_out(request, confirm, moving.move_with_followers, **what):
            return redirect("plans:work-plan", slug=slug)
        confirm.data = {**confirm.data.dict(), "seen": seen}
    status = 422 if confirm.is_bound else 200
    return _page(request, plan, milestone, form, shown, confirm, status=status)


def _page(
    request: HttpRequest,
    plan: Plan,
    milestone: Milestone,
    form: MoveForm,
    shown: list[moving.Affected] | None = None,
    confirm: ConfirmMoveForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    effects = shown or []
    preview = None
    if shown is not None:
        preview = preview_of(
            plan,
            live_rows(plan.open_cycle),
            [one.effect for one in effects],
            readable=Plan.objects.readable_by(request.user),
            municipality=municipality_of(request),
        )
    context = {
        "preview": preview,
        "plan": plan,
        "milestone": milestone,
        "form": form,
        "confirm": confirm,
        "shown": shown,
        "conflicts": sum(a.effect.outcome is moving.MoveOutcome.CONFLICT for a in effects),
        "moves": sum(a.effect.changes for a in effects),
    }
    return render(request, "plans/process/move.html", context, status=status)


def carried_out(
    request: HttpRequest,
    confirm: ConfirmMoveForm,
    move: Callable[..., list[moving.Affected]],
    **what: Any,
) -> bool:
    """Have what was shown done by an action, and say how many moved; False when it has to be looked
    at again, with the reason at the form. ``what``: which milestones, and where to."""
    data = confirm.cleaned_data
    try:
        done = move(
            **what,
            seen=data["seen"],
            reason=data.get("reason", ""),
            meeting=data.get("meeting"),
            by=request.user,
        )
    except ReasonNeeded:
        confirm.add_error("reason", _("Published dates move. Write why."))
        return False
    except (Outdated, DateNotItsOwn):
        confirm.add_error(
            None,
            _("The plan has changed since you looked, so nothing was moved. Look at the effects "
              "again, and then confirm."),
        )  # fmt: skip
        return False
    n = sum(one.effect.changes for one in done)
    words = ngettext("%(n)d milestone is moved.", "%(n)d milestones are moved.", n)
    messages.success(request, words % {"n": n})
    return True


@signed_in
@require_http_methods(["GET", "POST"])
def dependencies(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """What a milestone waits for: seen, added, taken away (``fjern`` with the other's uid)."""
    plan, milestone = milestone_to_edit(request, slug, uid)
    form = DependencyForm(request.POST if request.method == "POST" else None, milestone=milestone)
    if request.method == "POST" and "fjern" in request.POST:
        others = milestone.cycle.milestones.filter(uid__in=_uuids(request.POST["fjern"]))
        moving.remove_dependency(
            milestone=milestone, after=get_object_or_404(others), by=request.user
        )
        return redirect("plans:dependencies", slug=slug, uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            moving.add_dependency(
                milestone=milestone,
                after=form.cleaned_data["after"],
                days=form.cleaned_data["days"],
                by=request.user,
            )
        except moving.GoesRound:
            form.add_error(
                "after",
                _("That milestone already waits for this one, so neither could begin. Choose "
                  "another."),
            )  # fmt: skip
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": milestone.title})
            return redirect("plans:dependencies", slug=slug, uid=uid)
    context = {
        "plan": plan,
        "milestone": milestone,
        "form": form,
        "waits": milestone.dependencies.select_related("after__meeting"),
        "followers": milestone.followers.select_related("milestone__meeting"),
    }
    status = page_status(form)
    return render(request, "plans/process/dependencies.html", context, status=status)


def _uuids(text: str) -> list[Any]:
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
