"""The words and badges of what bodies have asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kommuneplan.clock import today
from kommuneplan.core.models import Meeting, User
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from plans.enums import RequestState
from plans.models import AgendaItem, CommitteeRequest
from plans.permissions import REGISTER_REQUEST
from plans.requests.listing import as_read, on_the_day

register = template.Library()

_SHAPES = {"late": "plain", "open": "draft", "answered": "adopted", "withdrawn": "withdrawn"}


@register.filter
def request_badge(state: RequestState) -> SafeString:
    """Where a request stands, as a word in a badge."""
    return badge(capfirst(str(state.label)), _SHAPES[state])


@register.filter
def due_words(row: Any) -> str:
    """When it is due: as it was said, else the day in words; empty where nobody set a date."""
    span = row.when
    return row.written or (phrase(span) if span else "")


@register.filter
def due_day(row: Any) -> dt.date | None:
    """The last day on which it is in time, where the words do not say it themselves."""
    span = row.when
    if span is None or span.latest is None or row.written in {"", phrase(span)}:
        return None
    return span.latest


@register.inclusion_tag("plans/requests/of_item.html", takes_context=True)
def requests_of_item(context: dict[str, Any], item: AgendaItem) -> dict[str, Any]:
    """What was asked for under an item of a meeting that the person may read."""
    user = context["request"].user
    rows = CommitteeRequest.objects.readable_by(user).filter(item__uid=item.uid)
    return _told(user, rows, item.meeting, f"punkt={item.uid}")


@register.inclusion_tag("plans/requests/of_item.html", takes_context=True)
def requests_of_meeting(context: dict[str, Any], meeting: Meeting) -> dict[str, Any]:
    """What was asked for at a meeting that the person may read."""
    user = context["request"].user
    rows = CommitteeRequest.objects.readable_by(user).filter(meeting=meeting)
    return _told(user, rows, meeting, f"moede={meeting.uid}")


def _told(user: User, rows: Any, meeting: Meeting | None, query: str) -> dict[str, Any]:
    may = meeting is not None and user.has_perm(REGISTER_REQUEST, meeting.body)
    address = f"{reverse('plans:request-new')}?{query}" if may else ""
    return {"promises": on_the_day(as_read(rows), today()), "address": address}
