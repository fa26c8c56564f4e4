"""A theory of change as plain values: what a version freezes, a picture draws and a paper prints.

Pure: nothing here asks a table. A chain is read from right to left: resources serve activities,
activities serve results, results serve goals. Who is served is named by its uid, in the same theme
or another, or among the goals that a plan above lets this one inherit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from plans.enums import EffectKind

COLUMNS = tuple(EffectKind)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What a node contributes to, by uid, and what must hold for it to be so."""

    to: str
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a claim comes from (``kind``: a ReferenceKind value)."""

    uid: str
    kind: str
    number: str = ""
    title: str = ""
    link: str = ""

    @property
    def name(self) -> str:
        """ "BR 644/05: Title" """
        return ": ".join(filter(None, (self.number, self.title)))


@dataclass(frozen=True, slots=True)
class EffectThemeLine:
    """A theme, and what a reader should know of it; ``sources`` are uids."""

    uid: str
    title: str
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A goal, result, activity or resource (``kind``: an EffectKind value) of a theme.

    ``amount`` is in whole kroner. The others are uids: sources, focus areas, milestones,
    indicators and descriptions of efforts that point to it.
    """

    uid: str
    kind: str
    title: str
    theme: str
    description: str = ""
    amount: int | None = None
    links: tuple[ChainLink, ...] = ()
    sources: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    efforts: tuple[str, ...] = ()

    @property
    def column(self) -> int:
        """Its place from the left."""
        return EffectKind(self.kind).column


@dataclass(frozen=True, slots=True)
class InheritedGoal:
    """A goal of a plan above, which holds here too: shown as that plan's, and changed there."""

    uid: str
    title: str
    plan: str
    slug: str

    kind = EffectKind.GOAL.value
    column = 0
    links: tuple[ChainLink, ...] = ()


Point = NodeLine | InheritedGoal


@dataclass(frozen=True)
class EffectChain:
    """The whole: themes and nodes in their order, what is inherited, and the sources."""

    themes: tuple[EffectThemeLine, ...] = ()
    nodes: tuple[NodeLine, ...] = ()
    inherited: tuple[InheritedGoal, ...] = ()
    sources: tuple[SourceLine, ...] = ()

    def __bool__(self) -> bool:
        """Does it say anything of this plan's own?"""
        return bool(self.themes)

    @cached_property
    def points(self) -> dict[str, Point]:
        """All that can be pointed to, by uid."""
        return {one.uid: one for one in (*self.nodes, *self.inherited)}

    @cached_property
    def _sources(self) -> dict[str, SourceLine]:
        return {one.uid: one for one in self.sources}

    @cached_property
    def _themes(self) -> dict[str, EffectThemeLine]:
        return {one.uid: one for one in self.themes}

    @cached_property
    def _served_by(self) -> dict[str, list[NodeLine]]:
        found: dict[str, list[NodeLine]] = {}
        for node in self.nodes:
            for link in node.links:
                found.setdefault(link.to, []).append(node)
        return found

    def theme(self, uid: str) -> EffectThemeLine | None:
        """The theme with that uid."""
        return self._themes.get(uid)

    def in_theme(self, uid: str) -> list[NodeLine]:
        """The nodes of a theme: column by column, each in its order."""
        rows = [node for node in self.nodes if node.theme == uid]
        return sorted(rows, key=lambda node: node.column)

    def served(self, node: Point) -> list[tuple[Point, ChainLink]]:
        """What a node contributes to; what cannot be seen here is left out."""
        there = self.points
        return [(there[link.to], link) for link in node.links if link.to in there]

    def servers(self, uid: str) -> list[NodeLine]:
        """What contributes to it."""
        return self._served_by.get(uid, [])

    def sources_of(self, one: EffectThemeLine | NodeLine) -> list[SourceLine]:
        """Where it comes from."""
        return [self._sources[uid] for uid in one.sources if uid in self._sources]


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """A point of an indented list, and below it what contributes to it. ``repeated``: all that
    stands below it is told at an earlier place. ``assumption``: of its contribution to the point
    above."""

    point: Point
    assumption: str = ""
    repeated: bool = False
    below: tuple[OutlineStep, ...] = field(default=())


def outline(chain: EffectChain, theme: str) -> tuple[OutlineStep, ...]:
    """A theme as an indented list: goals, below each its results, and so on. What serves nothing
    that is shown stands at the outermost step; nothing of the theme is left out."""
    own = chain.in_theme(theme)
    seen: set[str] = set()
    tops = [*_inherited_tops(chain, own), *(one for one in own if not chain.served(one))]
    branches = tuple(_branch(chain, one, "", theme, seen) for one in tops)
    foreign = (one for one in own if one.uid not in seen)  # they serve other themes alone
    return (*branches, *(_branch(chain, one, "", theme, seen) for one in foreign))


def _inherited_tops(chain: EffectChain, own: list[NodeLine]) -> Iterator[InheritedGoal]:
    wanted = {link.to for node in own for link in node.links}
    yield from (goal for goal in chain.inherited if goal.uid in wanted)


def _branch(
    chain: EffectChain, point: Point, assumption: str, theme: str, seen: set[str]
) -> OutlineStep:
    servers = [one for one in chain.servers(point.uid) if one.theme == theme]
    if point.uid in seen:
        return OutlineStep(point, assumption, repeated=True)
    seen.add(point.uid)
    below = tuple(
        _branch(chain, one, _assumption(one, point), theme, seen)
        for one in sorted(servers, key=lambda node: node.column)
    )
    return OutlineStep(point, assumption, below=below)


def _assumption(node: NodeLine, point: Point) -> str:
    return next((link.assumption for link in node.links if link.to == point.uid), "")
