"""Plain rows as a spreadsheet. Numbers, days and clock times are what they are, so that they can be
sorted and reckoned with; all else is text: nothing in it is ever a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from .memo import clean

CELL = 32_000  # UTF-16 units, which Excel counts (an emoji is two); it takes 32,767
ROWS = 1_000_000  # Excel takes 1,048,576
FIRST_DAY = dt.date(1900, 3, 1)  # a spreadsheet counts the days before it wrongly, or not at all
Cell = str | int | Decimal | dt.date | dt.time | None
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, lines above the table, the heads of the columns, and the rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    widths: Sequence[int] = field(default=())


def render_sheets(
    sheets: Iterable[Sheet], *, title: str, created: dt.datetime, link: str = ""
) -> bytes:
    """The workbook. Rows are written as they come and never held together. ``created``: when what
    it shows was made; ``link``: at which address it is read.

    A text too long for a cell goes on in the row below, and says so; rows too many for a sheet on a
    sheet more.
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
    made = created.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": clean(title)[:255], "created": made, "comments": link})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    plain = book.add_format({"num_format": "@"})
    kinds = {
        int: book.add_format({"valign": "top", "num_format": "0", "align": "left"}),
        Decimal: book.add_format({"valign": "top", "align": "left"}),
        dt.date: book.add_format({"valign": "top", "num_format": "dd-mm-yyyy", "align": "left"}),
        dt.time: book.add_format({"valign": "top", "num_format": "hh.mm.ss", "align": "left"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        page = _Page(book, sheet, bold, text, plain, kinds, taken)
        for row in sheet.rows:
            for cells in _lines(row):
                page.write(cells)
    book.close()
    return out.getvalue()


class _Page:
    """The sheet that is being written; the next when it is full."""

    def __init__(self, book, sheet: Sheet, bold, text, plain, kinds, taken: set[str]) -> None:
        self.book, self.sheet, self.taken = book, sheet, taken
        self.bold, self.text, self.plain, self.kinds = bold, text, plain, kinds
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

    def write(self, cells: Sequence[Cell]) -> None:
        if self.row >= ROWS:
            self.begin()
        for column, cell in enumerate(cells):
            self._cell(column, cell)
        self.row += 1

    def _cell(self, column: int, cell: Cell) -> None:
        if isinstance(cell, int):
            self.page.write_number(self.row, column, cell, self.kinds[int])
        elif isinstance(cell, Decimal):
            self.page.write_number(self.row, column, float(cell), self.kinds[Decimal])
        elif isinstance(cell, dt.date | dt.time):
            kind = dt.time if isinstance(cell, dt.time) else dt.date
            self.page.write_datetime(self.row, column, cell, self.kinds[kind])
        else:
            self.page.write_string(self.row, column, cell or "", self.text)


def _lines(row: Sequence[Cell]) -> Iterable[Sequence[Cell]]:
    """The row, and as many more as its longest text needs; each says that it goes on."""
    cells = [_pieces(cell) if isinstance(cell, str) else [_as_it_is(cell)] for cell in row]
    for number in range(max(map(len, cells), default=1)):
        yield [cell[number] if number < len(cell) else "" for cell in cells]


def _as_it_is(cell: Cell) -> Cell:
    """A number or a time; a day that no spreadsheet can count, in words."""
    too_early = isinstance(cell, dt.date) and cell < FIRST_DAY
    return f"{cell:%d-%m-%Y}" if too_early else cell


def _pieces(text: str) -> list[str]:
    """A text in pieces that a cell holds, cut between letters."""
    text = clean(text)
    if 2 * len(text) <= CELL:
        return [text]
    goes_on, gone_on = f" ({_('continued below')})", f"({_('continued')}) "
    room = CELL - len(goes_on) - len(gone_on)
    pieces, piece, size = [], [], 0
    for letter in text:
        units = 2 if ord(letter) > 0xFFFF else 1
        if size + units > room:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(letter)
        size += units
    pieces.append("".join(piece))
    last = len(pieces) - 1
    return [
        f"{gone_on if number else ''}{one}{goes_on if number < last else ''}"
        for number, one in enumerate(pieces)
    ]


def _free(name: str, taken: set[str]) -> str:
    """A name Excel takes, and that no other sheet has."""
    safe = _FORBIDDEN.sub(" ", name).strip("' ")[:25] or "Ark"
    found, number = safe, 1
    while found.casefold() in taken:
        number += 1
        found = f"{safe} {number}"
    taken.add(found.casefold())
    return found
