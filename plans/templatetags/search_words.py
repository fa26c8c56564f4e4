"""What was found on public pages, as HTML. In Python, as the list of plans is: twenty-five hits of
templates take longer than finding them."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import date as date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kommuneplan.directions import isolated
from kommuneplan.richtext.highlighting import Snippet
from plans.consultations import RoundLine
from plans.public.plan_list import PlanListRow
from plans.public_search.finding import FoundLine, FoundPlace

from .plan_words import row_facts

register = template.Library()


@register.simple_tag
def search_hits(hits: list[FoundLine]) -> SafeString:
    """Each hit with the places in which the words stand, the words marked."""
    return mark_safe("\n".join(map(_hit, hits)))  # noqa: S308  (each is escaped)


def _hit(hit: FoundLine) -> str:
    card = hit.card
    places = "".join(map(_place, hit.places))
    return (
        f'<li><h2><a href="{escape(card.address)}">{escape(isolated(card.title))}</a></h2>'
        f"<p>{_facts(hit)}</p>"
        f"{_snippet(hit.snippet)}"
        f"{f'<ul class=found-places>{places}</ul>' if places else ''}</li>"
    )


def _facts(hit: FoundLine) -> str:
    card = hit.card
    if isinstance(card.about, PlanListRow):
        return row_facts(card.about)
    facts = [isolated(fact) for fact in card.facts if fact]
    if isinstance(card.about, RoundLine):
        facts = [*facts, *_of_round(card.about)]
    kind = f'<span class="state state-plain">{escape(card.kind)}</span> ' if card.kind else ""
    return f"{kind}<span>{escape(' · '.join(facts))}</span>"


def _of_round(line: RoundLine) -> list[str]:
    day = date_format(line.last_day)
    said = {
        "open": gettext("deadline %(day)s") % {"day": day},
        "closed": gettext("ended %(day)s") % {"day": day},
        "coming": gettext("opens later"),
        "withdrawn": gettext("withdrawn"),
    }
    return [said.get(line.state, ""), isolated(line.body)]


def _place(place: FoundPlace) -> str:
    title = place.title or gettext("To the place")
    return (
        f'<li><a href="{escape(place.address)}">{escape(isolated(title))}</a>'
        f"{_snippet(place.snippet)}</li>"
    )


def _snippet(snippet: Snippet | None) -> str:
    if snippet is None:
        return ""
    pieces = (
        f"<mark>{escape(words)}</mark>" if is_hit else escape(words)
        for words, is_hit in snippet.pieces
    )
    return f'<p class="found-words" dir="auto">{"".join(pieces)}</p>'
