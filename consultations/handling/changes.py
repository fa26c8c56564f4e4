"""What became of the places of a draft: their words when it was sent out, and in another text.
Pure: documents and words in, words and kinds of change out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consultations.enums import ChangeKind
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece
from kommuneplan.richtext.looks import Comparable, shown
from plans.document.plan_document import PlanDocument

# By anchor, what stands there; a section is its heading and all below it.
Words = Mapping[str, Comparable]


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A place before and after. ``kind`` is a ChangeKind value; an empty side is a place that
    came or went."""

    anchor: str
    kind: str
    before: str
    after: str

    @property
    def pieces(self) -> list[ComparedPiece]:
        """Both texts word for word."""
        return comparison.compare(self.before, self.after)


def words_of(document: PlanDocument) -> dict[str, Comparable]:
    """Every place of a document that a remark can be about, and what it says."""
    return {place.anchor: place.compared for place in document.cited()}


def change(before: Words, after: Words, anchor: str) -> DraftChange | None:
    """What became of a place; None where neither text has it."""
    if anchor not in before and anchor not in after:
        return None
    old, new = shown(before.get(anchor, Comparable()), after.get(anchor, Comparable()))
    if anchor not in before:
        kind = ChangeKind.ADDED
    elif anchor not in after:
        kind = ChangeKind.DELETED
    else:
        kind = ChangeKind.UNCHANGED if old == new else ChangeKind.CHANGED
    return DraftChange(anchor, kind.value, old, new)
