"""Two documents side by side, word for word: the head, and each part as it compares itself.
Pure; the page is in its templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.plain_text import reads_as
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece, PieceMark
from kommuneplan.richtext.figures import image_uids

from .parts import DocumentPart
from .plan_document import PlanDocument, PlanSummary

HEAD = {
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Responsible body"),
    "proposal": gettext_lazy("What is proposed?"),
    "still_open": gettext_lazy("What can still be changed?"),
    "decided_by": gettext_lazy("Who decides, and when?"),
    "case_number": gettext_lazy("Case number"),
    "document_number": gettext_lazy("Document number"),
    "sender_unit": gettext_lazy("Sender unit"),
    "recipients": gettext_lazy("Recipients"),
    "annex_number": gettext_lazy("Annex number"),
    "case_worker": gettext_lazy("Case worker"),
    "period": gettext_lazy("Period"),
}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing that is not the same: where it stands, what became of it, and its words.

    ``name`` is a field of the thing, or empty, and ``label`` its word; ``anchor`` is unique within
    the comparison.
    """

    anchor: str
    title: str
    pieces: tuple[ComparedPiece, ...]
    name: str = ""
    label: Any = ""

    @property
    def kind(self) -> str:
        """new, gone or changed."""
        marks = {piece.mark for piece in self.pieces if piece.text.strip()}
        if marks == {PieceMark.ADDED}:
            return "new"
        return "gone" if marks == {PieceMark.REMOVED} else "changed"

    @property
    def before(self) -> list[ComparedPiece]:
        """The words of the first document."""
        return comparison.before(self.pieces)

    @property
    def after(self) -> list[ComparedPiece]:
        """The words of the second."""
        return comparison.after(self.pieces)


@dataclass(frozen=True, slots=True)
class Compared:
    """A thing of a document that is not the same: a field of the head, a milestone, a section.

    ``word`` tells in a list what became of it; ``kind``: new, gone or changed. ``pieces``: where
    it is one text and not set side by side. ``same``: how many of its paragraphs are the same.
    """

    anchor: str
    title: Any
    word: str
    rows: tuple[ComparisonRow, ...] = ()
    kind: str = "changed"
    pieces: tuple[ComparedPiece, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two documents: in the head, and in each part by its key, in
    the order of a page."""

    head: tuple[Compared, ...] = ()
    parts: Mapping[str, tuple[Compared, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.things)

    @property
    def things(self) -> list[Compared]:
        """All that differs, in the order of reading."""
        return [*self.head, *(one for things in self.parts.values() for one in things)]


def compare(before: PlanDocument, after: PlanDocument) -> Comparison:
    """The differences from one document to another, each in the order of reading."""
    return Comparison(
        head=tuple(_head(before.head, after.head)),
        parts={
            part.key: tuple(_part(part, before.value(part), value))
            for part, value in after.each("on_page")
        },
    )


def _part(part: DocumentPart, before: Any, after: Any) -> Iterator[Compared]:
    """As the part compares itself; without ``compare`` block by block."""
    return part.compare(before, after) if part.compare else _blocks(part, before, after)


def _blocks(part: DocumentPart, before: Any, after: Any) -> Iterator[Compared]:
    was = {block.anchor: block for block in part.words(before)}
    now = {block.anchor: block for block in part.words(after)}
    for anchor in merged(list(was), list(now)):
        old, new = (side[anchor].written if anchor in side else "" for side in (was, now))
        title = (now.get(anchor) or was[anchor]).title
        row = row_of(f"{part.key}-{anchor}", title, old, new)
        if row:
            yield Compared(row.anchor, title, change_word(row.kind), (row,), row.kind)


def row_of(
    anchor: str, title: str, old: str, new: str, name: str = "", label: Any = ""
) -> ComparisonRow | None:
    """The row of two texts; None where they read the same."""
    if reads_as(old, new):
        return None
    return ComparisonRow(anchor, title, tuple(comparison.compare(old, new)), name, label)


def change_word(kind: str) -> str:
    """What became of a thing."""
    return {"new": _("New"), "gone": _("Removed"), "changed": _("Changed")}[kind]


def _head(before: PlanSummary, after: PlanSummary) -> Iterator[Compared]:
    for name, label in HEAD.items():
        old, new = (_in_one_line(getattr(head, name)) for head in (before, after))
        row = row_of(f"head-{name}", "", old, new, name)
        if row:
            yield Compared(row.anchor, label, change_word(row.kind), (row,), row.kind)


def _in_one_line(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value


def block_rows(
    title: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[ComparisonRow]:
    """What differs between the blocks of two texts, each known by its anchor: anchor → HTML."""
    for anchor in merged(list(before), list(after)):
        one, two = before.get(anchor, ""), after.get(anchor, "")
        old, new = comparison.both(one, two)
        if image_uids(one) and image_uids(two) and image_uids(one) != image_uids(two):
            new += f"\n{comparison.other_image()}"
        row = row_of(f"b-{anchor}", title, old, new)
        if row:
            yield row


def merged(old: list[str], new: list[str]) -> list[str]:
    """The names of both in the order of the second; what is gone stands where it stood."""
    names, there = list(new), set(new)
    place = 0
    for name in old:
        if name in there:
            place = names.index(name) + 1
        else:
            names.insert(place, name)
            place += 1
    return names
