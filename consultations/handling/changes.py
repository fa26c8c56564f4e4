"""What became of the places of a draft: their words when it was sent out, and in another text.
Pure: documents and words in, words and kinds of change out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.enums import ChangeKind
from kommuneplan.richtext import comparison
from kommuneplan.richtext.blocks import Block
from kommuneplan.richtext.comparison import Piece
from plans.document.plan_document import PlanDocument

Words = Mapping[str, str]  # anchor → what stands there; a section is its heading and all below it


@dataclass(frozen=True, slots=True)
class Change:
    """A place before and after. ``kind`` is a ChangeKind value; an empty side is a place that
    came or went."""

    anchor: str
    kind: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Both texts word for word."""
        return comparison.compare(self.before, self.after)


def words_of(document: PlanDocument) -> dict[str, str]:
    """Every place of a document that a remark can be about, and what it says."""
    found: dict[str, str] = {}
    for section in document.text:
        blocks = [Block(block.anchor, block.html) for block in section.blocks]
        found |= words_of_section(section.uid, section.title, blocks)
    for line in document.process_plan.milestones:
        found[line.uid] = " ".join(part for part in (line.written, line.title) if part)
    for area in document.focus:
        found[area.uid] = "\n".join(part for part in (area.title, area.goals) if part)
    return found


def words_of_section(uid: str, title: str, blocks: Iterable[Block]) -> dict[str, str]:
    """A section and its paragraphs, by anchor."""
    own = {block.anchor: comparison.lines(block.html) for block in blocks}
    return {uid: "\n".join([title, *own.values()]), **own}


def change(before: Words, after: Words, anchor: str) -> Change | None:
    """What became of a place; None where neither text has it."""
    if anchor not in before and anchor not in after:
        return None
    old, new = before.get(anchor, ""), after.get(anchor, "")
    if anchor not in before:
        kind = ChangeKind.ADDED
    elif anchor not in after:
        kind = ChangeKind.DELETED
    else:
        kind = ChangeKind.UNCHANGED if old == new else ChangeKind.CHANGED
    return Change(anchor, kind.value, old, new)
