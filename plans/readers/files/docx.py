"""Word documents → rows. Reads the XML itself: merged cells both ways, bullets, text boxes.

python-docx repeats the text of merged cells and hides text boxes, and takes 0.3 s to load;
the little we need of WordprocessingML (ECMA-376 part 1, §17) is read here instead.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from ..process_plan.steps import is_date
from .messages import gettext_noop
from .source import BULLET, HEADING, LINE, RefusedFile, RowCollector, SourceCell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAX_PART = 20_000_000
MAX_DEPTH = 60
FEWEST_DATED = 2
HEADING_STYLES = ("heading", "overskrift", "titel", "title")
BULLET_STYLES = ("list", "opstilling", "punktopstilling")

DAMAGED = gettext_noop(
    "The Word document is damaged and cannot be read. Open it in Word and save it again."
)
DTD = gettext_noop(
    "The Word document has a document type definition inside (%(part)s), which could be an "
    "attack. Copy the text into a new document and try again."
)
TOO_LARGE = gettext_noop(
    "A part of the Word document is too large (%(part)s). Save only the process plan in its "
    "own document and try again."
)
NESTED = gettext_noop(
    "The Word document has tables inside tables in too many levels. Simplify it first."
)

UNREAD = {
    "footnotes": gettext_noop("The document has footnotes; they were not read. Look at them."),
    "endnotes": gettext_noop("The document has endnotes; they were not read. Look at them."),
    "comments": gettext_noop("The document has comments; they were not read. Look at them."),
}
WRITTEN = re.compile(rb"<w:t[ >]")


def read_docx(data: bytes) -> RowCollector:
    """The rows of a .docx. External relations are never followed: only our own part is read."""
    collector = RowCollector()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")) and name != "word/document.xml":
                    _check_part(archive, name)
            numbered = "word/numbering.xml" in archive.namelist()
            collector.unread = _unread(archive)
            document = _parse(_part(archive, "word/document.xml"), "word/document.xml")
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        raise RefusedFile(DAMAGED) from error
    body = document.find(f"{W}body")
    if body is None:
        raise RefusedFile(DAMAGED)
    _read_blocks(body, collector, numbered, 0)
    return collector


def _unread(archive: zipfile.ZipFile) -> list[str]:
    """What the document holds beside its text, which is not read: said to the user."""
    names = set(archive.namelist())
    found = []
    for name, message in ((f"word/{part}.xml", said) for part, said in UNREAD.items()):
        if name in names and WRITTEN.search(_part(archive, name)):
            found.append(message)
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise RefusedFile(TOO_LARGE, part=name)
    return data


def _check_part(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a DTD in a part we otherwise do not read."""
    data = _part(archive, name)
    plain = data.isascii() or not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if plain and b"<!" not in data:
        return
    _parse(data, name)


def _parse(data: bytes, name: str) -> Element:
    parser = XMLParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        return _feed(parser, data)
    except DefusedXmlException as error:
        raise RefusedFile(DTD, part=name) from error
    except (ParseError, ValueError, LookupError) as error:
        raise RefusedFile(DAMAGED) from error


def _feed(parser: XMLParser, data: bytes) -> Element:
    parser.feed(data)
    element: Element = parser.close()
    return element


def _read_blocks(parent: Element, out: RowCollector, numbered: bool, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise RefusedFile(NESTED)
    for child in parent:
        if child.tag == f"{W}p":
            _read_paragraph(child, out)
        elif child.tag == f"{W}tbl":
            _read_table(child, out)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            _read_blocks(child, out, numbered, depth + 1)


def _read_paragraph(paragraph: Element, out: RowCollector) -> None:
    shape = _shape(paragraph)
    level = _rank(paragraph) if shape == HEADING else _level(paragraph) if shape == BULLET else 0
    for line in (_text(paragraph) or "").split("\n"):
        out.line(line, shape, level)
    for box in _text_boxes(paragraph):
        out.line("")
        _read_blocks(box, out, False, 1)
        out.line("")


def _shape(paragraph: Element) -> str:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return LINE
    style = properties.find(f"{W}pStyle")
    name = (style.get(f"{W}val") or "").lower() if style is not None else ""
    if name.startswith(HEADING_STYLES):
        return HEADING
    if properties.find(f"{W}numPr") is not None or name.startswith(BULLET_STYLES):
        return BULLET
    return LINE


def _rank(paragraph: Element) -> int:
    """The rank of a heading, from 1; a title is above all others."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = (style.get(f"{W}val") or "") if style is not None else ""
    return int(name[-1]) if name[-1:].isdecimal() else 1


def _level(paragraph: Element) -> int:
    """How deep a bullet stands, from 0: its numbering level, or the number of its style."""
    depth = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    if depth is not None:
        return _number(depth.get(f"{W}val"), 0)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = (style.get(f"{W}val") or "") if style is not None else ""
    return max(0, int(name[-1]) - 1) if name[-1:].isdecimal() else 0


def _inline(element: Element) -> Iterator[Element]:
    """The runs of a paragraph in order; not what was deleted, nor the fallback of a drawing."""
    stack = list(reversed(list(element)))
    while stack:
        node = stack.pop()
        if node.tag in (f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}txbxContent", f"{W}pPr"):
            continue
        yield node
        stack.extend(reversed(list(node)))


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    for node in _inline(paragraph):
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag == f"{W}tab":
            parts.append("\t")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
    return "".join(parts).replace("\xa0", " ").strip()


def _text_boxes(paragraph: Element) -> list[Element]:
    """Text boxes, once each: Word writes them twice (drawing, and VML as fallback)."""
    found: list[Element] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag == f"{MC}Fallback":
            continue
        if node.tag == f"{W}txbxContent":
            found.append(node)
            continue
        stack.extend(reversed(list(node)))
    return found


def _read_table(table: Element, out: RowCollector, depth: int = 0) -> None:
    """The rows of a table; a plan set inside a cell of it follows, as a table of its own."""
    if depth > MAX_DEPTH:
        raise RefusedFile(NESTED)
    out.table()
    above: dict[int, str] = {}
    inner: list[Element] = []
    for row in _rows(table):
        cells: list[SourceCell] = []
        at = _skipped(row)
        if at:
            cells.append(SourceCell("", at))
        for tc in _cells(row):
            span, merge = _merge(tc)
            text = _cell_text(tc, inner, depth)
            down = merge == "continue"
            if down:
                text = above.get(at, "")
            above[at] = text
            cells.append(SourceCell(text, span, down, _fill(tc)))
            at += span
        out.row(cells)
    for plan in inner:
        _read_table(plan, out, depth + 1)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _skipped(row: Element) -> int:
    """Grid columns left out before the first cell (w:gridBefore)."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    return _number(before.get(f"{W}val"), 0) if before is not None else 0


def _merge(tc: Element) -> tuple[int, str]:
    """Columns covered, and "restart", "continue" or nothing for vertical merging."""
    properties = tc.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    span = properties.find(f"{W}gridSpan")
    merge = properties.find(f"{W}vMerge")
    width = _number(span.get(f"{W}val"), 1) if span is not None else 1
    if merge is None:
        return width, ""
    return width, merge.get(f"{W}val") or "continue"


def _fill(tc: Element) -> str:
    """The colour of a cell, or its pattern; nothing for white and for none."""
    shading = tc.find(f"{W}tcPr/{W}shd")
    if shading is None:
        return ""
    colour = (shading.get(f"{W}fill") or "auto").lower()
    pattern = shading.get(f"{W}val") or "clear"
    if colour in ("auto", "ffffff"):
        return "" if pattern in ("clear", "nil") else pattern
    return colour


def _number(text: str | None, default: int) -> int:
    return min(int(text), 100) if text and text.isdecimal() and len(text) < 5 else default


def _cell_text(tc: Element, inner: list[Element], depth: int) -> str:
    """Paragraphs on lines, bullets marked. A table in the cell with dates of its own is put to
    ``inner``; any other is part of the text, a line for each of its rows."""
    lines: list[str] = []
    for node in _blocks(tc):
        if node.tag == f"{W}tbl":
            if _has_dates(node):
                inner.append(node)
            else:
                lines += _as_lines(node, inner, depth)
            continue
        mark = "• " if _shape(node) == BULLET else ""
        text = _text(node)
        lines.append(mark + text if text else "")
        lines += [_text(p) for box in _text_boxes(node) for p in box.iter(f"{W}p")]
    return "\n".join(lines).strip("\n")


def _blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables of a cell, in order; not what stands inside its tables."""
    stack = list(reversed(list(parent)))
    while stack:
        node = stack.pop()
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        else:
            stack.extend(reversed(list(node)))


def _has_dates(table: Element) -> bool:
    """Whether a table inside a cell is a plan: at least two of its rows have a cell with a date."""
    dated = 0
    for row in _rows(table):
        texts = [" ".join(_text(p).split()) for tc in _cells(row) for p in tc.iter(f"{W}p")]
        dated += any(is_date(text) for text in texts)
        if dated >= FEWEST_DATED:
            return True
    return False


def _as_lines(table: Element, inner: list[Element], depth: int) -> list[str]:
    if depth > MAX_DEPTH:
        raise RefusedFile(NESTED)
    rows = ([_cell_text(tc, inner, depth + 1) for tc in _cells(row)] for row in _rows(table))
    return [" ".join(" ".join(texts).split()) for texts in rows]
