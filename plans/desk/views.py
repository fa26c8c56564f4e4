"""The desk: what waits for me, what is due, what others have changed, my plans."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict
from plans.enums import MilestoneState
from plans.models import Cycle, Milestone, Plan
from plans.permissions import CREATE_PLAN, EDIT_PROCESS_PLAN, IMPORT, READ_AS_MEMBER
from plans.process.actions.milestones import IsConsultation

from . import actions
from .page import desk_of
from .shelves import shelves


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything on the desk. Looking writes nothing; the page says itself that it was open.

    Who is nothing but a member has the members' pages for a desk.
    """
    may_import, is_member = request.user.has_perm(IMPORT), request.user.has_perm(READ_AS_MEMBER)
    approves = not may_import and Plan.objects.approved_or_made_by(request.user).exists()
    found = shelves(request.user, at=request.arrived_at)
    if is_member and not may_import and not approves and not found:
        return redirect("plans:member-matters")
    shown = desk_of(
        request.user,
        at=request.arrived_at,
        page=request.GET.get("side", ""),
        municipality=municipality_of(request),
    )
    context = {
        "desk": shown,
        "shelves": found,
        "may_import": may_import,
        "may_begin": request.user.has_perm(CREATE_PLAN),
        "is_member": is_member,
        "approves": approves,
        "at": request.arrived_at,
        "ticked": _ticked(request),
    }
    return render(request, "plans/desk/desk.html", context)


@signed_in
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The desk was open; or, with ``until``, the person has seen what was changed until then."""
    until = _instant(request.POST.get("until", ""))
    if until is None:
        actions.visit(at=request.arrived_at, by=request.user)
    else:
        actions.all_seen(until=until, at=request.arrived_at, by=request.user)
    return HttpResponse(status=204) if request.htmx else redirect("plans:desk")


@signed_in
@require_POST
def tick(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a step as done where it stands overdue, or with ``fortryd`` take that back."""
    row = get_object_or_404(_own_steps(request), uid=uid)
    if not request.user.has_perm(EDIT_PROCESS_PLAN, row.cycle.plan):
        raise PermissionDenied
    if row.follows_consultation:
        raise Http404
    is_undone = "fortryd" in request.POST
    row.version = _number(request.POST.get("version", ""))
    try:
        if is_undone:
            actions.take_tick_back(milestone=row, by=request.user)
        else:
            actions.tick_off(milestone=row, by=request.user)
    except (Conflict, IsConsultation):
        said = _("“%(title)s” has been changed meanwhile, so nothing was done. Look at it again.")
        messages.warning(request, said % {"title": row.title})
        return redirect("plans:desk")
    if is_undone:
        said = _("“%(title)s” is planned again.")
        messages.success(request, said % {"title": row.title})
        return redirect("plans:desk")
    return redirect(f"{reverse('plans:desk')}?gjort={row.uid}#frister")


def _own_steps(request: HttpRequest) -> QuerySet[Milestone]:
    """The steps a person works with that are still followed."""
    plans = Plan.objects.filter(retired_at__isnull=True).readable_by(request.user)
    running = Cycle.objects.running(on=clock.local_day(request.arrived_at))
    rows = Milestone.objects.filter(cycle__in=running, cycle__plan__in=plans)
    return rows.select_related("cycle__plan")


def _ticked(request: HttpRequest) -> Any:
    """The step that was marked as done a moment ago, so that it can be taken back."""
    try:
        uid = UUID(request.GET.get("gjort", ""))
    except ValueError:
        return None
    return _own_steps(request).filter(uid=uid, state=MilestoneState.DONE).first()


def _number(words: str) -> int:
    """The version of a row that a form has seen; one that no row has, for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1


def _instant(words: str) -> dt.datetime | None:
    """An instant as the page wrote it; None for anything else."""
    try:
        found = parse_datetime(words)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
