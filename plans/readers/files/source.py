"""What came in: the rows of a document, before anybody has understood them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kommuneplan.plain_text import entered

from .messages import gettext as _
from .messages import gettext_noop

LONGEST_LINE = 4_000
LONGEST_CELL = 20_000
TOO_MANY_ROWS = gettext_noop(
    "The document has more than %(limit)s table rows. "
    "Save only the process plan in its own document and try again."
)
TOO_MANY_LINES = gettext_noop(
    "The document has more than %(limit)s lines. "
    "Save only the process plan in its own document and try again."
)
TOO_LONG_CELL = gettext_noop(
    "A cell of a table holds more than %(limit)s characters. Save only the process plan in its own "
    "document and try again."
)
TOO_MUCH_TEXT = gettext_noop(
    "The document holds more than %(limit)s characters of text. "
    "Save only the process plan in its own document and try again."
)
MOST_COLUMNS = 40
MOST_CHARACTERS = 500_000
LINE, BULLET, HEADING, ROW, GAP = "line", "bullet", "heading", "row", "gap"


class RefusedFile(Exception):
    """A file we will not read. The message says what is wrong, where, and what to do.

    ``source`` and ``params`` are the untranslated parts, so that a subprocess can refuse
    and its parent say it in the user's language.
    """

    def __init__(self, source: str, **params: Any) -> None:
        super().__init__(source)
        self.source = source
        self.params = params

    def __str__(self) -> str:
        text = _(self.source)
        return text % self.params if self.params else text


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell; paragraphs are separated by newlines, empty ones kept between others.

    ``span``: how many columns it covers. ``merged_down``: the text stands in a cell merged
    with the one above, and is repeated here. ``fill``: its colour, where it has one.
    """

    text: str
    span: int = 1
    merged_down: bool = False
    fill: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of text or a row of a table, as it came in."""

    id: str
    shape: str
    cells: tuple[SourceCell, ...]
    table: int = 0
    number: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        """The row on one line, for display."""
        texts = (" ".join(cell.text.split()) for cell in self.cells)
        return " | ".join(text for text in texts if text)

    @property
    def place(self) -> str:
        if self.shape == ROW:
            return _("Table %(table)s, row %(row)s") % {"table": self.table, "row": self.number}
        return _("Line %(line)s") % {"line": self.number}

    def column(self, index: int) -> SourceCell | None:
        """The cell that covers the grid column, or none."""
        at = 0
        for cell in self.cells:
            if at <= index < at + cell.span:
                return cell
            at += cell.span
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as rows, in reading order; ``seconds``: processor time it took to open.

    ``unread``: messages (untranslated) about parts that were not read.
    """

    name: str
    format: str
    rows: tuple[SourceRow, ...]
    repaired: bool = field(default=False)
    unread: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


class RowCollector:
    """Numbers lines and table rows as a reader hands them in, and counts them."""

    def __init__(self, max_rows: int = 2_000, max_lines: int = 3_000) -> None:
        self.rows: list[SourceRow] = []
        self.tables = 0
        self.unread: list[str] = []
        self._in_table = 0
        self._table_rows = 0
        self._characters = 0
        self._max_rows, self._max_lines = max_rows, max_lines

    def line(self, text: str, shape: str = LINE, level: int = 0) -> None:
        """A line of running text; an empty one is a gap (kept once)."""
        text = " ".join(entered(text).split())
        if not text:
            if self.rows and self.rows[-1].shape != GAP:
                self._append(GAP, (), 0, 0, 0)
            return
        for piece in _folded(text):
            self._append(shape, (SourceCell(piece),), 0, len(self.rows) + 1, level)

    def table(self) -> None:
        """A table begins here."""
        self.tables += 1
        self._in_table = 0

    def row(self, cells: Iterable[SourceCell]) -> None:
        cells = tuple(_entered(cell) for cell in cells)[:MOST_COLUMNS]
        if any(len(cell.text) > LONGEST_CELL for cell in cells):
            raise RefusedFile(TOO_LONG_CELL, limit=LONGEST_CELL)
        self._table_rows += 1
        if self._table_rows > self._max_rows:
            raise RefusedFile(
                TOO_MANY_ROWS,
                limit=self._max_rows,
            )
        if any(cell.text.strip() for cell in cells):
            self._in_table += 1
            self._append(ROW, cells, self.tables, self._in_table, 0)

    def _append(
        self, shape: str, cells: tuple[SourceCell, ...], table: int, number: int, level: int
    ) -> None:
        if len(self.rows) >= self._max_lines:
            raise RefusedFile(
                TOO_MANY_LINES,
                limit=self._max_lines,
            )
        self._characters += sum(len(cell.text) for cell in cells)
        if self._characters > MOST_CHARACTERS:
            raise RefusedFile(TOO_MUCH_TEXT, limit=MOST_CHARACTERS)
        row_id = f"r{len(self.rows) + 1}"
        self.rows.append(SourceRow(row_id, shape, cells, table, number, level))


def _entered(cell: SourceCell) -> SourceCell:
    text = entered(cell.text)
    return cell if text == cell.text else dataclasses.replace(cell, text=text)


def _folded(text: str) -> Iterator[str]:
    """A line longer than any line of a plan in pieces, cut after a sentence or between words."""
    while len(text) > LONGEST_LINE:
        head = text[:LONGEST_LINE]
        cut = max(head.rfind(sign) + 1 for sign in (". ", "; "))
        cut = cut if cut > LONGEST_LINE // 2 else head.rfind(" ") + 1 or LONGEST_LINE
        yield text[:cut].strip()
        text = text[cut:].strip()
    if text:
        yield text


def row_to_json(row: SourceRow) -> dict[str, Any]:
    return dataclasses.asdict(row)


def row_from_json(data: Mapping[str, Any]) -> SourceRow:
    cells: Sequence[Mapping[str, Any]] = data["cells"]
    return SourceRow(**{**data, "cells": tuple(SourceCell(**cell) for cell in cells)})
