"""A theme as a page shows it: a picture, the same as a table, and as an indented list. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .chain import (
    EffectChain,
    EffectThemeLine,
    InheritedGoal,
    NodeLine,
    OutlineStep,
    Point,
    outline,
)
from .drawing import DrawnNode, EffectPicture, draw


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme of a chain in its three forms."""

    theme: EffectThemeLine
    nodes: tuple[NodeLine, ...]
    picture: EffectPicture
    outline: tuple[OutlineStep, ...]


def theme_views(
    chain: EffectChain, heads: Sequence[str], counts: Mapping[str, int] | None = None
) -> list[ThemeView]:
    """Every theme; ``heads`` are the names of the columns, ``counts`` how many findings a node
    has."""
    return [theme_view(chain, theme, heads, counts) for theme in chain.themes]


def theme_view(
    chain: EffectChain,
    theme: EffectThemeLine,
    heads: Sequence[str],
    counts: Mapping[str, int] | None = None,
) -> ThemeView:
    """One theme."""
    counts = counts or {}
    own = chain.in_theme(theme.uid)
    inside = {node.uid for node in own}
    edges = [(node.uid, link.to) for node in own for link in node.links if link.to in chain.points]
    edges += [
        (giver.uid, node.uid)
        for node in own
        for giver in chain.servers(node.uid)
        if giver.uid not in inside
    ]
    guests = dict.fromkeys(uid for edge in edges for uid in edge if uid not in inside)
    drawn = [DrawnNode(one.uid, one.column, one.title, count=counts.get(one.uid, 0)) for one in own]
    drawn += [_guest(chain, chain.points[uid]) for uid in guests]
    return ThemeView(theme, tuple(own), draw(drawn, edges, heads), outline(chain, theme.uid))


def _guest(chain: EffectChain, point: Point) -> DrawnNode:
    """A node of another theme, or a goal of a plan above: it says where it belongs."""
    if isinstance(point, InheritedGoal):
        return DrawnNode(point.uid, point.column, point.title, point.plan)
    theme = chain.theme(point.theme)
    return DrawnNode(point.uid, point.column, point.title, theme.title if theme else "…")
