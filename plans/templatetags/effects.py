"""The words and links of a theory of change, and its picture."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plans.annexes import lines as annexes
from plans.annexes.lines import AnnexLine
from plans.budget.amounts import kroner_words
from plans.document.plan_document import FocusLine, MilestoneLine, PlanDocument
from plans.effects import words
from plans.effects.chain import (
    ChainLink,
    EffectChain,
    InheritedGoal,
    NodeLine,
    Point,
    SourceLine,
)
from plans.effects.drawing import EffectBox
from plans.effects.part import KEY
from plans.effects.theme_view import ThemeView, theme_views
from plans.enums import EffectKind, ReferenceKind
from plans.indicators.part import IndicatorLine, indicators_of
from plans.models import EffectNode, FocusArea, Milestone

register = template.Library()


@register.filter
def kroner(amount: int | None) -> str:
    """ "4.000.000 kr." """
    return "" if amount is None else kroner_words(amount)


@register.filter
def kind_word(kind: str) -> str:
    """ "Goal" """
    return capfirst(str(EffectKind(kind).label))


@register.filter
def column_head(kind: str) -> str:
    """ "Goals" """
    return str(words.HEADS[EffectKind(kind)])


@register.filter
def reference_word(kind: str) -> str:
    """ "Case" """
    return capfirst(str(ReferenceKind(kind).label)) if kind in ReferenceKind.values else ""


@register.filter
def finding_words(code: str) -> str:
    """What is missing, in a sentence."""
    return words.finding_words(code)


@register.filter
def new_line_label(kind: str, theme: str) -> str:
    """What is written in the line of a kind."""
    return {
        EffectKind.GOAL: _("New goal in “%(theme)s”"),
        EffectKind.RESULT: _("New result in “%(theme)s”"),
        EffectKind.ACTIVITY: _("New activity in “%(theme)s”"),
        EffectKind.RESOURCE: _("New resource in “%(theme)s”"),
    }[EffectKind(kind)] % {"theme": theme}


@register.filter
def new_line_hint(kind: str) -> str:
    """The same, short."""
    return {
        EffectKind.GOAL: _("New goal"),
        EffectKind.RESULT: _("New result"),
        EffectKind.ACTIVITY: _("New activity"),
        EffectKind.RESOURCE: _("New resource"),
    }[EffectKind(kind)]


@register.filter
def served_by(chain: EffectChain, node: Any) -> list[tuple[Point, ChainLink]]:
    """What a node, live or of a document, contributes to."""
    point = chain.points.get(str(node.uid))
    return chain.served(point) if point else []


@register.filter
def sources_of(chain: EffectChain, one: Any) -> list[SourceLine]:
    """Where a theme or node comes from; a goal of another plan says it there."""
    return chain.sources_of(one) if hasattr(one, "sources") else []


@register.filter
def areas_of(document: PlanDocument, point: Any) -> list[FocusLine]:
    """The focus areas of a document that a node is for."""
    wanted = getattr(point, "focus", ())
    return [area for area in document.focus if area.uid in wanted]


@register.filter
def milestones_of(document: PlanDocument, point: Any) -> list[MilestoneLine]:
    """The milestones of a document that a node is for."""
    wanted = getattr(point, "milestones", ())
    return [line for line in document.process_plan.milestones if line.uid in wanted]


@register.filter
def measured_by(document: PlanDocument, point: Any) -> list[IndicatorLine]:
    """The indicators of a document that a node is measured by."""
    wanted = getattr(point, "indicators", ())
    return [line for line in indicators_of(document) if line.uid in wanted]


@register.filter
def efforts_of(document: PlanDocument, point: Any) -> list[AnnexLine]:
    """The descriptions of efforts in a document that belong to a node."""
    wanted = getattr(point, "efforts", ())
    return [annex for annex in document.more.get(annexes.KEY, ()) if annex.uid in wanted]


@register.filter
def effects_of_area(document: PlanDocument, area: FocusLine) -> list[NodeLine]:
    """What of a document's theory of change a focus area is for."""
    nodes = document.more.get(KEY, EffectChain()).nodes
    return [node for node in nodes if area.uid in node.focus]


@register.filter
def effects_of_milestone(document: PlanDocument, line: MilestoneLine) -> list[NodeLine]:
    """What of a document's theory of change a milestone is for."""
    nodes = document.more.get(KEY, EffectChain()).nodes
    return [node for node in nodes if line.uid in node.milestones]


@register.filter
def live_effects(row: FocusArea | Milestone) -> list[EffectNode]:
    """What of the theory of change, as it stands, a focus area or a milestone is for."""
    rows = row.effect_nodes.filter(retired_at__isnull=True, theme__retired_at__isnull=True)
    return list(rows.order_by("theme__position", "position", "pk"))


@register.filter
def point_link(point: Point) -> SafeString:
    """What is contributed to, as the way to its row; a goal of a plan above says whose it is."""
    if isinstance(point, InheritedGoal):
        address = f"{reverse('plans:effects', args=[point.slug])}#led-{point.uid}"
        return format_html(
            '<a href="{}">{}</a> <span class="quiet">({})</span>', address, point.title, point.plan
        )
    return format_html('<a href="#led-{}">{}</a>', point.uid, point.title)


@register.filter
def box_label(box: EffectBox, chain: EffectChain) -> str:
    """A box read aloud: what it is, and what it contributes to."""
    point = chain.points[box.uid]
    about = " ".join(text for _y, text in box.about)
    served = [other.title for other, _link in chain.served(point)]
    said = f"{kind_word(point.kind)}: {point.title}"
    if about:
        said = f"{said} ({about})"
    if served:
        said = _("%(what)s. Contributes to: %(others)s") % {
            "what": said,
            "others": "; ".join(served),
        }
    return said


@register.simple_tag
def effect_views(chain: EffectChain) -> list[ThemeView]:
    """The themes of a chain, each drawn, listed and as rows."""
    return theme_views(chain, words.column_heads())


@register.simple_tag
def effects_explained() -> str:
    """What a theory of change is."""
    return words.explained()
