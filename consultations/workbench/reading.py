"""A response as it is read on the workbench: paragraph by paragraph, with what was found in it,
what is taken out and what is a remark already. Pure; no letter is added or lost, so that a place
marked on the screen is a place in the words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consultations.handling.pieces import Cut, CutResponse
from consultations.models import Remark
from consultations.review.response_review import Original
from consultations.review.segments import Segment


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters that look alike: ``look`` as a segment has it; ``remark`` the number of the remark
    they are in, or 0."""

    words: str
    look: str = ""
    remark: int = 0


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a part: its letters from ``begins`` on, and the remarks that share some."""

    begins: int
    value: str
    stretches: tuple[Letters, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A place of a response with its paragraphs; ``asked``, ``quote`` and ``anchor`` as it has."""

    place: str
    paragraphs: tuple[ReadParagraph, ...]
    asked: str = ""
    quote: str = ""
    anchor: str = ""

    @property
    def is_said(self) -> bool:
        """Is it what the sender says, and not who they are?"""
        return not self.place.startswith("sender.")


def parts_of(originals: Iterable[Original], cut: CutResponse) -> list[ReadPart]:
    """The places of a response as received, cut into paragraphs."""
    cuts = {one.place.path: one for one in cut.cuts}
    return [_part(one, cuts.get(one.place)) for one in originals]


def _part(original: Original, cut: Cut | None) -> ReadPart:
    edges = list(_edges(original.segments))
    if cut is None:  # the sender's own fields: nothing to answer
        words = tuple(Letters(one.words, one.look) for one in original.segments)
        return ReadPart(original.place, (ReadParagraph(0, "", words),))
    paragraphs = []
    for piece in cut.pieces:
        begins, ends = piece.passage.begins, piece.passage.ends
        here = tuple(row for row in cut.remarks if _begins(row) < ends and begins < _ends(row))
        found = _stretches(edges, here, begins, ends)
        value = "" if here else piece.value
        paragraphs.append(ReadParagraph(begins, value, tuple(found), here))
    return ReadPart(
        original.place, tuple(paragraphs), original.asked, original.quote, original.anchor
    )


def _edges(segments: Iterable[Segment]) -> Iterator[tuple[int, int, Segment]]:
    at = 0
    for one in segments:
        yield at, at + len(one.words), one
        at += len(one.words)


def _stretches(
    edges: Sequence[tuple[int, int, Segment]], remarks: Sequence[Remark], begins: int, ends: int
) -> Iterator[Letters]:
    spans = [(_begins(row), _ends(row), row.number) for row in remarks]
    marks = {at for span in spans for at in span[:2]}
    cuts = {begins, ends, *marks, *(at for edge in edges for at in edge[:2])}
    inside = sorted(at for at in cuts if begins <= at <= ends)
    for first, last in itertools.pairwise(inside):
        for start, stop, segment in edges:
            if start <= first and last <= stop:
                number = next((n for b, e, n in spans if b <= first and last <= e), 0)
                yield Letters(segment.words[first - start : last - start], segment.look, number)


def _begins(remark: Remark) -> int:
    return remark.begins or 0


def _ends(remark: Remark) -> int:
    return remark.ends or 0
