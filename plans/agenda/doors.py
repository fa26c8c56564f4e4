"""Which meeting and which item a view may load, for whom (404), and who may write there (403)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from kommuneplan.clock import today
from kommuneplan.core.models import Meeting
from plans.models import AgendaItem, Plan
from plans.permissions import EDIT_AGENDA, EDIT_TEXT

from .items import bodies_with_meetings, item_for, plans_of


def meeting_of(request: HttpRequest, uid: UUID) -> Meeting:
    """A meeting of a body whose meetings the person may look at."""
    bodies = [body.pk for body in bodies_with_meetings(request.user)]
    rows = Meeting.objects.select_related("body", "agenda")
    found = rows.filter(uid=uid, body__in=bodies).first()
    if found is None:
        raise Http404("no such meeting")
    return found


def meeting_to_edit(request: HttpRequest, uid: UUID) -> Meeting:
    """A meeting whose agenda the person makes."""
    meeting = meeting_of(request, uid)
    if not request.user.has_perm(EDIT_AGENDA, meeting):
        raise PermissionDenied
    return meeting


def item_of(request: HttpRequest, uid: UUID) -> AgendaItem:
    """An item that exists for the person."""
    found = item_for(request.user, uid, on=today())
    if found is None:
        raise Http404("no such item")
    return found


def item_to_edit(request: HttpRequest, uid: UUID) -> AgendaItem:
    """An item of a meeting whose agenda the person makes."""
    item = item_of(request, uid)
    if not request.user.has_perm(EDIT_AGENDA, item.meeting):
        raise PermissionDenied
    return item


def item_to_write(request: HttpRequest, uid: UUID) -> AgendaItem:
    """An item whose recommendation the person may write."""
    item = item_of(request, uid)
    plans = plans_of([item], request.user)[item.uid]
    if not may_write(request, item, plans):
        raise PermissionDenied
    return item


def may_write(request: HttpRequest, item: AgendaItem, plans: list[Plan]) -> bool:
    """Whoever makes the agenda, and whoever writes the plan, writes what is recommended."""
    user = request.user
    return user.has_perm(EDIT_AGENDA, item.meeting) or any(
        user.has_perm(EDIT_TEXT, plan) for plan in plans
    )
