"""The words of the history's room."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.templatetags.components import badge
from plans.history.changes import HistoryChange, verb_word
from plans.history.kinds import TrackedTable
from plans.history.values import moment as moment_words

register = template.Library()

_SHAPES = {
    "added": "adopted",
    "changed": "plain",
    "deleted": "withdrawn",
    "taken_out": "withdrawn",
    "back": "adopted",
}


@register.filter
def verb_badge(change: HistoryChange) -> SafeString:
    """What became of a thing, as a badge."""
    return badge(verb_word(change.verb), _SHAPES[change.verb])


@register.filter
def moment(instant: Any) -> str:
    """ "5. marts 2026 kl. 12.03"."""
    return moment_words(instant)


@register.filter
def clock_time(instant: Any) -> str:
    """ "12.03", in Denmark."""
    return f"{instant.astimezone(COPENHAGEN):%H.%M}"


@register.simple_tag(takes_context=True)
def thing_address(context: dict[str, Any], change: HistoryChange) -> str:
    """Where the history of the thing itself is, or the version; empty where it has no page."""
    slug = context["plan"].slug
    if change.kind.code == "version":
        return reverse("plans:work-version", args=[slug, change.record.uid])
    if not change.kind.has_uid:
        return ""
    return reverse("plans:history-thing", args=[slug, change.kind.code, change.uid])


@register.simple_tag(takes_context=True)
def state_address(context: dict[str, Any], kind: TrackedTable, uid: Any, number: int | None) -> str:
    """Where a state of a thing is shown."""
    if number is None or not kind.has_states:
        return ""
    return reverse("plans:history-state", args=[context["plan"].slug, kind.code, uid, number])
