"""A regular expression as a graph of letters, and what in it takes more time than the text has
letters (``tools.regexes`` says why)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

WIDE = 20  # times: a repetition up to here may be divided as it likes
TOGETHER = 5_000  # ways of dividing the same letters between two repetitions with an end
LONG = 300  # letters that may be read anew from each beginning
SAMPLE = "".join(map(chr, range(9, 127))) + "\x00\x85\xa0\xad§°²½ÆØÅæøåéÜß–’“•€∕\u2028\ufeff\uffff"
FROM_THE_BEGINNING = {"match", "fullmatch"}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_LETTERS_OF = {
    name: frozenset(x for x in SAMPLE if re.match(shape, x)) for name, shape in _CATEGORIES.items()
}
ALL = frozenset(SAMPLE)
Letters = frozenset[str]


@dataclass
class Repetition:
    """A repetition in the graph. ``letters``: all that it can read; ``inside``: those it is in."""

    begin: int
    end: int
    least: int
    most: int
    letters: Letters = ALL
    kept: bool = False  # possessive or atomic: gives nothing back
    inside: tuple[int, ...] = ()


@dataclass
class Graph:
    """States and the ways between them. A way is free (None), takes one of some letters, or stands
    only where the letter before it is one of some (``after``)."""

    ways: list[list[tuple[str, Letters | None, int]]] = field(default_factory=list)
    repetitions: list[Repetition] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def state(self) -> int:
        self.ways.append([])
        return len(self.ways) - 1

    def way(self, begin: int, end: int, letters: Letters | None = None, kind: str = "take") -> None:
        self.ways[begin].append((kind if letters is not None else "free", letters, end))

    def reaches(self, begin: int, end: int, letters: Letters) -> bool:
        """Can one come from the one state to the other reading nothing but some of these letters,
        in the middle of a run of them?"""
        seen, open_ones = {begin}, [begin]
        while open_ones:
            here = open_ones.pop()
            if here == end:
                return True
            for kind, taken, there in self.ways[here]:
                if there not in seen and _passes(kind, taken, letters):
                    seen.add(there)
                    open_ones.append(there)
        return False

    def cannot_fail(self, begin: int, end: int) -> bool:
        """Is the end reached from here whatever follows?"""
        seen, open_ones = {begin}, [begin]
        while open_ones:
            here = open_ones.pop()
            if here == end:
                return True
            for kind, _taken, there in self.ways[here]:
                if kind == "free" and there not in seen:
                    seen.add(there)
                    open_ones.append(there)
        return False


def _passes(kind: str, taken: Letters | None, letters: Letters) -> bool:
    """May a way be gone in the middle of a run of letters?"""
    if kind == "edge":  # of a word: only where the run has both kinds of letters
        words = _LETTERS_OF[op.CATEGORY_WORD]
        return bool(letters & words) and bool(letters - words)
    return kind in ("free", "check") or bool(taken and taken & letters)


class Builder:
    """Lays a parsed expression out as a graph."""

    def __init__(self, parsed: Any, whole: bool) -> None:
        self.graph = Graph()
        self.flags = parsed.state.flags
        self.begin, self.end = self.graph.state(), self.graph.state()
        self.within: list[int] = []
        self.kept = 0
        last = self.graph.state()
        self._sequence(parsed, self.begin, last)
        self.graph.way(last, self.end, ALL if whole else None, "check")

    def _sequence(self, items: Any, begin: int, end: int) -> None:
        here = begin
        for item in items:
            there = self.graph.state()
            self._one(item, here, there)
            here = there
        self.graph.way(here, end)

    def _one(self, item: Any, begin: int, end: int) -> None:
        kind, value = item
        if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            self.graph.way(begin, end, self._letters(kind, value))
        elif kind in _REPEATS:
            self._repeat(kind, *value, begin, end)
        elif kind is op.BRANCH:
            self._branch(value[1], begin, end)
        elif kind is op.SUBPATTERN:
            self._sequence(value[3], begin, end)
        elif kind is op.ATOMIC_GROUP:
            self.kept += 1
            self._sequence(value, begin, end)
            self.kept -= 1
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            self._assertion(kind, value[0], value[1], begin, end)
        elif kind is op.AT:
            self._at(value, begin, end)
        elif kind is op.GROUPREF_EXISTS:
            self._branch([value[1], value[2] or []], begin, end)
        else:  # a reference to a group: anything
            self.graph.way(begin, end, ALL)
            self.graph.way(begin, end)

    def _repeat(self, kind: Any, least: int, most: int, body: Any, begin: int, end: int) -> None:
        first, last = self.graph.state(), self.graph.state()
        self.graph.way(begin, first)
        found = Repetition(
            first, last, least, int(most), kept=bool(self.kept), inside=(*self.within,)
        )
        found.kept |= kind is op.POSSESSIVE_REPEAT
        number = len(self.graph.repetitions)
        self.graph.repetitions.append(found)
        before = len(self.graph.ways)
        self.within.append(number)
        self._sequence(body, first, last)
        self.within.pop()
        read: set[str] = set()
        for ways in (self.graph.ways[first], *self.graph.ways[before:]):
            for way, letters, _there in ways:
                read |= letters if way == "take" and letters else set()
        found.letters = frozenset(read)
        if most > WIDE:
            self.graph.way(last, first)
        self.graph.way(last, end)
        if least == 0:
            self.graph.way(begin, end)

    def _branch(self, branches: list[Any], begin: int, end: int) -> None:
        sides = []
        for branch in branches:
            first, last = self.graph.state(), self.graph.state()
            self.graph.way(begin, first)
            self._sequence(branch, first, last)
            self.graph.way(last, end)
            sides.append((first, last, self._alone(branch)))
        repeated = any(self.graph.repetitions[n].most > WIDE for n in self.within)
        if repeated and not self.kept:
            for place, (first, last, letters) in enumerate(sides):
                for other, stop, also in sides[place + 1 :]:
                    both = letters & also
                    if both and self._same(first, last, both) and self._same(other, stop, both):
                        self.graph.doubled.append("".join(sorted(both))[:5])

    def _same(self, first: int, last: int, letters: Letters) -> bool:
        return self.graph.reaches(first, last, letters)

    def _alone(self, items: Any) -> Letters:
        mine = Graph()
        kept, self.graph = self.graph, mine
        within, self.within = self.within, []
        self._sequence(items, mine.state(), mine.state())
        self.graph, self.within = kept, within
        taken = (x for ways in mine.ways for kind, letters, _there in ways
                 if kind == "take" and letters for x in letters)  # fmt: skip
        return frozenset(taken)

    def _assertion(self, kind: Any, direction: int, body: Any, begin: int, end: int) -> None:
        if direction < 0:  # what stands before: the last letter of it
            last = body[-1] if len(body) else None
            single = last is not None and last[0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
            if not single or (kind is op.ASSERT_NOT and len(body) > 1):
                self.graph.way(begin, end, ALL, "check")
                return
            letters = self._letters(*last)
            self.graph.way(begin, end, ALL - letters if kind is op.ASSERT_NOT else letters, "after")
            return
        ahead, never = self.graph.state(), self.graph.state()
        self.graph.way(begin, ahead)
        self._sequence(body, ahead, never)
        self.graph.way(begin, end, ALL, "check")

    def _at(self, value: Any, begin: int, end: int) -> None:
        if value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            lines = value is op.AT_BEGINNING and self.flags & re.MULTILINE
            self.graph.way(begin, end, frozenset("\n") if lines else frozenset(), "after")
        elif value is op.AT_BOUNDARY:
            self.graph.way(begin, end, ALL, "edge")
        else:
            self.graph.way(begin, end, ALL, "check")

    def _letters(self, kind: Any, value: Any) -> Letters:
        if kind is op.ANY:
            return ALL if self.flags & re.DOTALL else ALL - {"\n"}
        if kind is op.LITERAL:
            return self._cased({chr(value)})
        if kind is op.NOT_LITERAL:
            return ALL - self._cased({chr(value)})
        found: set[str] = set()
        for part, what in value:
            if part is op.LITERAL:
                found |= self._cased({chr(what)})
            elif part is op.RANGE:
                found |= self._cased({x for x in SAMPLE if what[0] <= ord(x) <= what[1]})
                found |= self._cased({chr(what[0])})
            elif part is op.CATEGORY:
                found |= _LETTERS_OF[what]
        return ALL - found if value and value[0][0] is op.NEGATE else frozenset(found)

    def _cased(self, letters: set[str]) -> Letters:
        if self.flags & re.IGNORECASE:
            letters = letters | {x.lower() for x in letters} | {x.upper() for x in letters}
        return frozenset(letters)


def faults(
    pattern: str | bytes, flags: int = 0, how: frozenset[str] = frozenset({"search"})
) -> list[str]:
    """What makes an expression take more time than its text has letters, in words; nothing where it
    is well. ``how``: the functions it is used with."""
    if isinstance(pattern, bytes):
        pattern, flags = pattern.decode("latin-1"), flags & ~re.UNICODE | re.ASCII
    built = Builder(_parser.parse(pattern, flags), whole="fullmatch" in how)
    anywhere = bool(how - FROM_THE_BEGINNING)
    graph = built.graph
    found = [f"two branches of a repetition both read “{x}”" for x in graph.doubled]
    wide = [(n, one) for n, one in enumerate(graph.repetitions) if one.most > WIDE]
    for number, one in wide:
        starts = anywhere and one.most > LONG and not graph.cannot_fail(one.end, built.end)
        if starts and graph.reaches(built.begin, one.begin, one.letters):
            found.append(f"a search begins anew inside {_told(one)}")
        for other in graph.repetitions:
            if number in other.inside and other.least < other.most and _returns(graph, one, other):
                found.append(f"{_told(other)} is repeated inside {_told(one)}")
        for place, other in wide:
            apart = place != number and number not in other.inside and place not in one.inside
            if apart and _share(graph, one, other) and not graph.cannot_fail(other.end, built.end):
                found.append(f"{_told(one)} and {_told(other)} read the same letters")
    return found


def _share(graph: Graph, one: Repetition, other: Repetition) -> bool:
    """Can the same letters be read by the one, or by the other that comes after it?"""
    both = one.letters & other.letters
    return (
        bool(both)
        and not one.kept
        and one.most * other.most > TOGETHER
        and graph.reaches(one.begin, one.end, both)
        and graph.reaches(other.begin, other.end, both)
        and graph.reaches(one.end, other.begin, both)
    )


def _returns(graph: Graph, outer: Repetition, inner: Repetition) -> bool:
    """Can the inner repetition be left and come to again with its own letters alone?"""
    return (
        not (outer.kept or inner.kept)
        and graph.reaches(inner.end, outer.end, inner.letters)
        and graph.reaches(outer.begin, inner.begin, inner.letters)
    )


def _told(one: Repetition) -> str:
    sample = "".join(sorted(one.letters - {"\x00"}))
    shown = sample if len(sample) < 12 else f"{sample[:3]}…{sample[-3:]}"
    return f"the repetition of {shown!r}"
