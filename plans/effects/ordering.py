"""The order of things in columns, so that the lines between them cross as little as can be found.

Pure. Columns are read from the left; a line runs between neighbouring columns, and one that runs
past a column has a stand-in there (``Via``), which is ordered with the rest. The order is sought
from several beginnings by barycenters, sweep by sweep, and then settled: it ends only where no two
neighbours can change places and have fewer crossings, whatever it came from. Where there are few in
each column all orders are tried.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

Column = list[Hashable]
Columns = list[Column]
Edge = tuple[str, str]
Order = tuple[Hashable, ...]
Neighbours = dict[Hashable, list[Hashable]]

FEW = 4  # in each column: then all orders are tried, and what is found is the best there is
SWEEPS = 12  # there and back; further ones have never found anything


@dataclass(frozen=True, slots=True)
class Via:
    """Where a line from one to another runs past a column."""

    edge: Edge
    column: int


@dataclass(frozen=True, slots=True)
class Layers:
    """Columns, and what each thing in them is tied to in the next column to the left and right."""

    columns: Columns
    left: Neighbours
    right: Neighbours


def layered(column_of: Mapping[str, int], edges: Sequence[Edge], count: int) -> Layers:
    """Things in their columns, in the order they come in, and their lines cut into steps of one
    column each. Each edge runs from the right to the left; others are left out."""
    columns: Columns = [[] for _ in range(count)]
    left: Neighbours = {}
    right: Neighbours = {}
    for name, column in column_of.items():
        columns[column].append(name)
    for edge in dict.fromkeys(edges):
        lower, upper = edge
        if column_of[lower] <= column_of[upper]:
            continue
        stops: list[Hashable] = [lower]
        for column in range(column_of[lower] - 1, column_of[upper], -1):
            stops.append(Via(edge, column))
            columns[column].append(stops[-1])
        stops.append(upper)
        for one, other in pairwise(stops):
            left.setdefault(one, []).append(other)
            right.setdefault(other, []).append(one)
    return Layers(columns, left, right)


def ordered(layers: Layers) -> Columns:
    """The columns in the best order that was found. The order they came in is kept among those
    that cross as little."""
    best = settled(layers, layers.columns)
    fewest = crossings(layers, best)
    for start in _beginnings(layers):
        columns = start
        for sweep in range(SWEEPS):
            if fewest == 0:
                return best
            columns = _swept(layers, columns, to_the_right=sweep % 2 == 0)
            tried = settled(layers, columns)
            found = crossings(layers, tried)
            if found < fewest:
                best, fewest = tried, found
    return _best_of_all(layers) if max(map(len, layers.columns)) <= FEW else best


def _best_of_all(layers: Layers) -> Columns:
    """The best of all orders there are, column by column: for each order of a column the best
    that can stand to the left of it."""
    ways: dict[Order, tuple[int, list[Order]]] = {
        order: (0, [order]) for order in permutations(layers.columns[0])
    }
    for column in layers.columns[1:]:
        before = list(ways.items())
        ways = {}
        for order in permutations(column):
            count, way = min(
                ((cost + _between(layers, last, order), way) for last, (cost, way) in before),
                key=lambda one: one[0],
            )
            ways[order] = (count, [*way, order])
    _count, way = min(ways.values(), key=lambda one: one[0])
    return settled(layers, [list(order) for order in way])


def _between(layers: Layers, left: Order, right: Order) -> int:
    """How many lines cross between two columns."""
    places = {name: place for place, name in enumerate(right)}
    seen: list[int] = []
    count = 0
    for name in left:
        ends = sorted(places[other] for other in layers.right.get(name, ()))
        count += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return count


def _beginnings(layers: Layers) -> list[Columns]:
    """As it is, and as a walk comes to each from the left and from the right: of a forest such a
    walk crosses nothing."""
    from_left = _walked(layers, range(len(layers.columns)), layers.right)
    from_right = _walked(layers, range(len(layers.columns) - 1, -1, -1), layers.left)
    return [from_left, from_right, layers.columns, [column[::-1] for column in layers.columns]]


def _walked(layers: Layers, order: range, onward: Neighbours) -> Columns:
    seen: dict[Hashable, None] = {}

    def visit(name: Hashable) -> None:
        if name not in seen:
            seen[name] = None
            for other in onward.get(name, ()):
                visit(other)

    for place in order:
        for name in layers.columns[place]:
            visit(name)
    rank = {name: number for number, name in enumerate(seen)}
    return [sorted(column, key=rank.__getitem__) for column in layers.columns]


def _swept(layers: Layers, columns: Columns, *, to_the_right: bool) -> Columns:
    """Each column ordered by the middle of what its things are tied to in the column before."""
    found = [list(column) for column in columns]
    steps = range(1, len(found)) if to_the_right else range(len(found) - 2, -1, -1)
    tied = layers.left if to_the_right else layers.right
    for step in steps:
        before = _places(found[step - 1 if to_the_right else step + 1])
        here = _places(found[step])
        found[step].sort(key=lambda name: (_middle(name, tied, before, here), here[name]))
    return found


def _middle(
    name: Hashable,
    tied: Neighbours,
    before: Mapping[Hashable, int],
    here: Mapping[Hashable, int],
) -> float:
    """Of what it is tied to; what is tied to nothing stays about where it is."""
    others = tied.get(name)
    if not others:
        return here[name] * max(len(before), 1) / max(len(here), 1)
    return sum(before[other] for other in others) / len(others)


def settled(layers: Layers, columns: Columns) -> Columns:
    """The columns after all changes of neighbours that lower the crossings: each lowers them by
    one at the least, so it ends, and where it ends no such change is left."""
    found = [list(column) for column in columns]
    places = [_places(column) for column in found]
    changed = True
    while changed:
        changed = False
        for step, column in enumerate(found):
            for place in range(len(column) - 1):
                one, other = column[place], column[place + 1]
                if _gain(layers, places, step, one, other) > 0:
                    column[place], column[place + 1] = other, one
                    places[step][one], places[step][other] = place + 1, place
                    changed = True
    return found


def _gain(
    layers: Layers, places: list[dict[Hashable, int]], step: int, one: Hashable, other: Hashable
) -> int:
    """How many crossings fewer there are when two neighbours change places."""
    gain = 0
    for tied, beside in ((layers.left, step - 1), (layers.right, step + 1)):
        if tied.get(one) and tied.get(other):
            mine = sorted(places[beside][name] for name in tied[one])
            theirs = sorted(places[beside][name] for name in tied[other])
            gain += sum(bisect_left(theirs, place) for place in mine)
            gain -= sum(bisect_left(mine, place) for place in theirs)
    return gain


def crossings(layers: Layers, columns: Columns) -> int:
    """How many pairs of lines cross."""
    return sum(_between(layers, tuple(left), tuple(right)) for left, right in pairwise(columns))


def _places(column: Column) -> dict[Hashable, int]:
    return {name: place for place, name in enumerate(column)}
