"""Two documents side by side, word for word: head, milestones and text. Pure; the wording of the
page is in its templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kommuneplan import wording
from kommuneplan.wording import Mark, Piece

from .dates import shown_date
from .document import Head, MilestoneLine, PlanDocument, SectionLine

HEAD = (
    "title", "body", "proposal", "still_open", "decided_by", "case_number", "document_number",
    "sender_unit", "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is not the same: where it stands, what became of it, and its words.

    ``name`` is a field of the head, or empty; ``anchor`` is unique within the comparison.
    """

    anchor: str
    title: str
    pieces: tuple[Piece, ...]
    name: str = ""

    @property
    def kind(self) -> str:
        """new, gone or changed."""
        marks = {piece.mark for piece in self.pieces if piece.text.strip()}
        if marks == {Mark.ADDED}:
            return "new"
        return "gone" if marks == {Mark.REMOVED} else "changed"

    @property
    def before(self) -> list[Piece]:
        """The words of the first document."""
        return wording.before(self.pieces)

    @property
    def after(self) -> list[Piece]:
        """The words of the second."""
        return wording.after(self.pieces)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """What is not the same in a section, and how many of its paragraphs are."""

    anchor: str
    title: str
    rows: tuple[Row, ...]
    same: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two documents."""

    head: tuple[Row, ...] = ()
    milestones: tuple[Row, ...] = ()
    sections: tuple[SectionRows, ...] = field(default=())
    structure: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.head or self.milestones or self.sections or self.structure)


def compare(before: PlanDocument, after: PlanDocument) -> Comparison:
    """The differences from one document to another, each in the order of reading."""
    return Comparison(
        head=tuple(_head(before.head, after.head)),
        milestones=tuple(_milestones(before, after)),
        sections=tuple(_sections(before.text, after.text)),
        structure=_structure(before.text, after.text),
    )


def _row(anchor: str, title: str, old: str, new: str, name: str = "") -> Iterator[Row]:
    if old != new:
        yield Row(anchor, title, tuple(wording.compare(old, new)), name)


def _head(before: Head, after: Head) -> Iterator[Row]:
    for name in HEAD:
        yield from _row(f"head-{name}", "", getattr(before, name), getattr(after, name), name)


def _told(line: MilestoneLine | None) -> str:
    """A milestone in words, a line for each thing that is said of it."""
    if line is None:
        return ""
    parts = [shown_date(line), line.title, ", ".join(line.bodies), line.description, line.place]
    return "\n".join(part for part in parts if part)


def _milestones(before: PlanDocument, after: PlanDocument) -> Iterator[Row]:
    was = {line.uid: line for line in before.process_plan.milestones}
    now = {line.uid: line for line in after.process_plan.milestones}
    for uid in _merged(list(was), list(now)):
        shown = now.get(uid) or was[uid]
        yield from _row(f"m-{uid}", shown.title, _told(was.get(uid)), _told(now.get(uid)))


def _sections(before: Iterable[SectionLine], after: Iterable[SectionLine]) -> Iterator[SectionRows]:
    was = {section.uid: section for section in before}
    now = {section.uid: section for section in after}
    for uid in _merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        shown = new or old
        assert shown is not None
        rows = list(
            _row(f"t-{uid}", shown.title, old.title if old else "", new.title if new else "")
        )
        blocks = {block.anchor: block.html for block in old.blocks} if old else {}
        others = {block.anchor: block.html for block in new.blocks} if new else {}
        for anchor in _merged(list(blocks), list(others)):
            one, two = blocks.get(anchor, ""), others.get(anchor, "")
            rows += _row(f"b-{anchor}", shown.title, wording.lines(one), wording.lines(two))
        same = sum(html == others.get(anchor) for anchor, html in blocks.items())
        if rows:
            yield SectionRows(
                f"s-{uid}", f"{shown.number} {shown.title}".strip(), tuple(rows), same
            )


def _structure(before: Iterable[SectionLine], after: Iterable[SectionLine]) -> tuple[Piece, ...]:
    """The contents of both, where sections came, went or moved; nothing where they did not."""
    old, new = list(before), list(after)
    if [(s.uid, s.depth) for s in old] == [(s.uid, s.depth) for s in new]:
        return ()
    return tuple(wording.compare(_contents(old), _contents(new)))


def _contents(sections: list[SectionLine]) -> str:
    return "\n".join(f"{section.number} {section.title}" for section in sections)


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The names of both in the order of the second; what is gone stands where it stood."""
    found, there = list(new), set(new)
    place = 0
    for name in old:
        if name in there:
            place = found.index(name) + 1
        else:
            found.insert(place, name)
            place += 1
    return found
