"""A paper for the agenda as one plain value: its page, Word and PDF are made of it, and it is what
is frozen when the paper is handed in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kommuneplan.documents.prose import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Row,
    Table,
    paragraphs,
    widths_of,
    words,
)
from kommuneplan.documents.whole import Whole, chapter

_POINT = re.compile(r"(?:[-•*]|(\d{1,3})[.)])[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class PaperTable:
    """What is made from the data under a section: a table with its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as it is read; ``table`` stands below its words, ``points`` are a list, which
    ``is_numbered`` or not."""

    uid: str
    part: str
    heading: str
    text: str = ""
    table: PaperTable | None = None
    points: tuple[str, ...] = ()
    is_numbered: bool = False

    @property
    def is_empty(self) -> bool:
        """Is there nothing to read?"""
        return not (self.text.strip() or self.points or (self.table and self.table.rows))

    @property
    def blocks(self) -> list[Block]:
        """It as blocks: the words, what is listed, the table."""
        found = list(blocks_of(self.text))
        if self.points:
            found.append(_listing(self.points, self.is_numbered))
        if self.table and self.table.rows:
            found.append(_table(self.table))
        return found


@dataclass(frozen=True, slots=True)
class PaperValue:
    """The whole paper. ``facts``: (placeholder of the Word template, label, value) of its head;
    what is missing has the value ""."""

    title: str
    sort: str
    facts: tuple[tuple[str, str, str], ...] = ()
    sections: tuple[ShownSection, ...] = ()
    is_closed: bool = False

    @property
    def shown(self) -> list[ShownSection]:
        """The sections in which there is something to read."""
        return [one for one in self.sections if not one.is_empty]

    @property
    def missing(self) -> list[str]:
        """The lines of the head that say nothing."""
        return [label for _name, label, value in self.facts if not value]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PaperValue:
        """The same from plain data."""
        return cls(
            title=data["title"],
            sort=data["sort"],
            facts=tuple(tuple(fact) for fact in data["facts"]),  # type: ignore[misc]
            sections=tuple(_section(one) for one in data["sections"]),
            is_closed=data["is_closed"],
        )


def _section(data: dict[str, Any]) -> ShownSection:
    table = data["table"] and PaperTable(
        tuple(data["table"]["head"]), tuple(tuple(row) for row in data["table"]["rows"])
    )
    return ShownSection(**{**data, "table": table, "points": tuple(data["points"])})


def blocks_of(text: str) -> Iterator[Block]:
    """Plain words as blocks: lines that begin with a dash or with a number are a list."""
    points: list[str] = []
    ordered = False
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _POINT.match(line.strip())
        if points and (not found or bool(found[1]) != ordered):
            yield _listing(points, ordered)
            points = []
        if found:
            ordered = bool(found[1])
            points.append(line.strip()[found.end() :])
        elif line.strip():
            yield Paragraph(words(line))
    if points:
        yield _listing(points, ordered)


def _listing(points: Iterable[str], ordered: bool) -> Listing:
    return Listing(tuple(paragraphs(one) for one in points), ordered)


def _table(table: PaperTable) -> Table:
    head = tuple(
        Cell(place, paragraphs(said), header=True) for place, said in enumerate(table.head)
    )
    rows = [
        tuple(Cell(place, paragraphs(said or "–")) for place, said in enumerate(row))
        for row in table.rows
    ]
    shares = widths_of([head, *rows], len(table.head))
    return Table(tuple(Row(cells) for cells in (head, *rows)), 1, shares)


def whole_of(
    value: PaperValue,
    *,
    municipality: str,
    address: str,
    mark: str,
    notice: str,
    labels: dict[str, str],
    created: int,
) -> Whole:
    """The paper as the writers of Word and PDF take it."""
    return Whole(
        municipality=municipality,
        title=value.title,
        document_title=value.title,
        sort=value.sort,
        mark=mark,
        notice=notice,
        address=address,
        facts=tuple(fact for fact in value.facts if fact[2]),
        chapters=tuple(chapter(one.heading, 1, one.blocks) for one in value.shown),
        labels=labels,
        created=created,
    )
