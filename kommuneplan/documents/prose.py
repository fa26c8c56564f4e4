"""The blocks of a text as plain structure, which the writers of Word and PDF set each their way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .memo import clean

Pictures = Callable[[str], bytes | None]
"""What fetches a picture by its uid; None when it is not to be had."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same. A newline is a line break; ``link`` an absolute address.

    ``note`` holds the words of a footnote whose number stands here; then ``text`` is empty.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    low: bool = False
    high: bool = False
    link: str = ""
    note: tuple[Run, ...] = ()


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``quiet`` is small print."""

    runs: Line
    quiet: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: 1 right under the section's own, 2 below that."""

    runs: Line
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each point holds blocks, so that lists can stand in lists."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that stands by itself."""

    blocks: tuple[Block, ...]
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture known by its uid, what it shows in words, and the words under it."""

    uid: str
    alt: str
    caption: Line = ()
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that fills ``across`` columns and ``down`` rows from its place on."""

    column: int
    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in a row. ``part`` is a heading for the rows below it."""

    cells: tuple[Cell, ...]
    part: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in which every place is filled once.

    ``headers`` is how many rows on top are repeated on each page. ``widths`` are the columns'
    shares of the line, together 1. ``numeric`` are the columns of numbers, set to the right.
    """

    rows: tuple[Row, ...]
    headers: int
    widths: tuple[float, ...]
    caption: Line = ()
    numeric: tuple[int, ...] = ()
    kind: str = "table"


Block = Paragraph | Heading | Listing | Quote | Figure | Table


def words(text: str, **look: Any) -> Line:
    """Plain words as a line; lines stay lines."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    joined = "\n".join(line for line in lines if line)
    return (Run(joined, **look),) if joined else ()


def paragraphs(text: str, **facts: Any) -> tuple[Paragraph, ...]:
    """Plain text as paragraphs, one for each line that says something."""
    lines = (words(line) for line in clean(text).split("\n"))
    return tuple(Paragraph(line, **facts) for line in lines if line)


def pictures(blocks: Iterable[Block]) -> Iterator[str]:
    """The uids of the pictures in some blocks. They stand on the top level only."""
    return (block.uid for block in blocks if isinstance(block, Figure))


def widths_of(rows: Iterable[tuple[Cell, ...]], columns: int) -> tuple[float, ...]:
    """Shares for the columns: room for the longest word, and more where more is said."""
    longest, most = [3.0] * columns, [3.0] * columns
    for cells in rows:
        for cell in cells:
            if cell.across == 1:
                said = " ".join(texts_of(cell.blocks))
                most[cell.column] = max(most[cell.column], min(len(said), 240))
                word = max(map(len, said.split()), default=0)
                longest[cell.column] = max(longest[cell.column], min(word, 24))
    wanted = [max(word + 2, 3.2 * total**0.5) for word, total in zip(longest, most, strict=True)]
    return tuple(round(one / sum(wanted), 4) for one in wanted)


_NUMBER = re.compile(r"[-–−+]?\s?\d[\d.,\s]*(?:%|kr\.?|mio\.?)?")


def numeric_columns(rows: Iterable[tuple[Cell, ...]], columns: int) -> tuple[int, ...]:
    """The columns below the headings that hold numbers alone, or nothing."""
    said: list[list[str]] = [[] for _column in range(columns)]
    for cells in rows:
        for cell in cells:
            words = " ".join(texts_of(cell.blocks)).strip()
            if words and not cell.header and cell.across == 1:
                said[cell.column].append(words)
    return tuple(
        column
        for column, all_of in enumerate(said)
        if all_of and all(_NUMBER.fullmatch(words) for words in all_of)
    )


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of some blocks, for measuring."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from texts_of(item)
        elif isinstance(block, Quote):
            yield from texts_of(block.blocks)
