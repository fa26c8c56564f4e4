"""Plain rows as a spreadsheet. Every cell is text: nothing in it is ever a formula or a link."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter

from .memo import clean

CELL = 32_000  # letters; Excel takes 32,767
ROWS = 1_000_000  # Excel takes 1,048,576
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, lines above the table, the heads of the columns, and the rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    above: Sequence[str] = ()
    widths: Sequence[int] = field(default=())


def render_sheets(sheets: Iterable[Sheet]) -> bytes:
    """The workbook. Rows are written as they come and never held together.

    A text too long for a cell goes on in the row below; rows too many for a sheet on a sheet more.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    plain = book.add_format({"num_format": "@"})
    taken: set[str] = set()
    for sheet in sheets:
        page = _Page(book, sheet, bold, text, plain, taken)
        for row in sheet.rows:
            for cells in _lines(row):
                page.write(cells)
    book.close()
    return out.getvalue()


class _Page:
    """The sheet that is being written; the next when it is full."""

    def __init__(self, book, sheet: Sheet, bold, text, plain, taken: set[str]) -> None:
        self.book, self.sheet, self.taken = book, sheet, taken
        self.bold, self.text, self.plain = bold, text, plain
        self.begin()

    def begin(self) -> None:
        self.page = self.book.add_worksheet(_free(self.sheet.name, self.taken))
        for number, width in enumerate(self.sheet.widths):
            self.page.set_column(number, number, width)
        self.row = 0
        for line in self.sheet.above:
            self.page.write_string(self.row, 0, clean(line), self.plain)
            self.row += 1
        self.row += bool(self.sheet.above)
        for column, name in enumerate(self.sheet.columns):
            self.page.write_string(self.row, column, clean(name), self.bold)
        self.row += 1
        self.page.freeze_panes(self.row, 0)

    def write(self, cells: Sequence[str]) -> None:
        if self.row >= ROWS:
            self.begin()
        for column, cell in enumerate(cells):
            self.page.write_string(self.row, column, cell, self.text)
        self.row += 1


def _lines(row: Sequence[str]) -> Iterable[Sequence[str]]:
    """The row, and as many more as its longest text needs."""
    cells = [clean(cell) for cell in row]
    longest = max(map(len, cells), default=0)
    for first in range(0, max(longest, 1), CELL):
        yield [cell[first : first + CELL] for cell in cells]


def _free(name: str, taken: set[str]) -> str:
    """A name Excel takes, and that no other sheet has."""
    safe = _FORBIDDEN.sub(" ", name).strip("' ")[:25] or "Ark"
    found, number = safe, 1
    while found.casefold() in taken:
        number += 1
        found = f"{safe} {number}"
    taken.add(found.casefold())
    return found
