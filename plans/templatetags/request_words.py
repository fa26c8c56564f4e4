"""The words and badges of what bodies have asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from plans.enums import RequestState

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
