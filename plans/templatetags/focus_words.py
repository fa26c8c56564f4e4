"""The words and badges of focus areas and of the yearly status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import day_words, phrase
from plans.enums import FocusDecision, MilestoneState
from plans.focus.yearly import status_dues
from plans.models import Milestone, Plan

register = template.Library()

_SHAPES = {"continue": "adopted", "change": "after_consultation", "end": "withdrawn"}


@register.filter
def decision_badge(decision: str) -> SafeString:
    """What is decided of a focus area; "Ikke besluttet" where nothing is."""
    if not decision:
        return badge(_("Not decided"), "draft")
    return badge(capfirst(str(FocusDecision(decision).label)), _SHAPES[decision])


@register.filter
def decision_word(decision: str) -> str:
    """What is decided of a focus area, in a word."""
    return str(FocusDecision(decision).label) if decision else ""


@register.filter
def milestone_when(row: Milestone) -> str:
    """The date of a milestone in words."""
    span = row.takes_place
    return phrase(span) if span else row.written


@register.filter
def became(row: Any) -> SafeString:
    """What became of a milestone, live or frozen: done on a day, cancelled, late or to come."""
    if row.state == MilestoneState.DONE:
        word = _("Done %(day)s") % {"day": day_words(row.done_on)} if row.done_on else _("Done")
        return badge(word, "adopted")
    if row.state == MilestoneState.CANCELLED:
        return badge(_("Cancelled"), "withdrawn")
    span = getattr(row, "takes_place", None)
    if span and span.is_over(today()):
        return badge(_("Overdue"))
    return badge(_("Planned"), "draft")


@register.filter
def names(entries: Iterable[Any]) -> str:
    """The titles of the focus areas of some entries: "Housing" and "Work"."""
    return ", ".join(f"“{entry.focus_area.title}”" for entry in entries)


@register.inclusion_tag("plans/focus/due.html")
def status_due(plan: Plan) -> dict[str, Any]:
    """When the plan's next yearly status is due, or that one is open; nothing when the plan is
    not in force."""
    dues = status_dues(Plan.objects.filter(pk=plan.pk))
    return {"due": dues[0] if dues else None, "plan": plan}


@register.filter
def nth(rows: list[Any], place: int) -> Any:
    """The row at a place, counted from 0."""
    return rows[place]


@register.filter
def long_day(day: dt.date | None) -> str:
    """ "5. marts 2026"."""
    return day_words(day) if day else ""
