"""From the HTML the house stores to plain structure.

``read_blocks`` takes sanitised HTML (``kommuneplan.richtext.blocks``). An element it does not know
is read as the words in it, so that nothing is lost on the way to paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

import lxml.html

from .memo import clean
from .prose import (
    Block,
    Cell,
    Figure,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
    numeric_columns,
    widths_of,
)

MAX_COLUMNS = 40  # more do not fit on a page; what stands further right goes to the last column
MAX_DEPTH = 40
_PICTURE = re.compile(r"/billeder/([0-9a-fA-F-]{36})/")
_MARKS = {
    "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underlined",
    "s": "struck", "sub": "low", "sup": "high",
}  # fmt: skip
_LEVELS = {"h1": 1, "h2": 1, "h3": 1, "h4": 2, "h5": 3, "h6": 3}
_CONTAINERS = {"div", "section", "article", "thead", "tbody", "tfoot", "body"}
_BLOCKS = {
    *("p", "ul", "ol", "table", "blockquote", "figure", "li", "tr", "td", "th", "caption"),
    *_LEVELS,
    *_CONTAINERS,
}


def read_blocks(html: str, home: str = "") -> tuple[Block, ...]:
    """The blocks of some sanitised HTML. ``home`` makes addresses of the house's own absolute;
    a link that leads nowhere from paper (``#p12``, without ``home`` all of ours) is its words."""
    if not html.strip():
        return ()
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return tuple(_ProseReader(home).blocks(root))


class _ProseReader:
    """Reads one text; knows where the house's own addresses lead."""

    def __init__(self, home: str) -> None:
        self.home = home

    def blocks(self, element: Any, depth: int = 0) -> Iterator[Block]:
        """The blocks in an element; loose words between them become paragraphs."""
        loose: list[Run] = [*self._said(element.text, Run())]
        for child in element:
            if _is_block(child) and depth < MAX_DEPTH:
                yield from _paragraph(loose)
                loose = []
                yield from self._block(child, depth)
            else:
                loose += self._inline(child, Run(), depth)
            loose += self._said(child.tail, Run())
        yield from _paragraph(loose)

    def _block(self, element: Any, depth: int) -> Iterator[Block]:
        tag = element.tag
        if tag in _LEVELS:
            runs = _tidy(self._runs(element, Run(), depth))
            if runs:
                yield Heading(runs, _LEVELS[tag])
        elif tag in ("ul", "ol"):
            yield from self._list(element, depth)
        elif tag == "blockquote":
            inner = tuple(self.blocks(element, depth + 1))
            if inner:
                yield Quote(inner)
        elif tag == "figure":
            yield from self._figure(element, depth)
        elif tag == "table":
            yield from _Grid(self, depth).read(element)
        else:  # p, li without a list, containers
            yield from self.blocks(element, depth + 1)

    def _list(self, element: Any, depth: int) -> Iterator[Block]:
        items = [tuple(_paragraph([*self._said(element.text, Run())]))]
        for child in element:
            if child.tag == "li":
                items.append(tuple(self.blocks(child, depth + 1)))
            elif _is_block(child):  # a list right in a list belongs to the point above it
                items[-1] += tuple(self._block(child, depth + 1))
            else:
                items.append(tuple(_paragraph([*self._inline(child, Run(), depth)])))
            items.append(tuple(_paragraph([*self._said(child.tail, Run())])))
            if not items[-1]:
                items.pop()
        items = [item for item in items if item]
        if items:
            start = element.get("start", "")
            number = int(start) if re.fullmatch(r"\d{1,5}", start) else 1
            yield Listing(tuple(items), ordered=element.tag == "ol", start=number)

    def _figure(self, element: Any, depth: int) -> Iterator[Block]:
        image = element.find(".//img")
        found = _PICTURE.fullmatch(image.get("src", "")) if image is not None else None
        if found is None:
            yield from self.blocks(element, depth + 1)
            return
        caption = element.find(".//figcaption")
        runs = _tidy(self._runs(caption, Run(), depth)) if caption is not None else ()
        yield Figure(found[1].lower(), " ".join(clean(image.get("alt", "")).split()), runs)

    def _runs(self, element: Any, look: Run, depth: int) -> Iterator[Run]:
        yield from self._said(element.text, look)
        for child in element:
            yield from self._inline(child, look, depth + 1)
            yield from self._said(child.tail, look)

    def _inline(self, element: Any, look: Run, depth: int) -> Iterator[Run]:
        if not isinstance(element.tag, str):  # a comment
            return
        if element.tag == "br":
            yield replace(look, text="\n")
        elif depth > 2 * MAX_DEPTH:
            yield from self._said(element.text_content(), look)
        elif element.tag == "img":
            yield from self._said(element.get("alt"), look)
        elif element.tag == "span" and element.get("class") == "note":
            inner = _tidy(self._runs(element, Run(), depth))
            flat = tuple(run for run in inner if not run.note)
            if flat and not look.note:
                yield Run(note=flat)
        else:
            mark = _MARKS.get(element.tag)
            if mark:
                look = replace(look, **{mark: True})
            if element.tag == "a":
                look = replace(look, link=self._address(element.get("href", "")))
            apart = _is_block(element)
            yield from [replace(look, text="\n")] if apart else ()
            yield from self._runs(element, look, depth)
            yield from [replace(look, text="\n")] if apart else ()

    def _address(self, href: str) -> str:
        href = clean(href).strip()
        if re.match(r"(?:https?://|mailto:)\S+$", href, re.IGNORECASE):
            return href
        if self.home and href and not re.match(r"#|[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            return urljoin(self.home, href)
        return ""

    def _said(self, text: str | None, look: Run) -> Iterator[Run]:
        if text:
            # White space of the source is one space; a line break comes from <br> alone.
            said = re.sub(r"[ \t\n\r\f]+", " ", clean(text))
            if said:
                yield replace(look, text=said)


def _is_block(element: Any) -> bool:
    return element.tag in _BLOCKS


def _paragraph(loose: list[Run]) -> Iterator[Paragraph]:
    runs = _tidy(loose)
    if runs:
        yield Paragraph(runs)


def _tidy(runs: Iterable[Run]) -> Line:
    """Without spaces at the ends and beside line breaks, alike runs joined; empty if it says
    nothing."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if not run.note and before and not before.note and replace(before, text=run.text) == run:
            joined[-1] = replace(before, text=before.text + run.text)
        else:
            joined.append(run)
    tidied, open_end = [], True  # does the line end so that a space would be one too many?
    for run in joined:
        if run.note:
            tidied.append(run)
            open_end = False
            continue
        text = re.sub(r" ?\n ?", "\n", re.sub(" +", " ", run.text))
        if open_end:
            text = text.lstrip(" ")
        if text:
            tidied.append(replace(run, text=text))
            open_end = text[-1] in " \n"
    return _trimmed(tidied)


def _trimmed(runs: list[Run]) -> Line:
    """Without white space before the first and after the last word."""
    for place, step in ((0, str.lstrip), (-1, str.rstrip)):
        while runs and not runs[place].note:
            text = step(runs[place].text)
            if text:
                runs[place] = replace(runs[place], text=text)
                break
            runs.pop(place)
    return tuple(runs)


@dataclass
class _Grid:
    """Lays the cells of an HTML table on a grid in which every place is filled once."""

    reader: _ProseReader
    depth: int
    taken: dict[tuple[int, int], bool] = field(default_factory=dict)

    def read(self, element: Any) -> Iterator[Block]:
        caption = element.find("caption")
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        said = self.reader._runs(caption, Run(), self.depth) if caption is not None else ()
        placed = [self._row(row, y, len(rows)) for y, row in enumerate(rows)]
        if not placed or not self.taken:
            return
        columns = 1 + max(x for x, _y in self.taken)
        filled = [_filled(cells, y, columns, self.taken) for y, cells in enumerate(placed)]
        headers = _headers(rows, filled)
        yield Table(
            tuple(map(Row, filled)),
            headers,
            widths_of(filled, columns),
            _tidy(said),
            numeric_columns(filled, columns),
        )

    def _row(self, row: Any, y: int, height: int) -> list[Cell]:
        cells, x = [], 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (x, y) in self.taken:
                x += 1
            if x >= MAX_COLUMNS:
                last = cells.pop() if cells else None
                extra = tuple(self.reader.blocks(element, self.depth + 1))
                if last:
                    cells.append(replace(last, blocks=last.blocks + extra))
                continue
            down = min(_span(element, "rowspan"), height - y)
            across = self._room(x, y, min(_span(element, "colspan"), MAX_COLUMNS - x))
            for place in (
                (x + right, y + below) for right in range(across) for below in range(down)
            ):
                self.taken[place] = True
            blocks = tuple(self.reader.blocks(element, self.depth + 1))
            cells.append(Cell(x, blocks, across, down, header=element.tag == "th"))
        return cells

    def _room(self, x: int, y: int, wanted: int) -> int:
        """How many columns are free from a place on, at most those wanted."""
        for right in range(1, wanted):
            if (x + right, y) in self.taken:
                return right
        return max(wanted, 1)


def _span(element: Any, name: str) -> int:
    value = element.get(name, "")
    return min(max(int(value), 1), 1000) if re.fullmatch(r"\d{1,4}", value) else 1


def _filled(
    cells: list[Cell], y: int, columns: int, taken: dict[tuple[int, int], bool]
) -> tuple[Cell, ...]:
    """The row with an empty cell wherever its own and those from above leave a gap."""
    gaps = [Cell(x, ()) for x in range(columns) if (x, y) not in taken]
    return tuple(sorted([*cells, *gaps], key=lambda cell: cell.column))


def _headers(rows: list[Any], filled: list[tuple[Cell, ...]]) -> int:
    """How many rows on top are headings: those of thead, else those with nothing but headings;
    as many as stand alone, without a cell that reaches down into the others."""
    count = 0
    for row, cells in zip(rows, filled, strict=True):
        heads = [cell.header for cell in cells if cell.blocks]
        in_head = row.getparent().tag == "thead"
        if not in_head and not (heads and all(heads)):
            break
        count += 1
    if count == len(rows):  # a table of headings alone has none
        count = 0
    while count and any(
        y + cell.down > count for y, cells in enumerate(filled[:count]) for cell in cells
    ):
        count -= 1
    return count
