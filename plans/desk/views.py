"""The desk: what waits for me, what is due, what others have changed, my plans."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.site.context import municipality_of
from plans.models import Plan
from plans.permissions import CREATE_PLAN, IMPORT, READ_AS_MEMBER

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


def _instant(words: str) -> dt.datetime | None:
    """An instant as the page wrote it; None for anything else."""
    try:
        found = parse_datetime(words)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
