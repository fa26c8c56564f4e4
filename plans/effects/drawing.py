"""From a chain of effects to a picture: pure, as numbers; the SVG is in a template.

Four columns stand fast: goals, results, activities, resources. A box is as high as its words need;
boxes of a column are stacked, so nothing meets. Lines run from the right to the left, in the gaps
between the columns; one that passes a column has a lane of its own between the boxes there. Which
box stands over which is ``ordering``'s; here each is put as near to what it is tied to as the order
lets it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.timeline.text_width import wrap

from .ordering import Columns, Edge, Layers, Via, crossings, layered, ordered

BOX, GAP = 190, 50  # width of a box, and of the space to the next column, pixels
TEXT, SMALL, LINE, SMALL_LINE = 15, 13, 20, 18
PAD, AIR, LANE = 10, 16, 14  # inside a box; between boxes; height of a passing line
HEAD = 44  # the names of the columns
EDGE = 2  # room for the stroke
ROUNDS = 10  # of putting boxes beside what they are tied to


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """What a picture needs to know of a node. ``about``: where it belongs, when it is a guest."""

    uid: str
    column: int
    title: str
    about: str = ""
    count: int = 0  # findings


@dataclass(frozen=True, slots=True)
class EffectBox:
    """A node: top left corner, size, and its words with their baselines."""

    uid: str
    column: int
    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    about: tuple[tuple[float, str], ...] = ()
    count: int = 0
    width: int = BOX

    @property
    def is_guest(self) -> bool:
        """It belongs to another theme, or to a plan above."""
        return bool(self.about)

    @property
    def text_x(self) -> float:
        """Where the words begin."""
        return self.x + PAD

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class EffectCurve:
    """A contribution, from the box that gives it to the one that gets it, as an SVG path."""

    giver: str
    getter: str
    path: str


@dataclass(frozen=True, slots=True)
class EffectPicture:
    """The whole: names of columns with their places, boxes, curves, and how big it is."""

    heads: tuple[tuple[float, str], ...] = ()
    boxes: tuple[EffectBox, ...] = ()
    curves: tuple[EffectCurve, ...] = ()
    width: float = 0
    height: float = 0
    crossings: int = 0

    def __bool__(self) -> bool:
        return bool(self.boxes)


def draw(nodes: Sequence[DrawnNode], edges: Sequence[Edge], heads: Sequence[str]) -> EffectPicture:
    """The picture of some nodes and what contributes to what; ``heads`` are the columns' names."""
    if not nodes:
        return EffectPicture()
    by_uid = {node.uid: node for node in nodes}
    there = [edge for edge in edges if edge[0] in by_uid and edge[1] in by_uid]
    layers = layered({node.uid: node.column for node in nodes}, there, len(heads))
    columns = ordered(layers)
    words = {node.uid: _words(node) for node in nodes}
    heights = {name: _height(words, name) for column in columns for name in column}
    tops = _tops(layers, columns, heights)
    boxes = {
        uid: _box(by_uid[uid], words[uid], tops[uid], heights[uid])
        for column in columns
        for uid in column
        if isinstance(uid, str)
    }
    low = max(tops[name] + heights[name] for name in tops)
    return EffectPicture(
        heads=tuple((EDGE + place * (BOX + GAP), head) for place, head in enumerate(heads)),
        boxes=tuple(boxes.values()),
        curves=tuple(_curves(layers, columns, boxes, tops, heights, there)),
        width=len(heads) * BOX + (len(heads) - 1) * GAP + 2 * EDGE,
        height=low + EDGE,
        crossings=crossings(layers, columns),
    )


def _words(node: DrawnNode) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inside = BOX - 2 * PAD
    return wrap(node.title, inside, TEXT), wrap(node.about, inside, SMALL)


def _height(words: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]], name: Hashable) -> float:
    if not isinstance(name, str):
        return LANE
    title, about = words[name]
    return 2 * PAD + LINE * max(len(title), 1) + SMALL_LINE * len(about)


def _box(
    node: DrawnNode, words: tuple[tuple[str, ...], tuple[str, ...]], top: float, height: float
) -> EffectBox:
    title, about = words
    first = top + PAD
    then = first + LINE * max(len(title), 1)
    return EffectBox(
        node.uid,
        node.column,
        EDGE + node.column * (BOX + GAP),
        top,
        height,
        tuple((first + LINE * place + 15, line) for place, line in enumerate(title)),
        tuple((then + SMALL_LINE * place + 13, line) for place, line in enumerate(about)),
        node.count,
    )


# --- heights -----------------------------------------------------------------------------------


def _tops(
    layers: Layers, columns: Columns, heights: Mapping[Hashable, float]
) -> dict[Hashable, float]:
    """Where each begins: beside the middle of what it is tied to, as near as the others let it."""
    tops: dict[Hashable, float] = {}
    for column in columns:
        tops.update(zip(column, _stacked([0.0] * len(column), column, heights), strict=True))
    for turn in range(ROUNDS):
        for column in columns if turn % 2 == 0 else columns[::-1]:
            wanted = [_wanted(layers, name, tops, heights) for name in column]
            tops.update(zip(column, _stacked(wanted, column, heights), strict=True))
    highest = min(tops.values())
    return {name: round(top - highest + HEAD, 1) for name, top in tops.items()}


def _wanted(
    layers: Layers,
    name: Hashable,
    tops: Mapping[Hashable, float],
    heights: Mapping[Hashable, float],
) -> float:
    tied = [*layers.left.get(name, ()), *layers.right.get(name, ())]
    if not tied:
        return tops[name]
    middles = [tops[other] + heights[other] / 2 for other in tied]
    return sum(middles) / len(middles) - heights[name] / 2


def _stacked(
    wanted: Sequence[float], column: Sequence[Hashable], heights: Mapping[Hashable, float]
) -> list[float]:
    """The places nearest to the wanted ones that keep the order and let nothing meet: those that
    would are put together, and stand where their middle wants to."""
    apart = 0.0
    blocks: list[list[float]] = []  # sum of what is wanted, how many, less what stands above
    offsets = []
    for place, name in enumerate(column):
        offsets.append(apart)
        blocks.append([wanted[place] - apart, 1])
        apart += heights[name] + AIR
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    bases = [total / count for total, count in blocks for _ in range(int(count))]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


# --- lines -------------------------------------------------------------------------------------


def _curves(
    layers: Layers,
    columns: Columns,
    boxes: Mapping[str, EffectBox],
    tops: Mapping[Hashable, float],
    heights: Mapping[Hashable, float],
    edges: Sequence[Edge],
) -> list[EffectCurve]:
    place = {name: number for column in columns for number, name in enumerate(column)}
    curves = []
    for giver, getter in dict.fromkeys(edges):
        first, last = boxes[giver].column, boxes[getter].column
        if first <= last:
            continue
        edge = (giver, getter)
        stops = [giver, *(Via(edge, column) for column in range(first - 1, last, -1)), getter]
        path = ""
        for one, other in pairwise(stops):
            column = first if one == giver else one.column  # type: ignore[union-attr]
            right = EDGE + column * (BOX + GAP)
            y = _port(layers.left, one, other, place, tops, heights)
            end = _port(layers.right, other, one, place, tops, heights)
            path += f"M{right:g} {y:g}" if not path else f"H{right:g}"
            middle, left = right - GAP / 2, right - GAP
            path += f"C{middle:g} {y:g} {middle:g} {end:g} {left:g} {end:g}"
        curves.append(EffectCurve(giver, getter, path))
    return curves


def _port(
    tied: Mapping[Hashable, Sequence[Hashable]],
    name: Hashable,
    other: Hashable,
    place: Mapping[Hashable, int],
    tops: Mapping[Hashable, float],
    heights: Mapping[Hashable, float],
) -> float:
    """The height at which a line meets the side of a thing: its lines share the side in the order
    of their other ends, so that none crosses another for nothing."""
    others = sorted(tied[name], key=place.__getitem__)
    share = heights[name] / (len(others) + 1)
    return round(tops[name] + share * (others.index(other) + 1), 1)
