"""PDF with text → rows: tables where lines rule them, else the lines of the page."""

from __future__ import annotations

import io
import re
from typing import Any

from .messages import gettext_noop
from .source import Cell, RefusedFile, RowCollector
from .text import read_text

MAX_PAGES = 500
MIN_CHARACTERS = 20
BULLET_SIGN = re.compile(r"[\uf0b7\uf0a7]|^\(cid:\d+\)(?= )", re.MULTILINE)
UNKNOWN_SIGN = re.compile(r"\(cid:\d+\)")

ENCRYPTED = gettext_noop(
    "The PDF is protected by a password. Save it without protection and try again."
)
DAMAGED = gettext_noop(
    "The PDF is damaged and cannot be read. Make it again from the original document."
)
PAGES = gettext_noop(
    "The PDF has more than %(limit)s pages. Save only the pages with the process plan."
)
SCANNED = gettext_noop(
    "The PDF holds pictures of pages and no text (it is scanned). Use the original document, "
    "or have the text recognised first."
)


def read_pdf(data: bytes) -> RowCollector:
    """The rows of a PDF.

    The pages are counted before pdfplumber is there and reads them, which takes a hundred times as
    long: who hands in too many is told so, and not that it took too long.
    """
    if _pages(data) > MAX_PAGES:
        raise RefusedFile(PAGES, limit=MAX_PAGES)
    import pdfplumber

    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception as error:
        if "Password" in repr(error) or "Encrypt" in repr(error):
            raise RefusedFile(ENCRYPTED) from error
        raise RefusedFile(DAMAGED) from error
    out = RowCollector()
    characters = 0
    try:
        for number, page in enumerate(document.pages, start=1):
            if number > MAX_PAGES:  # the file said another number than there are
                raise RefusedFile(PAGES, limit=MAX_PAGES)
            characters += len(page.chars)
            _read_page(page, out)
            page.close()
    except (RefusedFile, MemoryError):
        raise
    except Exception as error:
        raise RefusedFile(DAMAGED) from error
    if characters < MIN_CHARACTERS:
        raise RefusedFile(SCANNED)
    return out


def _pages(data: bytes) -> int:
    """How many pages there are; 0 when pdfium cannot tell, and pdfplumber says what is wrong."""
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data) as document:
            return len(document)
    except pdfium.PdfiumError:
        return 0


def _read_page(page: Any, out: RowCollector) -> None:
    """Text above, between and below the tables in reading order."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    tables = [table for table in tables if len(table.rows) > 1 and table.cells]
    top = 0.0
    for table in tables:
        _, upper, _, lower = table.bbox
        if upper > top:
            _read_text(page.crop((0, top, page.width, min(upper, page.height))), out)
        _read_table(table, out)
        top = max(top, lower)
    if top < page.height:
        _read_text(page.crop((0, top, page.width, page.height)) if top else page, out)


def _read_table(table: Any, out: RowCollector) -> None:
    """Cells missing in a row are merged with the one above (or to the left)."""
    out.table()
    above: list[str] = []
    for row, geometry in zip(table.extract(), table.rows, strict=True):
        cells: list[Cell] = []
        for index, text in enumerate(row):
            box = geometry.cells[index]
            if box is not None or text is not None:
                cells.append(Cell((text or "").strip()))
            elif index and row[index - 1] is not None and _reaches(table, geometry, index):
                previous = cells[-1]
                cells[-1] = Cell(previous.text, previous.span + 1)
            elif index < len(above):
                cells.append(Cell(above[index], 1, True))
            else:
                cells.append(Cell(""))
        above = _columns(cells)
        out.row(cells)


def _reaches(table: Any, geometry: Any, index: int) -> bool:
    """Whether the cell to the left covers this column too."""
    left = next((box for box in reversed(geometry.cells[:index]) if box), None)
    starts = [row.cells[index][0] for row in table.rows if row.cells[index]]
    return bool(left and starts and left[2] > min(starts) + 1)


def _columns(cells: list[Cell]) -> list[str]:
    return [text for cell in cells for text in [cell.text] * cell.span]


def _read_text(page: Any, out: RowCollector) -> None:
    text = page.extract_text(layout=False) or ""
    read = read_text(UNKNOWN_SIGN.sub("", BULLET_SIGN.sub("•", text)))
    for row in read.rows:
        out.line(row.text, row.shape if row.shape != "row" else "line", row.level)
