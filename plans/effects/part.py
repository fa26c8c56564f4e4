"""The part *theory of change* of a document. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.budget.amounts import kroner_words
from plans.document.comparison import Compared, change_word, merged, row_of
from plans.document.differences import BlockDifferences
from plans.document.parts import BlockWords, DocumentPart, KindOfBlock

from .chain import (
    ChainLink,
    EffectChain,
    EffectThemeLine,
    InheritedGoal,
    NodeLine,
    SourceLine,
)

KEY = "effects"


def read(data: dict[str, Any]) -> EffectChain:
    """The value as JSON holds it."""
    return EffectChain(
        themes=tuple(EffectThemeLine(**_tuples(line)) for line in data["themes"]),
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
    for block, served in _said(chain):
        written = "\n".join(filter(None, (block.written, *served.values())))
        yield dataclasses.replace(block, written=written)


def _said(chain: EffectChain) -> Iterator[tuple[BlockWords, dict[ChainLink, str]]]:
    """The own words of each block, and of a node how each of its contributions reads."""
    for theme in chain.themes:
        sources = [source.name for source in chain.sources_of(theme)]
        yield _block(theme.uid, theme.title, theme.note, *sources), {}
    for node in chain.nodes:
        amount = "" if node.amount is None else kroner_words(node.amount)
        sources = [source.name for source in chain.sources_of(node)]
        served = {link: _contribution(point.title, link) for point, link in chain.served(node)}
        yield _block(node.uid, node.title, node.description, amount, *sources), served
    for goal in chain.inherited:
        yield _block(goal.uid, goal.title, goal.plan), {}
    for source in chain.sources:
        yield _block(source.uid, source.name, source.link), {}


def _block(uid: str, title: str, *more: str) -> BlockWords:
    return BlockWords(uid, title, "\n".join(filter(None, (title, *more))))


def _contribution(title: str, link: ChainLink) -> str:
    return f"→ {title}: {link.assumption}" if link.assumption else f"→ {title}"


def _side_by_side(before: EffectChain, after: EffectChain) -> Iterator[tuple[Any, Any]]:
    """Each block before and after, None where there is none. Contributions that are the same are
    left out: what they lead to may be called something else now, which is told there."""
    was = {block.anchor: (block, served) for block, served in _said(before)}
    now = {block.anchor: (block, served) for block, served in _said(after)}
    for anchor in merged(list(was), list(now)):
        old, new = was.get(anchor), now.get(anchor)
        same = old[1].keys() & new[1].keys() if old and new else set()
        yield _without(old, same), _without(new, same)


def _without(said: Any, same: Collection[ChainLink]) -> BlockWords | None:
    if said is None:
        return None
    block, served = said
    rest = [line for link, line in served.items() if link not in same]
    return dataclasses.replace(block, written="\n".join((block.written, *rest)))


def compare(before: EffectChain, after: EffectChain) -> Iterator[Compared]:
    """Block by block, word for word."""
    for old, new in _side_by_side(before, after):
        one = new or old
        row = row_of(
            f"{KEY}-{one.anchor}",
            one.title,
            old.written if old else "",
            new.written if new else "",
        )
        if row:
            yield Compared(row.anchor, one.title, change_word(row.kind), (row,), row.kind)


def differences(before: EffectChain, after: EffectChain) -> BlockDifferences:
    """What is new, says something else or leads elsewhere, and what is gone."""
    pairs = list(_side_by_side(before, after))
    return BlockDifferences(
        new=tuple(new for old, new in pairs if old is None),
        changed=tuple(new for old, new in pairs if old and new and not new.says_the_same_as(old)),
        gone=tuple(old for old, new in pairs if new is None),
    )


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
    compare=compare,
    differences=differences,
    template="plans/document/effects.html",
    sealed=50,
    on_page=32,
    on_paper=22,
)
