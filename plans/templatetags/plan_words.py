"""The badges of plans: the word of a state with its shape."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from kommuneplan.core.templatetags.components import badge
from kommuneplan.directions import isolated
from plans.consultations import RoundLine
from plans.enums import PlanKind, PublicState
from plans.public import standing_words
from plans.public.plan_list import PlanListRow
from plans.public.standing import BodyDecision, PlanStanding

register = template.Library()


@register.filter
def state_badge(state: str) -> SafeString:
    """The badge of a PublicState or CycleState value: ``{{ plan.public_state|state_badge }}``."""
    return badge(str(PublicState(state).label), state)


@register.filter
def standing_badge(standing: PlanStanding) -> SafeString:
    """The badge of where a plan stands, with "Under revision" beside it."""
    found = state_badge(standing.state)
    if standing.revision is None:
        return found
    return format_html('{} <span class="state-note">{}</span>', found, gettext("Under revision"))


@register.filter
def adopted_words(decision: BodyDecision) -> str:
    """ "Vedtaget af Borgerrepræsentationen 30. november 2026."."""
    return standing_words.adopted_words(decision)


@register.filter
def headline(standing: PlanStanding) -> str:
    """What was decided last, by whom and when."""
    return standing_words.headline(standing)


@register.filter
def more_words(standing: PlanStanding) -> list[str]:
    """What applies and until when, and what the text is that one reads."""
    return list(standing_words.more_words(standing))


@register.filter
def has_words(standing: PlanStanding | None) -> bool:
    """Is there anything to tell?"""
    return bool(standing and (headline(standing) or more_words(standing)))


@register.filter
def state_word(state: str) -> str:
    """The word of a PublicState or CycleState value."""
    return str(PublicState(state).label)


@register.filter
def replaced_badge(successor: object) -> SafeString:
    """ "Afløst af …" with a link to the plan that stands in its place (a ``Successor``)."""
    return format_html(
        '{} <span class="state-note"><a href="/planer/{}/">{}</a></span>',
        state_badge(PublicState.REPLACED),
        successor.slug,
        isolated(successor.title),
    )


@register.filter
def kind_word(kind: str) -> str:
    """What sort of plan, in a word."""
    return str(PlanKind(kind).label) if kind in PlanKind.values else kind


@register.filter
def days_left(days: int) -> str:
    """How long there is to answer, in words: the last day counts."""
    if days <= 0:
        return gettext("The last day is today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


@register.filter
def any_open(rounds: list[RoundLine]) -> bool:
    """Is there a consultation that everybody can answer now?"""
    return any(line.is_open for line in rounds)


@register.simple_tag
def plan_rows(rows: list[PlanListRow]) -> SafeString:
    """The list of plans. One string and not a template: 25 rows of a template take longer than
    all the rest of the page, and so does looking for lazy words in each."""
    language = get_language() or ""
    return mark_safe("\n".join(_row(row, language) for row in rows))  # noqa: S308  (rows are escaped)


def _row(row: PlanListRow, language: str) -> str:
    return (
        f'<li><h2><a href="/planer/{escape(row.slug)}/">{escape(isolated(row.title))}</a></h2>'
        f"<p>{row_facts(row, language)}</p></li>"
    )


def row_facts(row: PlanListRow, language: str = "") -> str:
    """What a list says of a plan below its title."""
    language = language or get_language() or ""
    state = replaced_badge(row.successor) if row.successor else _badge(row.state, language)
    kind, body = _kind(row.kind, language), isolated(row.body)
    facts = filter(None, (_deadline(row), _adopted(row), kind, body, row.years))
    return f"{state} <span>{escape(' · '.join(facts))}</span>"


def _deadline(row: PlanListRow) -> str:
    if row.last_day is None:
        return ""
    return gettext("deadline %(day)s") % {"day": date_format(row.last_day)}


def _adopted(row: PlanListRow) -> str:
    words = standing_words.adopted_words(row.adopted).rstrip(".") if row.adopted else ""
    return ", ".join(filter(None, (words, gettext("under revision") if row.is_revised else "")))


@lru_cache(maxsize=64)
def _badge(state: str, language: str) -> SafeString:
    return state_badge(state)


@lru_cache(maxsize=64)
def _kind(kind: str, language: str) -> str:
    return str(capfirst(kind_word(kind)))
