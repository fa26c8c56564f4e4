"""Which tracked marks are one change, to be decided on as one.

What one person put in or took out at one place belongs together: words beside each other, the
two ends of a move, and a paragraph's break with the words that came or went with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .inline import PARTS
from .parts import TrackedChange, WordParagraph, WordRow, WordTable, WordText, paragraphs_of


@dataclass(slots=True)
class _Grouping:
    changes: list[TrackedChange] = field(default_factory=list)
    moves: dict[str, str] = field(default_factory=dict)

    def name(self, raw: str, beside: str = "") -> str:
        """The id of the change a raw mark belongs to; ``beside`` is one it may continue."""
        _kind, author, at, move = raw.split(PARTS)
        if move:
            if move not in self.moves:
                self.moves[move] = self._new(author, at, moved=True)
            return self.moves[move]
        if beside:
            return beside
        return self._new(author, at)

    def _new(self, author: str, at: str, moved: bool = False) -> str:
        change = TrackedChange(f"c{len(self.changes) + 1}", author, at, moved)
        self.changes.append(change)
        return change.id


def group(text: WordText) -> None:
    """Give every run, break and row the id of its change, and list the changes."""
    grouping = _Grouping()
    for block in text.blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                if row.change:
                    _row(row, grouping)
                for cell in row.cells:
                    _stretch(cell.paragraphs, grouping)
    stretch: list[WordParagraph] = []
    for block in [*text.blocks, WordTable("")]:
        if isinstance(block, WordParagraph):
            stretch.append(block)
        else:
            _stretch(stretch, grouping)
            stretch = []
    used = {run.change for one in text.paragraphs for run in one.runs}
    used |= {one.change for one in text.paragraphs}
    used |= {row.change for one in text.blocks if isinstance(one, WordTable) for row in one.rows}
    text.changes = _in_reading_order(text, [one for one in grouping.changes if one.id in used])


def _row(row: WordRow, grouping: _Grouping) -> None:
    """A row that came or went as a whole is one change, with all the words in its cells."""
    name = grouping.name(row.change)
    kind = row.mark
    row.change = name
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                if run.mark == kind:
                    run.change = run.mark = ""
            if paragraph.mark == kind:
                paragraph.change = paragraph.mark = ""


def _stretch(paragraphs: list[WordParagraph], grouping: _Grouping) -> None:
    """Paragraphs that follow each other with nothing between."""
    forward = ("", "")  # the raw mark of the break before, and the id of its change
    for paragraph in paragraphs:
        raw, name = forward
        given = bool(raw)
        marks = [run for run in paragraph.runs if not run.comment]
        whole = bool(marks) and all(run.change for run in marks)
        for run in paragraph.runs:
            if run.comment:
                continue
            if run.change:
                beside = name if name and _one_hand(raw, run.change) else ""
                raw, name = run.change, grouping.name(run.change, beside)
                run.change = name
            else:
                raw = name = ""
        forward = ("", "")
        if paragraph.change:
            own = paragraph.change
            alone = whole and not given and name and _same(raw, own)
            paragraph.change = grouping.name(own, name if alone else "")
            if not alone:
                forward = (own, paragraph.change)


def _one_hand(raw: str, other: str) -> bool:
    """By the same person, neither of them a move: words taken out and put in again, a swap."""
    return _author(raw) == _author(other) and not _move(raw) and not _move(other)


def _same(raw: str, other: str) -> bool:
    return _one_hand(raw, other) and raw.split(PARTS)[0] == other.split(PARTS)[0]


def _author(raw: str) -> str:
    return raw.split(PARTS)[1]


def _move(raw: str) -> str:
    return raw.split(PARTS)[3]


def _in_reading_order(text: WordText, changes: list[TrackedChange]) -> list[TrackedChange]:
    places: dict[str, int] = {}
    for block in text.blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                places.setdefault(row.change, len(places))
                for cell in row.cells:
                    _places([*cell.paragraphs], places)
        else:
            _places(list(paragraphs_of(block)), places)
    return sorted(changes, key=lambda one: places.get(one.id, len(places)))


def _places(paragraphs: list[WordParagraph], places: dict[str, int]) -> None:
    for paragraph in paragraphs:
        for run in paragraph.runs:
            places.setdefault(run.change, len(places))
        places.setdefault(paragraph.change, len(places))
