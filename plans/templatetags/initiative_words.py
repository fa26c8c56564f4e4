"""The words and badges of initiatives, live or frozen: both have the same names."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import day_words
from plans.document.date_words import meaning, shown_date
from plans.enums import ActivityState, FundingKind, InitiativeLinkKind, InitiativeState
from plans.initiatives.amounts import amount_words

register = template.Library()

_SHAPES = {
    "planned": "draft", "running": "in_consultation", "finished": "adopted", "stopped": "withdrawn",
    "under_way": "in_consultation", "done": "adopted", "dropped": "withdrawn",
}  # fmt: skip


@register.filter
def initiative_badge(row: Any) -> SafeString:
    """Where an initiative stands, with the day on which it ended."""
    word = str(capfirst(InitiativeState(row.state).label))
    return badge(f"{word} {day_words(row.ended_on)}" if row.ended_on else word, _SHAPES[row.state])


@register.filter
def activity_badge(row: Any) -> SafeString:
    """What became of an activity, with the day on which it was done."""
    word = str(capfirst(ActivityState(row.state).label))
    return badge(f"{word} {day_words(row.done_on)}" if row.done_on else word, _SHAPES[row.state])


@register.filter
def overdue_badge(row: Any) -> SafeString | str:
    """For those who work with it: its latest day is past, and nobody has said what became of it."""
    return badge(_("Overdue")) if row.is_overdue(today()) else ""


@register.filter
def written_date(row: Any) -> str:
    """The date for a reader: exact days in full, all others in the words they were written in."""
    return shown_date(row)


@register.filter
def date_meaning(row: Any) -> str:
    """What vague words mean, where that is more than they say."""
    return meaning(row)


@register.filter
def initiative_period(row: Any) -> str:
    """When, and how long: "2009–2011 (treårigt)"."""
    when = shown_date(row)
    return f"{when} ({row.duration})" if when and row.duration else when or row.duration


@register.filter
def amount(value: int | None) -> str:
    """Kroner in words; where nobody has said, that they are not known."""
    return amount_words(value)


@register.filter
def funding_word(kind: str) -> str:
    """What sort of money."""
    return str(capfirst(FundingKind(kind).label))


@register.filter
def link_word(kind: str) -> str:
    """What sort of link."""
    return str(capfirst(InitiativeLinkKind(kind).label))


@register.filter
def who(row: Any) -> str:
    """ "20 sagsbehandlere"."""
    count = str(row.participants_count) if row.participants_count is not None else ""
    return " ".join(filter(None, [count, row.participants]))


@register.filter
def each_line(text: str) -> list[str]:
    """What was written one on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def phase_title(activity: Any, initiative: Any) -> str:
    """The title of the phase of a frozen activity."""
    return next((one.title for one in initiative.phases if one.uid == activity.phase), "")
