"""Pasted text and HTML → rows. Tables come with tabs, bars, semicolons or runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice

from ..process_plan.steps import is_date
from ..process_plan.time_axis import names_time
from ..process_plan.vocabulary import COLUMN_OF
from .messages import gettext_noop
from .source import (
    BULLET,
    HEADING,
    LINE,
    MOST_COLUMNS,
    ROW,
    RefusedFile,
    RowCollector,
    Source,
    SourceCell,
)

MAX_CHARACTERS = 500_000
FEWEST_DATED = 2
DEEPEST = 20  # tables inside tables; what is deeper is read as text of its cell
BULLET_MARK = re.compile(r"^\s*(?:[-–—•*·○●▪■§o]|e(?=  ?[A-ZÆØÅa-z]))\s+(?=\S)")
MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
HTML_MARK = re.compile(r"<(?:html|body|table|p|ul|ol|div|br|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
LEADERS = re.compile(r"(?<=\w) ?\.{5,} ?(?=\S)")
BULLET_TAB = re.compile(r"^(\s*[-–—•*·○●▪■§o\uf0b7])\t+(?=\S)")
WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)|(?<=\S)  +(?=\S)")
BACKGROUND = re.compile(r"(?i)background(?:-color)?\s*:\s*([^;!]{1,60})")
NO_COLOUR = ("", "none", "transparent", "white", "#fff", "#ffffff", "inherit", "initial",
             "rgb(255, 255, 255)", "rgb(255,255,255)", "windowtext")  # fmt: skip
PAGE = re.compile(r"(?i)^\s*side\s*+\d+(?:\s*+(?:af|/)\s*+\d+)?\s*$")
RULE = re.compile(r"^[\s|:+=_-]+$")

TOO_LONG = gettext_noop(
    "The text is longer than %(limit)s characters. Paste only the process plan and try again."
)
NUL = gettext_noop(
    "The text holds control characters and is not plain text. Paste the text itself."
)


def from_paste(text: str, name: str = "") -> Source:
    """What somebody pasted: plain text, or HTML when it looks like it."""
    check_paste(text)
    if looks_like_html(text):
        from .sandbox import read_in_sandbox

        return read_in_sandbox("html", text.encode("utf-8", "replace"), name)
    return Source(name, "text", tuple(read_text(text).rows))


def check_paste(text: str) -> None:
    """Refuse what is too long, or no text."""
    if len(text) > MAX_CHARACTERS:
        raise RefusedFile(TOO_LONG, limit=MAX_CHARACTERS)
    if "\x00" in text:
        raise RefusedFile(NUL)


def looks_like_html(text: str) -> bool:
    head = text[:4_000]
    return head.lstrip()[:15].lower().startswith(("<!doctype html", "<html")) or (
        bool(HTML_MARK.search(head)) and "</" in text
    )


def read_text(text: str) -> RowCollector:
    """Plain text: table rows where the line is split into cells, else lines and bullets."""
    out = RowCollector()
    text = LEADERS.sub("\t", text)
    lines = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\xa0", " ")
        .replace("**", "")
        .split("\n")
    )
    lines = _side_by_side(BULLET_TAB.sub(r"\1 ", line) for line in lines)
    separators = _separators(lines)
    width, padded = 0, False
    for line in lines:
        cells = _split(line, separators)
        if len(cells) < 2:
            _read_line(line, out)
            continue
        if RULE.match(line):
            continue
        axis = names_time(cells)
        after_row = bool(out.rows) and out.rows[-1].shape == ROW
        if padded and after_row and len(cells) < width:
            cells += [""] * (width - len(cells))  # blanks at the end of a row were cut off
        elif (not width or width != len(cells)) and not (axis and after_row):
            out.table()
        padded = axis or (padded and len(cells) == width)
        width = len(cells)
        if cells[0].lower().startswith("kl") and out.rows and out.rows[-1].shape == LINE:
            cells[0] = f"{out.rows.pop().text} {cells[0]}"  # the date broke before its hour
        out.row(SourceCell(cell.replace(" / ", " / ")) for cell in cells)
    return out


def _read_line(line: str, out: RowCollector) -> None:
    if RULE.match(line) and line.strip():
        return
    stripped = line.strip()
    level = (len(line) - len(line.lstrip())) // 2
    mark = BULLET_MARK.match(line)
    if mark:
        out.line(line[mark.end() :], BULLET, level)
    elif MARKDOWN_HEADING.match(stripped):
        rank = len(stripped) - len(stripped.lstrip("#"))
        out.line(MARKDOWN_HEADING.sub("", stripped), HEADING, rank)
    else:
        out.line(stripped, LINE, level)


def _side_by_side(lines: Iterable[str]) -> list[str]:
    """A table pasted with each cell on a line of its own, its headers first, as rows again."""
    lines = list(lines)
    names = [COLUMN_OF.get(line.strip(" :*").lower(), "") for line in lines]
    for start, name in enumerate(names):
        if not name or (start and names[start - 1]):  # a head of columns begins where none stood
            continue
        rest = enumerate(islice(names, start, None))
        width = next((n for n, other in rest if not other), len(names) - start)
        if width >= 2 and "when" in names[start : start + width]:
            body = [line for line in lines[start:] if line.strip() and not PAGE.match(line)]
            if any("\t" in line for line in body):
                return lines
            rows = ["\t".join(body[at : at + width]) for at in range(0, len(body), width)]
            return lines[:start] + rows + [line for line in lines[start:] if PAGE.match(line)]
    return lines


def _separators(lines: list[str]) -> set[str]:
    """Which signs part cells in this text; spaces and semicolons only if many lines use them."""
    found = {"\t"} if any("\t" in line.strip() for line in lines) else set()
    if sum(line.strip().count("|") >= 1 and len(line) < 2_000 for line in lines) >= 2:
        found.add("|")
    if found:
        return found
    semicolons = [line.count(";") for line in lines if line.strip()]
    if len(semicolons) > 2 and sum(n >= 1 for n in semicolons) >= 0.7 * len(semicolons):
        return {";"}
    wide = sum(bool(WIDE_GAP.search(line.strip())) for line in lines)
    return {"  "} if wide >= 3 else set()


def _split(line: str, separators: set[str]) -> list[str]:
    if "\t" in separators and "\t" in line.strip("\n "):
        if line.count("\t") == 1 and (not line.split("\t")[0].strip()) and "|" not in line:
            _before, second = line.split("\t")
            return ["", second.strip()]
        return [cell.strip().strip('"') for cell in line.split("\t")]
    if "|" in separators and "|" in line:
        inner = line.strip().removeprefix("|").removesuffix("|")
        return [cell.strip() for cell in inner.split("|")]
    if ";" in separators and ";" in line:
        return [cell.strip().strip('"') for cell in line.split(";")]
    if "  " in separators and WIDE_GAP.search(line.strip()) and not BULLET_MARK.match(line):
        return [cell.strip() for cell in re.split(r" {2,}", line.strip())]
    return [line]


def read_html(text: str) -> RowCollector:
    """Web pages and text pasted from Word as HTML; of styles only a cell's colour is looked at."""
    reader = _HTMLRows()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.out


@dataclass
class _OpenTable:
    """What stood open when a table began in a cell."""

    rows: list[list[SourceCell]]
    cells: list[SourceCell] | None
    cell: tuple[int, int] | None
    fill: str
    hanging: dict[int, tuple[int, SourceCell]]
    buffer: list[str]


def _has_dates(rows: list[list[SourceCell]]) -> bool:
    """Whether at least two rows have a cell that is a date."""
    return sum(any(is_date(cell.text) for cell in row) for row in rows) >= FEWEST_DATED


class _HTMLRows(HTMLParser):
    """Collects lines, bullets, headings and table rows; colspan and rowspan as in the grid."""

    BLOCKS = {"p", "div", "section", "article", "header", "footer", "blockquote", "dt", "dd", "ul"}
    SILENT = {"script", "style", "head", "template", "noscript"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out = RowCollector()
        self.buffer: list[str] = []
        self.shape = LINE
        self.level = 0
        self.silent = 0
        self.depth = 0
        self.beyond = 0
        self.cells: list[SourceCell] | None = None
        self.cell: tuple[int, int] | None = None
        self.fill = ""
        self.hanging: dict[int, tuple[int, SourceCell]] = {}
        self.rows: list[list[SourceCell]] = []
        self.outer: list[_OpenTable] = []
        self.plans: list[list[list[SourceCell]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.SILENT:
            self.silent += 1
        elif tag == "table":
            self._begin_table()
        elif self.depth and tag == "tr":
            self._end_row()
            self.cells = []
        elif self.depth and tag in ("td", "th"):
            self._end_cell()
            self.cells = self.cells if self.cells is not None else []
            self.cell = (_count(given.get("colspan")), _count(given.get("rowspan")))
            self.fill = _colour(given)
        elif tag == "br":
            self.buffer.append("\n")
        elif tag == "li":
            self._flush()
            self.shape = BULLET
            if self.cell:
                self.buffer.append("• ")
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._flush()
            self.shape, self.level = HEADING, int(tag[1])
        elif tag in self.BLOCKS:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.depth:
            self._end_table()
        elif tag == "tr" and self.depth:
            self._end_row()
        elif tag in ("td", "th") and self.depth:
            self._end_cell()
        elif tag in self.BLOCKS or tag in ("li", "h1", "h2", "h3", "h4", "h5", "h6"):
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.buffer.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))

    def _flush(self) -> None:
        if self.cell is not None:
            self.buffer.append("\n")
            return
        for line in "".join(self.buffer).split("\n"):
            if line.strip():
                self.out.line(line, self.shape, self.level)
        if self.buffer and self.shape != BULLET:
            self.out.line("")
        self.buffer, self.shape, self.level = [], LINE, 0

    def _end_cell(self) -> None:
        if self.cell is None or self.cells is None:
            self.buffer = []
            return
        lines = [line.strip() for line in "".join(self.buffer).split("\n")]
        text = "\n".join(line for line in lines if line and line != "•")
        span, down = self.cell
        self.buffer, self.cell, self.shape = [], None, LINE
        self._hang()
        at = sum(cell.span for cell in self.cells)
        self.cells.append(SourceCell(text, span, fill=self.fill))
        if down > 1:
            self.hanging[at] = (down - 1, SourceCell(text, span, True))

    def _hang(self) -> None:
        """Put in cells that hang down from rows above, as far as the next free column."""
        assert self.cells is not None
        at = sum(cell.span for cell in self.cells)
        while at in self.hanging and at < MOST_COLUMNS and self.hanging[at][0] > 0:
            left, cell = self.hanging[at]
            self.hanging[at] = (left - 1, cell)
            self.cells.append(cell)
            at += cell.span

    def _end_row(self) -> None:
        self._end_cell()
        if self.cells is not None:
            self._hang()
            if self.cells:
                self.rows.append(self.cells)
        self.cells = None

    def _begin_table(self) -> None:
        """A table, or one in a cell of another: what was open waits until it ends."""
        if self.depth >= DEEPEST:
            self.beyond += 1
            return
        self.depth += 1
        if self.depth == 1:
            self._flush()
        opened = _OpenTable(self.rows, self.cells, self.cell, self.fill, self.hanging, self.buffer)
        self.outer.append(opened)
        self.rows, self.cells, self.cell, self.fill, self.hanging, self.buffer = (
            [], None, None, "", {}, [])  # fmt: skip

    def _end_table(self) -> None:
        """A plan in a cell follows as a table of its own; any other table is text of its cell."""
        if self.beyond:
            self.beyond -= 1
            return
        self._end_row()
        self.depth -= 1
        rows, outer = self.rows, self.outer.pop()
        self.rows, self.cells, self.cell = outer.rows, outer.cells, outer.cell
        self.fill, self.hanging, self.buffer = outer.fill, outer.hanging, outer.buffer
        if self.depth:
            if _has_dates(rows):
                self.plans.append(rows)
            else:
                self.buffer += [f"\n{' '.join(cell.text for cell in row)}" for row in rows]
            return
        plans, self.plans = self.plans, []
        for table in (rows, *plans):
            self.out.table()
            for row in table:
                self.out.row(row)

    def finish(self) -> None:
        self.beyond = 0
        while self.depth:
            self._end_table()
        self.cell = None
        self._flush()


def _colour(given: dict[str, str | None]) -> str:
    """The background of a cell, as an attribute or in its style; white is none."""
    style = BACKGROUND.search(given.get("style") or "")
    colour = (style[1] if style else given.get("bgcolor") or "").strip().lower()
    return "" if colour in NO_COLOUR else colour


def _count(text: str | None) -> int:
    return min(int(text), 40) if text and text.isdigit() and 0 < len(text) < 5 else 1
