"""The tracked changes of a document as they are shown and decided on: by paragraph, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kommuneplan.richtext.comparison import ComparedPiece, PieceMark
from plans.readers.word_text.parts import TrackedChange, WordParagraph, WordRow, WordTable, WordText

_MARKS = {"": PieceMark.SAME, "ins": PieceMark.ADDED, "del": PieceMark.REMOVED}
BREAK = " ¶ "


@dataclass(slots=True)
class ShownChange:
    """A change: what it puts in and takes out, and what was decided."""

    change: TrackedChange
    decision: str
    added: str = ""
    removed: str = ""
    breaks: bool = False
    row: bool = False

    @property
    def id(self) -> str:
        """Its name in forms."""
        return self.change.id

    @property
    def kind(self) -> str:
        """moved, row, replaced, added, removed, or break: only where a paragraph ends."""
        if self.change.moved:
            return "moved"
        if self.row:
            return "row"
        if self.added.strip() and self.removed.strip():
            return "replaced"
        if self.added.strip():
            return "added"
        return "removed" if self.removed.strip() else "break"


@dataclass(slots=True)
class ChangedParagraph:
    """A paragraph with tracked changes; each change is listed where it begins."""

    id: str
    pieces: list[ComparedPiece] = field(default_factory=list)
    changes: list[ShownChange] = field(default_factory=list)


def changed_paragraphs(text: WordText, decisions: Mapping[str, str]) -> list[ChangedParagraph]:
    """The paragraphs and table rows that have changes, in order."""
    shown = {one.id: ShownChange(one, decisions.get(one.id, "")) for one in text.changes}
    listed: set[str] = set()
    found = []
    for name, pieces, changes in _places(text):
        for change, mark, words in changes:
            one = shown.get(change)
            if one is None:
                continue
            one.added += words if mark == "ins" else ""
            one.removed += words if mark == "del" else ""
            one.breaks |= words == BREAK
        used = dict.fromkeys(change for change, _mark, _words in changes if change in shown)
        if used:
            new = [shown[change] for change in used if change not in listed]
            listed |= used.keys()
            found.append(ChangedParagraph(name, pieces, new))
    for block in text.blocks:
        for row in block.rows if isinstance(block, WordTable) else ():
            if row.change in shown:
                shown[row.change].row = True
    return found


Place = tuple[
    str, list[ComparedPiece], list[tuple[str, str, str]]
]  # id, words, (change, mark, words)


def _places(text: WordText) -> Iterator[Place]:
    for block in text.blocks:
        if isinstance(block, WordParagraph):
            yield _paragraph(block)
            continue
        for number, row in enumerate(block.rows, start=1):
            if row.change:
                yield _row(f"{block.id}r{number}", row)
            else:
                for cell in row.cells:
                    yield from map(_paragraph, cell.paragraphs)


def _paragraph(paragraph: WordParagraph) -> Place:
    pieces, changes = [], []
    for run in paragraph.runs:
        words = run.text or (f"[{run.note}]" if run.note else "")
        if run.image:
            words = "▣"
        if words:
            pieces.append(ComparedPiece(words, _MARKS[run.mark]))
        if run.change:
            changes.append((run.change, run.mark, words))
    if paragraph.change:
        pieces.append(ComparedPiece(BREAK, _MARKS[paragraph.mark]))
        changes.append((paragraph.change, paragraph.mark, BREAK))
    return paragraph.id, pieces, changes


def _row(name: str, row: WordRow) -> Place:
    words = " | ".join(
        " ".join(paragraph.words for paragraph in cell.paragraphs) for cell in row.cells
    )
    return name, [ComparedPiece(words, _MARKS[row.mark])], [(row.change, row.mark, words)]
