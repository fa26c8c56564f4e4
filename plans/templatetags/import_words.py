"""The words of the import's preview: dates, kinds, what becomes of a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import TimeSpan
from plans.document.date_words import shown_date
from plans.document.plan_document import MilestoneLine
from plans.enums import MilestoneKind
from plans.process_import.preview import PreviewRow
from plans.process_import.three_way import MilestoneFacts, MilestoneFate

register = template.Library()


@register.filter
def span_words(span: TimeSpan) -> str:
    """A date as it was understood."""
    return phrase(span)


@register.filter
def said_date(said: MilestoneFacts) -> str:
    """The date of a milestone in words, or the words that stand instead of one."""
    return phrase(said.when) if said.when else said.written


@register.filter
def milestone_word(kind: str) -> str:
    """What a milestone is, in a word."""
    return str(MilestoneKind(kind).label) if kind in MilestoneKind.values else kind


@register.filter
def fate_badge(fate: MilestoneFate) -> SafeString:
    """What becomes of a milestone, as a badge."""
    words = {
        MilestoneFate.NEW: _("New"),
        MilestoneFate.MOVED: _("New date"),
        MilestoneFate.CHANGED: _("Changed"),
        MilestoneFate.UNCHANGED: _("Unchanged"),
    }
    return badge(words[MilestoneFate(fate)], "plain")


def field_word(name: str) -> str:
    """The name of a field on the page."""
    return {
        "title": _("Title"),
        "description": _("Description"),
        "when": _("When"),
        "kind": _("Kind"),
        "bodies": _("Who"),
        "phase": _("Phase"),
        "conditional": _("Only if needed"),
        "taken": _("Take it along"),
        "reason": _("Why is the date moved?"),
        "when_from": _("From"),
        "when_to": _("Until and including"),
        "confirmed": _("Confirmed"),
        "choices": _("Choice"),
    }[name]


def _value(said: MilestoneFacts, name: str) -> str:
    if name == "when":
        return said_date(said) or _("no date")
    if name == "kind":
        return milestone_word(said.kind)
    if name == "bodies":
        return ", ".join(said.bodies) or "–"
    if name == "conditional":
        return _("yes") if said.conditional else _("no")
    return getattr(said, name) or "–"


@register.filter
def change_lines(row: PreviewRow) -> list[str]:
    """What a revised document changes in a milestone: "Hvornår: var …, bliver …"; and what it
    does not, because it was corrected by hand."""
    now = row.now
    lines = []
    if now is not None:
        for name in row.merged.changes:
            words = {
                "field": field_word(name),
                "before": _value(now, name),
                "after": _value(row.said, name),
            }
            lines.append(_("%(field)s: was %(before)s, becomes %(after)s") % words)
        for name in row.merged.kept:
            words = {
                "field": field_word(name),
                "mine": _value(row.said, name),
                "file": _value(row.merged.theirs, name),
            }
            lines.append(_("%(field)s: %(mine)s stays (the document says %(file)s)") % words)
    return lines


@dataclass(frozen=True)
class ShownAssumption:
    """An assumption with its state."""

    code: str
    text: str
    confirmed: bool


@register.filter
def assumptions(row: PreviewRow) -> list[ShownAssumption]:
    """What was concluded: still open, or said yes to; corrected ones are gone."""
    found = [ShownAssumption(one.code, one.text, False) for one in row.open_assumptions]
    confirmed = [ShownAssumption(one.code, one.text, True) for one in row.confirmed_assumptions]
    return found + confirmed


@dataclass(frozen=True)
class Voices:
    """A conflict as it is shown: both values and the choice."""

    name: str
    label: str
    hand: str
    file: str
    choice: str


@register.filter
def voices(row: PreviewRow) -> list[Voices]:
    """The fields that were changed both by hand and in the file."""
    choices = row.correction.choices
    assert row.now is not None
    return [
        Voices(
            name,
            field_word(name),
            _value(row.now, name),
            _value(row.merged.theirs, name),
            choices.get(name, "hand"),
        )
        for name in row.merged.conflicts
    ]


@register.filter
def both_values(form: Any) -> list[tuple[str, str, str]]:
    """What two windows say of a row where they differ: field, mine, theirs."""
    mine: Mapping[str, Any] = form.initial
    found = []
    for name, theirs in form.conflict.items():
        own = mine.get(name)
        own = own[0] if name == "when" else own
        if own != theirs:
            found.append((field_word(name), _shown(name, own), _shown(name, theirs)))
    return found


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind":
        return milestone_word(value)
    if isinstance(value, list):
        return _("yes") if value else _("no")
    return str(value or "–")


@register.filter
def left_out_text(row: PreviewRow) -> str:
    """The words of a row that was left out."""
    return row.item.said.title or _("(a line of the letterhead)")


@register.filter
def line_date(line: MilestoneLine) -> str:
    """The date of a line of a document, for a reader."""
    return shown_date(line)


@register.filter
def is_over(span: TimeSpan, at: dt.datetime) -> bool:
    """Is the last possible day gone?"""
    return span.is_over(local_day(at))
