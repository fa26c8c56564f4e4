"""Two documents side by side, word for word: head, milestones, focus areas and text. Pure; the
wording of the page is in its templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import Mark, Piece
from kommuneplan.richtext.figures import image_uids
from kommuneplan.timespan.phrase import day_words
from plans.enums import FocusDecision, MilestoneState

from .date_words import shown_date
from .plan_document import FocusLine, FocusMilestone, Head, MilestoneLine, PlanDocument, SectionLine

HEAD = (
    "title", "body", "proposal", "still_open", "decided_by", "case_number", "document_number",
    "sender_unit", "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is not the same: where it stands, what became of it, and its words.

    ``name`` is a field of the head or of a focus area, or empty; ``anchor`` is unique within the
    comparison.
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
        return comparison.before(self.pieces)

    @property
    def after(self) -> list[Piece]:
        """The words of the second."""
        return comparison.after(self.pieces)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """What is not the same in a section, and how many of its paragraphs are."""

    anchor: str
    title: str
    rows: tuple[Row, ...]
    same: int = 0


@dataclass(frozen=True, slots=True)
class AreaRows:
    """What is not the same of a focus area, field by field; ``kind``: new, gone or changed."""

    anchor: str
    title: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two documents. ``status``: the yearly status in words."""

    head: tuple[Row, ...] = ()
    milestones: tuple[Row, ...] = ()
    status: tuple[Row, ...] = ()
    areas: tuple[AreaRows, ...] = ()
    sections: tuple[SectionRows, ...] = field(default=())
    structure: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        parts = (self.head, self.milestones, self.status, self.areas, self.sections, self.structure)
        return any(parts)


def compare(before: PlanDocument, after: PlanDocument) -> Comparison:
    """The differences from one document to another, each in the order of reading."""
    return Comparison(
        head=tuple(_head(before.head, after.head)),
        milestones=tuple(_milestones(before, after)),
        status=tuple(_row("status", "", _year(before), _year(after), "summary")),
        areas=tuple(_areas(before.focus, after.focus)),
        sections=tuple(_sections(before.text, after.text)),
        structure=_structure(before.text, after.text),
    )


def _row(anchor: str, title: str, old: str, new: str, name: str = "") -> Iterator[Row]:
    if old != new:
        yield Row(anchor, title, tuple(comparison.compare(old, new)), name)


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


def _year(document: PlanDocument) -> str:
    """The yearly status as a whole."""
    status = document.status
    return f"{status.year}\n{status.summary}".strip() if status else ""


AREA = (
    "title",
    "theme",
    "period",
    "goals",
    "words",
    "milestones",
    "decision",
    "reason",
    "ended_on",
)


def _areas(before: Iterable[FocusLine], after: Iterable[FocusLine]) -> Iterator[AreaRows]:
    was, now = {area.uid: area for area in before}, {area.uid: area for area in after}
    for uid in _merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        shown = new or old
        assert shown is not None
        rows = tuple(
            row
            for name in AREA
            for row in _row(
                f"f-{uid}-{name}", shown.title, _said(old, name), _said(new, name), name
            )
        )
        kind = "new" if old is None else "gone" if new is None else "changed"
        if rows:
            yield AreaRows(f"f-{uid}", shown.title, kind, rows)


def _said(area: FocusLine | None, name: str) -> str:
    """A field of a focus area in words."""
    if area is None:
        return ""
    if name == "decision":
        return str(FocusDecision(area.decision).label) if area.decision else ""
    if name == "ended_on":
        return day_words(area.ended_on) if area.ended_on else ""
    if name == "milestones":
        return "\n".join(map(_became, area.milestones))
    return str(getattr(area, name))


def _became(row: FocusMilestone) -> str:
    """A milestone of the area, and what became of it."""
    day = f" {day_words(row.done_on)}" if row.done_on else ""
    when = f"{row.written}: " if row.written else ""
    return f"{when}{row.title} ({MilestoneState(row.state).label}{day})"


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
        rows += block_rows(shown.title, blocks, others)
        same = sum(html == others.get(anchor) for anchor, html in blocks.items())
        if rows:
            yield SectionRows(
                f"s-{uid}", f"{shown.number} {shown.title}".strip(), tuple(rows), same
            )


def block_rows(title: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Row]:
    """What differs between the blocks of two texts, each known by its anchor: anchor → HTML."""
    for anchor in _merged(list(before), list(after)):
        one, two = before.get(anchor, ""), after.get(anchor, "")
        old, new = comparison.lines(one), comparison.lines(two)
        if image_uids(one) and image_uids(two) and image_uids(one) != image_uids(two):
            new += f"\n{comparison.other_image()}"
        yield from _row(f"b-{anchor}", title, old, new)


def _structure(before: Iterable[SectionLine], after: Iterable[SectionLine]) -> tuple[Piece, ...]:
    """The contents of both, where sections came, went or moved; nothing where they did not."""
    old, new = list(before), list(after)
    if [(s.uid, s.depth) for s in old] == [(s.uid, s.depth) for s in new]:
        return ()
    return tuple(comparison.compare(_contents(old), _contents(new)))


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
