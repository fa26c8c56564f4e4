"""What the pages of a plan ask of a document line; dates in Danish words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.richtext import figures, footnotes
from kommuneplan.richtext.blocks import sanitise
from kommuneplan.timespan.certainty import DateCertainty, certainty_words
from kommuneplan.timespan.phrase import day_words
from plans.document import date_words, differences
from plans.document.plan_document import MilestoneLine
from plans.enums import MilestoneKind
from plans.models import SectionImage
from plans.public.front_page import Coming

register = template.Library()

_KINDS = frozenset(MilestoneKind.values)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """ "5. marts 2008", of a date or of an instant."""
    if value is None:
        return ""
    return day_words(local_day(value) if isinstance(value, dt.datetime) else value)


@register.filter
def when(line: MilestoneLine) -> str:
    """The date of a milestone in words."""
    return date_words.shown_date(line)


@register.filter
def meaning(line: MilestoneLine) -> str:
    """How a vague date is understood, where that says more than its words."""
    return date_words.meaning(line)


@register.filter
def precision(line: MilestoneLine) -> str:
    """How precise the date of a milestone is, in quiet words; nothing of a day."""
    return date_words.precision(line)


@register.filter
def precise_date(line: MilestoneLine) -> str:
    """The date of a milestone with what is known of it, for a sentence."""
    return date_words.precise_date(line)


@register.filter
def certainty_in_words(known: str) -> str:
    """The words of a sign in the key of a timeline: those that stand beside the dates."""
    return certainty_words(DateCertainty(known))


@register.filter
def notices(line: MilestoneLine) -> list[differences.DateNotice]:
    """The changes of a milestone's published date."""
    return differences.notices(line)


@register.filter
def quiet_kind(line: MilestoneLine | Coming) -> str:
    """What sort of milestone it is, in a word; nothing where its title says so itself."""
    known = line.kind in _KINDS and line.kind != MilestoneKind.OTHER
    word = str(MilestoneKind(line.kind).label) if known else ""
    return "" if word.casefold() in line.title.casefold() else word


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def frozen_html(html: str) -> SafeString:
    """The HTML of a frozen block; sanitised again, for it may have been frozen by an older rule.
    A table can be scrolled with the keyboard, for it may be wider than a telephone."""
    return _scrolled(sanitise(html))


def _scrolled(html: str) -> SafeString:
    safe = mark_safe(html)  # noqa: S308  (sanitised when it was stored)
    if "<table" not in safe:
        return safe
    region = '<div class="block-scroll" role="region" aria-label="{}" tabindex="0">{}</div>'
    return format_html(region, _("Table"), safe)


@dataclass(frozen=True, slots=True)
class Noted:
    """A text with its footnotes numbered through: the HTML of each block by its anchor, and the
    notes of each section by its uid."""

    blocks: dict[str, SafeString]
    notes: dict[str, list[footnotes.Note]]


@register.filter
def noted(sections: Iterable[Any]) -> Noted:
    """The blocks of some sections as ``frozen_html`` gives them, with numbers for footnotes."""
    blocks: dict[str, SafeString] = {}
    under: dict[str, list[footnotes.Note]] = {}
    first = 1
    lines = [getattr(section, "line", section) for section in sections]
    images = figures.shown_in(block.html for line in lines for block in line.blocks)
    sizes = SectionImage.objects.sizes(images)
    for line in lines:
        htmls = [block.html for block in line.blocks]
        shown, found = footnotes.numbered(htmls, first=first, label=_("Note {number}"))
        first += len(found)
        under[line.uid] = found
        for block, html in zip(line.blocks, shown, strict=True):
            blocks[block.anchor] = _scrolled(figures.sized(html, sizes))
    return Noted(blocks, under)


@register.filter
def note_html(note: footnotes.Note) -> SafeString:
    """The words of a footnote, which ``noted`` has sanitised."""
    return mark_safe(note.html)  # noqa: S308  (sanitised when it was stored)


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """The address of a page that another part of the house offers; empty if it does not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
