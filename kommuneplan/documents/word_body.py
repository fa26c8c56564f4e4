"""Blocks as the body of a Word document, in WordprocessingML (ECMA-376 part 1, §17).

Written as text and read in once: a hundred pages made paragraph by paragraph take ten times as
long. Every word of a reader's goes through ``_words``, which is the only place that escapes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls

from .memo import clean
from .picturing import Picture
from .prose import (
    Block,
    Figure,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
    texts_of,
)
from .word_parts import DEEPEST_LIST, DocumentStyles, Lists, Notes

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
EMU = 360_000  # to the centimetre
SOLID = 900  # letters; a row with fewer is not broken over two pages
_LOOKS = (  # in the order of the schema
    ("bold", "<w:b/>"), ("italic", "<w:i/>"), ("struck", "<w:strike/>"),
    ("underlined", '<w:u w:val="single"/>'), ("low", '<w:vertAlign w:val="subscript"/>'),
    ("high", '<w:vertAlign w:val="superscript"/>'),
)  # fmt: skip


class Writer:
    """Writes blocks for one document; ``width`` is that of a line, in twentieths of a point."""

    def __init__(
        self,
        document: Any,
        found: dict[str, Picture | None],
        width: int,
        without: str,
        spare: Any,
    ) -> None:
        self.part = document.part
        self.styles, self.lists = DocumentStyles(document, spare), Lists(document)
        self.notes = Notes(document)
        self.found = found
        self.width = width
        self.without = without  # words in place of a picture: "[Image: {words}]"
        self.drawings = 0

    # Lines

    def line(self, runs: Line, part: Any = None) -> str:
        """Runs as XML; links belong to ``part``, the body where none is named."""
        return "".join(self._run(run, part or self.part) for run in runs)

    def _run(self, run: Run, part: Any) -> str:
        if run.note:
            return self._note(run.note)
        marks = "".join(xml for name, xml in _LOOKS if getattr(run, name))
        if not run.link:
            return f"<w:r>{_properties(marks)}{_words(run.text)}</w:r>"
        marks = marks.replace('<w:u w:val="single"/>', "")
        style = f'<w:rStyle w:val="{self.styles.id("hyperlink", "character")}"/>'
        key = part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        said = f"<w:r>{_properties(style + marks)}{_words(run.text)}</w:r>"
        return f'<w:hyperlink r:id="{key}" w:history="1">{said}</w:hyperlink>'

    def _note(self, runs: Line) -> str:
        sign = _properties(
            f'<w:rStyle w:val="{self.styles.id("footnote reference", "character")}"/>'
        )
        said = self.line(runs, self.notes.open())
        number = self.notes.add(
            f'<w:p><w:pPr><w:pStyle w:val="{self.styles.id("footnote text")}"/></w:pPr>'
            f"<w:r>{sign}<w:footnoteRef/></w:r><w:r>{_words(' ')}</w:r>{said}</w:p>"
        )
        return f'<w:r>{sign}<w:footnoteReference w:id="{number}"/></w:r>'

    def paragraph(self, content: str, style: str = "", **more: str) -> str:
        """A paragraph; ``before`` and ``after`` are properties on either side of lists' own."""
        name = f'<w:pStyle w:val="{self.styles.id(style)}"/>' if style else ""
        inside = f"{name}{more.get('before', '')}{more.get('after', '')}"
        return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{content}</w:p>"

    # Blocks

    def blocks(self, blocks: Iterable[Block], **place: Any) -> str:
        """Blocks after each other. ``place``: ``indent`` in twentieths of a point, ``style`` of
        paragraphs, ``top`` the level of the section where headings may stand."""
        return "".join(self._block(block, **place) for block in blocks)

    def _block(self, block: Block, **place: Any) -> str:
        if isinstance(block, Heading):
            return self._heading(block, **place)
        if isinstance(block, Listing):
            return self._list(block, place.get("level", 0), place)
        if isinstance(block, Quote):
            return self.blocks(block.blocks, **{**place, "style": "quote", "top": False})
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Table):
            return self._table(block, place.get("room", self.width))
        style = "småt" if block.quiet else place.get("style", "")
        said = self.line(block.runs)
        return self.paragraph(said, style, before=place.get("keep", ""), after=_indent(place))

    def _heading(self, block: Heading, **place: Any) -> str:
        """A heading inside a section, which the contents leave out but a screen reader finds."""
        if not place.get("top"):
            runs = tuple(replace(run, bold=True) if not run.note else run for run in block.runs)
            return self.paragraph(self.line(runs), place.get("style", ""), after=_indent(place))
        style = f"mellemrubrik {1 if block.level <= place['top'] + 1 else 2}"
        outline = f'<w:outlineLvl w:val="{block.level - 1}"/>'
        return self.paragraph(self.line(block.runs), style, after=outline)

    def _list(self, block: Listing, level: int, place: dict[str, Any]) -> str:
        level = min(level, DEEPEST_LIST)
        number = self.lists.of(ordered=block.ordered, level=level, start=block.start)
        points = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        inside = {**place, "level": level + 1, "indent": (level + 1) * 360, "top": False}
        style = place.get("style") or "list paragraph"
        written = []
        for item in block.items:
            first = item[0]
            if isinstance(first, Paragraph | Heading):
                said, rest = self.line(first.runs), item[1:]
            else:
                said, rest = "", item
            written.append(self.paragraph(said, style, before=points))
            written.append(self.blocks(rest, **{**inside, "style": style}))
        return "".join(written)

    def _figure(self, block: Figure) -> str:
        picture = self.found.get(block.uid)
        keep = "<w:keepNext/>" if block.caption else ""
        if picture:
            shown = self.paragraph(self._drawing(block, picture), before=keep)
        else:
            said = self.without.replace("{words}", block.alt)
            shown = self.paragraph(f"<w:r>{_words(said)}</w:r>", "småt", before=keep)
        return shown + (
            self.paragraph(self.line(block.caption), "caption") if block.caption else ""
        )

    def _drawing(self, block: Figure, picture: Picture) -> str:
        key, _image = self.part.get_or_add_image(io.BytesIO(picture.data))
        self.drawings += 1
        alt = block.alt or "".join(run.text for run in block.caption)
        size = f'cx="{int(picture.width * EMU)}" cy="{int(picture.height * EMU)}"'
        about = f'id="{1000 + self.drawings}" name="{self.drawings}"'
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/>"
            f"<wp:docPr {about} descr={quoteattr(_safe(alt))}/>"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )

    # Tables

    def _table(self, table: Table, room: int) -> str:
        widths = [max(int(share * room), 200) for share in table.widths]
        caption = ""
        if table.caption:
            caption = self.paragraph(self.line(table.caption), "caption", before="<w:keepNext/>")
        words = "".join(run.text for run in table.caption)
        described = f"<w:tblCaption w:val={quoteattr(_safe(words))}/>" if words else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = int(table.headers > 0)
        rows, below = [], {}
        for y, row in enumerate(table.rows):
            if y < table.headers:
                flags = "<w:cantSplit/><w:tblHeader/>"
            else:
                short = sum(map(len, texts_of(b for c in row.cells for b in c.blocks))) < SOLID
                flags = "<w:cantSplit/>" if short else ""
            flags = f"<w:trPr>{flags}</w:trPr>" if flags else ""
            cells = self._cells(row, below, widths, y < table.headers, table.numeric)
            rows.append(f"<w:tr>{flags}{cells}</w:tr>")
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles.id("plantabel", "table")}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblInd w:w="100" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:firstRow="{head}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>{self.paragraph('', 'tabeltekst')}"
        )

    def _cells(
        self,
        row: Row,
        below: dict[int, tuple[int, int]],
        widths: list[int],
        head: bool,
        numeric: tuple[int, ...],
    ) -> str:
        """A row. ``below`` remembers by column the cells that reach down: (rows left, across)."""
        written = dict[int, str]()
        for column, (left, across) in list(below.items()):
            merged = '<w:vMerge w:val="continue"/>'
            width = sum(widths[column : column + across])
            written[column] = _cell(width, across, merged, self.paragraph("", "tabeltekst"))
            below[column] = (left - 1, across)
            if left == 1:
                del below[column]
        keep = "<w:keepNext/>" if row.part or head else ""
        for cell in row.cells:
            merged = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="F5F5F5"/>' if row.part else ""
            width = sum(widths[cell.column : cell.column + cell.across])
            style = "tabelhoved" if head or row.part or cell.header else "tabeltekst"
            place = {"style": style, "keep": keep, "right": cell.column in numeric}
            said = self.blocks(cell.blocks, room=width - 200, **place)
            if not said or said.endswith("</w:tbl>"):
                said += self.paragraph("", "tabeltekst")
            written[cell.column] = _cell(width, cell.across, merged + shade, said)
            if cell.down > 1:
                below[cell.column] = (cell.down - 1, cell.across)
        return "".join(written[column] for column in sorted(written))


def _cell(width: int, across: int, more: str, content: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{more}</w:tcPr>'
    return f"<w:tc>{properties}{content}</w:tc>"


def _indent(place: dict[str, Any]) -> str:
    indent = place.get("indent", 0)
    right = '<w:jc w:val="right"/>' if place.get("right") else ""
    return (f'<w:ind w:left="{indent}"/>' if indent else "") + right


def _properties(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _words(text: str) -> str:
    """Text with its line breaks."""
    lines = _safe(text).split("\n")
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in lines
    )


def _safe(text: str) -> str:
    return clean(text).replace("\t", " ")
