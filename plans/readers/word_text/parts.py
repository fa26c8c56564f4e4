"""The values of a text that came in from Word; plain, and the same again after JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

TEXT, HEADING, ITEM, QUOTE, CAPTION, TITLE, CONTENTS = (
    "text", "heading", "item", "quote", "caption", "title", "contents",
)  # fmt: skip
INNER = "inner"  # the series of a heading that stands inside a section, in a paper of our own


@dataclass(slots=True)
class WordRun:
    """Some words of one look, a picture, a footnote or the place of a comment.

    ``look`` holds the letters b i u s ^ _. ``change`` is the tracked change it belongs to and
    ``mark`` what the change does to it: "ins" or "del".
    """

    text: str = ""
    look: str = ""
    href: str = ""
    change: str = ""
    mark: str = ""
    note: str = ""
    image: str = ""
    comment: str = ""


@dataclass(slots=True)
class WordParagraph:
    """A paragraph. ``level`` counts from 1 for headings and from 0 for items; ``series`` names
    the list an item belongs to, and ``start`` the number it has where its list was begun elsewhere;
    ``number`` is what was typed before a heading; ``offered``: short
    and all bold, so it may be meant as a heading. ``mark`` tells that the break after it was put
    in or taken out by ``change``."""

    id: str
    runs: list[WordRun] = field(default_factory=list)
    shape: str = TEXT
    level: int = 0
    ordered: bool = False
    series: str = ""
    start: int = 0
    number: str = ""
    offered: bool = False
    mark: str = ""
    change: str = ""
    boxed: bool = False

    @property
    def words(self) -> str:
        """What is read in it, both what was put in and what was taken out by tracked changes."""
        return " ".join("".join(run.text for run in self.runs).split())


@dataclass(slots=True)
class WordCell:
    """A cell: its paragraphs, how many columns and rows it covers."""

    paragraphs: list[WordParagraph] = field(default_factory=list)
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class WordRow:
    """A row of a table; ``head`` when it is repeated as heading. The whole row may be a change."""

    cells: list[WordCell] = field(default_factory=list)
    head: bool = False
    mark: str = ""
    change: str = ""


@dataclass(slots=True)
class WordTable:
    """A table."""

    id: str
    rows: list[WordRow] = field(default_factory=list)


@dataclass(slots=True)
class TrackedChange:
    """Something Word has tracked: put in, taken out, replaced, moved, or a break put in or out."""

    id: str
    author: str = ""
    at: str = ""
    moved: bool = False


@dataclass(slots=True)
class WordComment:
    """A comment in the margin of the document; ``answers`` is the comment it answers."""

    id: str
    author: str = ""
    at: str = ""
    text: str = ""
    answers: str = ""
    done: bool = False


@dataclass(slots=True)
class WordImage:
    """A picture: the part of the file that holds it, its name and its alternative text."""

    id: str
    part: str
    name: str = ""
    alt: str = ""


@dataclass(slots=True)
class WordLoss:
    """Something that does not come along as it stood: a code, its words, how many of it."""

    code: str
    text: str = ""
    count: int = 1


@dataclass(slots=True)
class WordText:
    """A document: its blocks in order, and everything beside them."""

    blocks: list[WordParagraph | WordTable] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    comments: list[WordComment] = field(default_factory=list)
    images: list[WordImage] = field(default_factory=list)
    left: list[WordLoss] = field(default_factory=list)

    @property
    def paragraphs(self) -> Iterator[WordParagraph]:
        """All paragraphs, those of tables too."""
        for block in self.blocks:
            yield from paragraphs_of(block)

    def to_json(self) -> dict[str, Any]:
        """Plain data; what is as usual is left out."""
        return {
            name.name: [_pack(one) for one in getattr(self, name.name)] for name in fields(self)
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WordText:
        """The same text from plain data."""
        return cls(
            [_block(one) for one in data.get("blocks", ())],
            [TrackedChange(**one) for one in data.get("changes", ())],
            [WordComment(**one) for one in data.get("comments", ())],
            [WordImage(**one) for one in data.get("images", ())],
            [WordLoss(**one) for one in data.get("left", ())],
        )


def paragraphs_of(block: WordParagraph | WordTable) -> Iterator[WordParagraph]:
    """The paragraph itself, or those of a table's cells."""
    if isinstance(block, WordParagraph):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def _pack(value: Any) -> dict[str, Any]:
    packed = {}
    for name in fields(value):
        one = getattr(value, name.name)
        if isinstance(one, list):
            if one:
                packed[name.name] = [_pack(part) for part in one]
        elif one != name.default:
            packed[name.name] = one
    return packed


def _block(data: Mapping[str, Any]) -> WordParagraph | WordTable:
    if "rows" not in data:
        return _paragraph(data)
    rows = []
    for row in data["rows"]:
        cells = [
            WordCell(
                [_paragraph(one) for one in cell.get("paragraphs", ())],
                cell.get("across", 1),
                cell.get("down", 1),
            )
            for cell in row.get("cells", ())
        ]
        rows.append(
            WordRow(cells, row.get("head", False), row.get("mark", ""), row.get("change", ""))
        )
    return WordTable(data["id"], rows)


def _paragraph(data: Mapping[str, Any]) -> WordParagraph:
    runs = [WordRun(**run) for run in data.get("runs", ())]
    return WordParagraph(**{**data, "runs": runs})
