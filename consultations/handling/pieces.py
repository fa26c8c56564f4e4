"""A response as it is cut: its places, and which remark each of its paragraphs is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultations.models import Remark, ResponseRevision

from .splitting import Passage, ResponsePlace, overlap, places


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a response, and the remark it is in."""

    passage: Passage
    words: str
    remark: Remark | None = None

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.passage.place}:{self.passage.begins}:{self.passage.ends}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A place of a response with its paragraphs, and its remarks in the order of reading."""

    place: ResponsePlace
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class CutResponse:
    """A response as it is cut: its places, what is in no remark yet, a remark of all of it, and
    remarks of an earlier revision than the one that is looked at."""

    revision: ResponseRevision
    cuts: tuple[Cut, ...]
    whole: Remark | None
    earlier: tuple[Remark, ...]

    @property
    def left(self) -> int:
        """Paragraphs that are in no remark."""
        if self.whole:
            return 0
        return sum(one.remark is None for cut in self.cuts for one in cut.pieces)

    @property
    def given(self) -> int:
        """Parts that were given on a paragraph and are no remark yet."""
        if self.whole:
            return 0
        return sum(cut.place.is_given and not cut.remarks for cut in self.cuts)

    @property
    def is_cut(self) -> bool:
        """There is a remark of it."""
        return bool(self.whole) or any(cut.remarks for cut in self.cuts)


def cut_of(revision: ResponseRevision, remarks: Iterable[Remark]) -> CutResponse:
    """A revision with the standing remarks of its response."""
    rows = list(remarks)
    own = [row for row in rows if row.revision_id == revision.pk]
    return CutResponse(
        revision,
        tuple(_cut(place, own) for place in places(revision.content)),
        next((row for row in own if row.begins is None), None),
        tuple(row for row in rows if row.revision_id != revision.pk),
    )


def _cut(place: ResponsePlace, remarks: Sequence[Remark]) -> Cut:
    here = [row for row in remarks if row.place == place.path and row.begins is not None]
    here.sort(key=lambda row: row.begins or 0)
    pieces = tuple(
        Piece(one, place.said(one), next((row for row in here if _in(row, one)), None))
        for one in place.paragraphs
    )
    return Cut(place, pieces, tuple(here))


def _in(remark: Remark, passage: Passage) -> bool:
    return overlap(Passage(remark.place, remark.begins or 0, remark.ends or 0), passage)
