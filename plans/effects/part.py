"""The part *theory of change* of a document. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.document.parts import BlockWords, DocumentPart, KindOfBlock

from .chain import (
    ChainLink,
    EffectChain,
    InheritedGoal,
    NodeLine,
    SourceLine,
    ThemeLine,
)

KEY = "effects"


def read(data: dict[str, Any]) -> EffectChain:
    """The value as JSON holds it."""
    return EffectChain(
        themes=tuple(ThemeLine(**_tuples(line)) for line in data["themes"]),
        nodes=tuple(_node(line) for line in data["nodes"]),
        inherited=tuple(InheritedGoal(**_tuples(line)) for line in data["inherited"]),
        sources=tuple(SourceLine(**line) for line in data["sources"]),
    )


def _node(line: dict[str, Any]) -> NodeLine:
    links = tuple(ChainLink(**link) for link in line["links"])
    return NodeLine(**{**_tuples(line), "links": links})


def _tuples(line: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in line.items()}


def blocks(chain: EffectChain) -> Iterator[tuple[str, str, Any]]:
    """Each theme, node, inherited goal and source by itself."""
    for kind, lines in (
        ("effect_theme", chain.themes),
        ("effect_node", chain.nodes),
        ("effect_above", chain.inherited),
        ("effect_source", chain.sources),
    ):
        yield from ((line.uid, kind, line) for line in lines)


def words(chain: EffectChain) -> Iterator[BlockWords]:
    """What is said of each theme and node, with what it contributes to, and of each source."""
    for theme in chain.themes:
        sources = [source.name for source in chain.sources_of(theme)]
        yield _block(theme.uid, theme.title, theme.note, *sources)
    for node in chain.nodes:
        served = [_contribution(point.title, link) for point, link in chain.served(node)]
        amount = "" if node.amount is None else f"{node.amount} kr."
        sources = [source.name for source in chain.sources_of(node)]
        yield _block(node.uid, node.title, node.description, amount, *served, *sources)
    for goal in chain.inherited:
        yield _block(goal.uid, goal.title, goal.plan)
    for source in chain.sources:
        yield _block(source.uid, source.name, source.link)


def _block(uid: str, title: str, *more: str) -> BlockWords:
    return BlockWords(uid, title, "\n".join(filter(None, (title, *more))))


def _contribution(title: str, link: ChainLink) -> str:
    return f"→ {title}: {link.assumption}" if link.assumption else f"→ {title}"


def redact(chain: EffectChain, removed: Mapping[str, str]) -> EffectChain:
    """Without the words of some blocks; what leads to what stays."""

    def without(lines: tuple[Any, ...], **bare: Any) -> tuple[Any, ...]:
        return tuple(
            dataclasses.replace(line, title=removed[line.uid], **bare)
            if line.uid in removed
            else line
            for line in lines
        )

    nodes = without(chain.nodes, description="", amount=None)
    return EffectChain(
        themes=without(chain.themes, note=""),
        nodes=tuple(_silent(node) if node.uid in removed else node for node in nodes),
        inherited=without(chain.inherited),
        sources=without(chain.sources, number="", link=""),
    )


def _silent(node: NodeLine) -> NodeLine:
    """Its contributions without the assumptions, which are its words too."""
    links = tuple(ChainLink(link.to) for link in node.links)
    return dataclasses.replace(node, links=links)


EFFECTS = DocumentPart(
    key=KEY,
    label=_("theory of change"),
    heading=_("Theory of change"),
    empty=EffectChain(),
    kinds={
        "effect_theme": KindOfBlock(_("theme of the theory of change"), route="plans:effects"),
        "effect_node": KindOfBlock(_("link of the chain of effects"), route="plans:effects"),
        "effect_above": KindOfBlock(_("inherited goal"), route="plans:effects"),
        "effect_source": KindOfBlock(_("source of the theory of change"), route="plans:effects"),
    },
    read=read,
    blocks=blocks,
    words=words,
    redact=redact,
    template="plans/document/effects.html",
    sealed=50,
    on_page=32,
    on_paper=22,
)
