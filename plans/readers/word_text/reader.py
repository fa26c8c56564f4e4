"""A .docx walked from the first paragraph to the last: blocks, and what does not come along.

Nothing is dropped silently: what has no place in a section is told in ``WordText.left``.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree.ElementTree import Element

from ..files.docx import DAMAGED, MAX_DEPTH, NESTED, W, _check_part, _parse, _part, _rows, _skipped
from ..files.docx import _cells as cells_of
from ..files.source import RefusedFile
from .headings import name_headings
from .inline import BLIP, PARTS, House, Inline, note_move, raw_change
from .notes_and_comments import comments_of, notes_of, words_of
from .parts import CONTENTS, ITEM, TEXT, WordCell, WordParagraph, WordRow, WordTable, WordText
from .styles import read_styles
from .tracked_changes import group

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": (
        b"http://schemas.openxmlformats.org/drawingml/2006/"
    ),
}
_AROUND = {
    f"{W}{tag}"
    for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "del", "moveTo", "moveFrom")
}
FIRST_ROW = 0x20  # of the look of a table: its first row is a heading


def read_word(data: bytes) -> WordText:
    """The whole text of a .docx. External relations are never followed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")) and name != "word/document.xml":
                    _check_part(archive, name)
            return _WordReader(archive).read()
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        raise RefusedFile(DAMAGED) from error


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    data = _part(archive, name)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return _parse(data, name)


def _gallery(block: Element) -> str:
    """From which of Word's galleries a block was put in (our own papers say so too): a title
    page, a table of contents."""
    gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return (gallery.get(f"{W}val") or "") if gallery is not None else ""


class _WordReader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        styles = read_styles(
            _root(archive, "word/styles.xml"), _root(archive, "word/numbering.xml")
        )
        self.house = House(styles)
        self.house.footnotes = self._notes("footnote")
        self.house.endnotes = self._notes("endnote")
        self.house.links, self.house.parts = self._relations("document")
        self.blocks: list[WordParagraph | WordTable] = []
        self.count = 0

    def _notes(self, tag: str) -> dict[str, str]:
        """Foot- or endnotes in plain words; what they lose of it is told."""
        root = _root(self.archive, f"word/{tag}s.xml")
        if root is None:
            return {}
        self._other_part(root)
        if any(root.find(f".//{W}{mark}") is not None for mark in ("ins", "del", "moveTo")):
            self.house.leave("note-change")
        return notes_of(root, tag, self._relations(f"{tag}s")[0])

    def _other_part(self, root: Element) -> None:
        """Pictures in notes, headers and footers stay behind."""
        for _picture in root.iter(BLIP):
            self.house.leave("part-image")

    def _relations(self, part: str) -> tuple[dict[str, str], dict[str, str]]:
        """The links that lead out of a part, and the parts of the file it refers to."""
        links: dict[str, str] = {}
        parts: dict[str, str] = {}
        root = _root(self.archive, f"word/_rels/{part}.xml.rels")
        names = set(self.archive.namelist())
        for one in root.iter(f"{_RELS}Relationship") if root is not None else ():
            target, key = one.get("Target") or "", one.get("Id") or ""
            if one.get("TargetMode") == "External":
                if (one.get("Type") or "").endswith("/hyperlink"):
                    links[key] = target[:2_000]
                continue
            inside = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
            if inside in names:
                parts[key] = inside
        return links, parts

    def read(self) -> WordText:
        document = _root(self.archive, "word/document.xml")
        body = document.find(f"{W}body") if document is not None else None
        if body is None:
            raise RefusedFile(DAMAGED)
        self._walk(body, self.blocks, 0)
        for name in sorted(self.archive.namelist()):
            for part in ("header", "footer"):
                if name.startswith(f"word/{part}") and name.endswith(".xml"):
                    root = _root(self.archive, name)
                    words = words_of(root)
                    if root is not None:
                        self._other_part(root)
                    if words.strip(" -–0123456789"):
                        self.house.leave(part, words)
        extended = _root(self.archive, "word/commentsExtended.xml")
        text = WordText(
            self.blocks,
            comments=comments_of(_root(self.archive, "word/comments.xml"), extended),
            images=self.house.images,
            left=list(self.house.left.values()),
        )
        group(text)
        name_headings(text)
        return text

    def _walk(self, parent: Element, out: list[WordParagraph | WordTable], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RefusedFile(NESTED)
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, out, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, out, depth)
            elif child.tag == f"{W}sdt" and _gallery(child) == "Cover Pages":
                self.house.leave("cover", words_of(child))
            elif child.tag == f"{W}sdt" and _gallery(child) == "Table of Contents":
                for _line in words_of(child).splitlines():
                    self.house.leave("contents")
            elif child.tag in _AROUND:
                self._walk(child, out, depth + 1)
            elif child.tag == f"{W}altChunk":
                self.house.leave("chunk")
            else:
                note_move(child, self.house)
                if child.tag == f"{W}sectPr" and child.find(f"{W}sectPrChange") is not None:
                    self.house.leave("look-change")

    def _id(self) -> str:
        self.count += 1
        return f"b{self.count}"

    def _paragraph(
        self,
        element: Element,
        out: list[WordParagraph | WordTable],
        depth: int,
        boxed: bool = False,
    ) -> None:
        properties = element.find(f"{W}pPr")
        shape = self.house.styles.shape(properties)
        inline = Inline(self.house)
        base = frozenset[str]()
        if shape.shape in (TEXT, ITEM) and properties is not None:
            style = properties.find(f"{W}pStyle")
            base = self.house.styles.look(style.get(f"{W}val") or "" if style is not None else "")
        paragraph = WordParagraph(
            self._id(),
            inline.read(element, base),
            shape.shape,
            shape.level,
            shape.ordered,
            shape.series,
            boxed=boxed,
        )
        self._mark(properties, paragraph)
        if shape.shape == CONTENTS:
            if paragraph.words:
                self.house.leave("contents")
        elif says_something(paragraph) or runs_on(out):
            out.append(paragraph)
        if shape.letters:
            self.house.leave("letters")
        for box in inline.boxes:
            before = len(out)
            self._box(box, out, depth + 1)
            words = " ".join(
                one.words for one in out[before:] if isinstance(one, WordParagraph) and one.words
            )
            if len(out) > before:
                self.house.leave("box", words)

    def _mark(self, properties: Element | None, paragraph: WordParagraph) -> None:
        """Was the break after the paragraph put in or taken out?"""
        if properties is None:
            return
        if properties.find(f"{W}pPrChange") is not None:
            self.house.leave("look-change")
        for tag in ("ins", "moveTo", "del", "moveFrom"):
            sign = properties.find(f"{W}rPr/{W}{tag}")
            if sign is not None:
                paragraph.change = raw_change(sign, self.house.moving if "move" in tag else "")
                paragraph.mark = paragraph.change.partition(PARTS)[0]

    def _box(self, box: Element, out: list[WordParagraph | WordTable], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RefusedFile(NESTED)
        for child in box:
            if child.tag == f"{W}p":
                self._paragraph(child, out, depth, boxed=True)
            elif child.tag == f"{W}tbl":
                self._table(child, out, depth)
            elif child.tag in _AROUND:
                self._box(child, out, depth + 1)

    def _table(self, element: Element, out: list[WordParagraph | WordTable], depth: int) -> None:
        table = WordTable(self._id())
        above: dict[int, WordCell] = {}
        for tr in _rows(element):
            row, at = WordRow(), _skipped(tr)
            if at:
                row.cells.append(WordCell(across=at))
            self._row_properties(tr, row)
            for tc in cells_of(tr):
                span, merge = _merged(tc)
                if merge == "continue" and at in above:
                    above[at].down += 1
                    self._swallowed(tc, above[at], depth)
                else:
                    cell = WordCell(self._cell(tc, depth), span)
                    row.cells.append(cell)
                    above.pop(at, None)
                    if merge:
                        above[at] = cell
                at += span
            table.rows.append(row)
        name_head(table, first_row=_says_first_row(element))
        if any(cell.paragraphs for row in table.rows for cell in row.cells):
            out.append(table)

    def _row_properties(self, tr: Element, row: WordRow) -> None:
        properties = tr.find(f"{W}trPr")
        if properties is None:
            return
        head = properties.find(f"{W}tblHeader")
        row.head = head is not None and head.get(f"{W}val") not in ("0", "false", "off")
        for tag in ("ins", "del"):
            sign = properties.find(f"{W}{tag}")
            if sign is not None:
                row.change, row.mark = raw_change(sign), tag

    def _swallowed(self, tc: Element, cell: WordCell, depth: int) -> None:
        """Word keeps, unseen, what stood in a cell before it was merged with the one above."""
        hidden = self._cell(tc, depth)
        words = " ".join(one.words for one in hidden)
        if words.strip():
            self.house.leave("hidden", words)

    def _cell(self, tc: Element, depth: int) -> list[WordParagraph]:
        inside: list[WordParagraph | WordTable] = []
        self._walk(tc, inside, depth + 1)
        flat: list[WordParagraph] = []
        for block in inside:
            if isinstance(block, WordTable):
                self.house.leave("nested")
                for row in block.rows:
                    flat += [one for cell in row.cells for one in cell.paragraphs]
            else:
                flat.append(block)
        return flat


def says_something(paragraph: WordParagraph) -> bool:
    if paragraph.words or paragraph.mark:
        return True
    return any(run.image or run.note or run.comment for run in paragraph.runs)


def runs_on(out: list[WordParagraph | WordTable]) -> bool:
    """Does the paragraph before depend on the next one, even when that is empty? Its own break
    may go with a tracked change."""
    return bool(out) and isinstance(out[-1], WordParagraph) and bool(out[-1].mark)


def _merged(tc: Element) -> tuple[int, str]:
    """Columns covered, and "restart", "continue" or nothing."""
    span = tc.find(f"{W}tcPr/{W}gridSpan")
    merge = tc.find(f"{W}tcPr/{W}vMerge")
    said = (span.get(f"{W}val") or "") if span is not None else ""
    width = min(max(1, int(said)), 100) if said.isdecimal() and len(said) < 5 else 1
    return width, "" if merge is None else merge.get(f"{W}val") or "continue"


def name_head(table: WordTable, *, first_row: bool) -> None:
    """The first row is the heading when Word says so, by repeating it or by its look."""
    if any(row.head for row in table.rows) or len(table.rows) < 2:
        return
    first = table.rows[0]
    full = all(cell.paragraphs and cell.paragraphs[0].words for cell in first.cells)
    first.head = full and first_row


def _says_first_row(element: Element) -> bool:
    look = element.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    said, bits = look.get(f"{W}firstRow"), look.get(f"{W}val") or ""
    if said is not None:
        return said == "1"
    return bits.isalnum() and len(bits) == 4 and bool(_hexadecimal(bits) & FIRST_ROW)


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0
