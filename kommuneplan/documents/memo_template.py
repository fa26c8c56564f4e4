"""The Word template that comes with the program.

``python -m kommuneplan.documents.memo_template`` writes it to templates/documents/.
A municipality replaces it by its own (docs/skabeloner.md); this one shows all that is possible.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from .docx import TEMPLATE

FONT = "Arial"
QUIET = RGBColor(0x54, 0x54, 0x54)
WIDTHS = (Cm(3.2), Cm(8.7), Cm(4.7))  # together what A4 leaves between the margins
QUESTIONS = (
    ("Hvad foreslås der?", "hvad_foreslås"),
    ("Hvad kan stadig ændres?", "hvad_kan_ændres"),
    ("Hvem beslutter, og hvornår?", "hvem_beslutter"),
)
TABLE_PROPERTIES = """
<w:tblInd {0} w:w="100" w:type="dxa"/>
<w:tblBorders {0}><w:bottom {1}/><w:insideH {1}/></w:tblBorders>
<w:tblCellMar {0}><w:top {2}/><w:left {3}/><w:bottom {2}/><w:right {3}/></w:tblCellMar>
<w:tblLook {0} w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"/>
<w:tblCaption {0} w:val="Procesplan"/>
<w:tblDescription {0} w:val="Milepæle: hvornår, hvad og hvem"/>
"""
RULE = 'w:val="single" w:sz="4" w:color="8C8C8C"'
ROOM_ABOVE, ROOM_BESIDE = 'w:w="70" w:type="dxa"', 'w:w="100" w:type="dxa"'


def build() -> Any:
    """The template as a python-docx document."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = ""
    without_picture_of_itself(document)
    _styles(document)
    _page(document)
    _head(document)
    document.add_paragraph("{{ titel }}", "Heading 1")
    document.add_paragraph("{{ udgave }}", "Memo Note").paragraph_format.space_after = Pt(8)
    for question, name in QUESTIONS:
        paragraph = document.add_paragraph()
        paragraph.add_run(question).bold = True
        paragraph.add_run(" {{ " + name + " }}")
    _table(document)
    return document


def without_picture_of_itself(document: Any) -> None:
    """python-docx starts from a file with a thumbnail, which shows another document."""
    relations = document.part.package.rels
    for name, relation in list(relations.items()):
        if relation.reltype.endswith("/thumbnail"):
            del relations[name]


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before, after in (("Heading 1", 19, 18, 8), ("Heading 2", 10, 0, 0)):
        heading = styles[name]
        heading.font.size, heading.font.bold = Pt(size), True
        heading.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(after)
    for name, size in (("Memo Note", 9), ("Memo Head", 8.5), ("Memo Cell", 10)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(0)
        if name != "Memo Cell":
            style.font.color.rgb = QUIET
    for name in ("Normal", "Heading 1", "Heading 2"):
        in_one_font(styles[name])


def in_one_font(style: Any) -> None:
    """The style in the font of our papers, whatever alphabet it is asked for."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for side in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{side}"), FONT)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.4), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.different_first_page_header_footer = True
    running = section.header.paragraphs[0]
    running.style = document.styles["Memo Head"]
    running.text = "Procesplan: {{ titel }}"
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Memo Head"]
        paragraph.alignment = 2
        paragraph.add_run("Side ")
        field(paragraph, "PAGE")
        paragraph.add_run(" af ")
        field(paragraph, "NUMPAGES")


def field(paragraph: Any, code: str) -> None:
    """A field that Word fills in; "1" until it has."""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )


def _head(document: Any) -> None:
    name = document.add_paragraph()
    name.paragraph_format.space_after = Pt(0)
    run = name.add_run("{{ kommune }}")
    run.bold, run.font.size = True, Pt(14)
    document.add_paragraph("{{ enhed }}")
    for text in (
        "{{ adresse }}",
        "Dato {{ dato }}",
        "Sagsnr. {{ sagsnummer }}",
        "Dokumentnr. {{ dokumentnummer }}",
        "Bilag {{ bilag }}",
        "Sagsbehandler {{ sagsbehandler }}",
    ):
        _beside(document.add_paragraph(text, "Memo Head"))
    document.add_paragraph("Til {{ modtager }}")


def _beside(paragraph: Any) -> None:
    """Set the paragraph in the right margin block; its place in the reading order stays."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:framePr {nsdecls("w")} w:w="3100" w:hSpace="200" w:wrap="around" '
            'w:vAnchor="page" w:hAnchor="page" w:x="7650" w:y="1400"/>'
        )
    )
    properties = paragraph._p.pPr  # the schema has the frame near the front
    properties.insert(1, properties[-1])


def _table(document: Any) -> None:
    table = document.add_table(rows=3, cols=3)
    table.autofit = False
    properties = table._tbl.tblPr
    for xml in TABLE_PROPERTIES.strip().splitlines():
        element = parse_xml(xml.format(nsdecls("w"), RULE, ROOM_ABOVE, ROOM_BESIDE))
        for old in properties.findall(element.tag):
            properties.remove(old)
        properties.append(element)
    _in_schema_order(properties)
    head, phase, milestone = table.rows
    for cell, name in zip(head.cells, ("tid", "emne", "hvem"), strict=True):
        _write(cell, ("Memo Cell", f"{{{{ kolonne_{name} }}}}", True))
        _shade(cell, "ECECEC")
    merged = phase.cells[0].merge(phase.cells[2])
    _write(merged, ("Heading 2", "{{ fase }}", None), ("Memo Note", "{{ formål }}", None))
    _shade(merged, "F5F5F5")
    _write(milestone.cells[0], ("Memo Cell", "{{ tid }}", None))
    _write(
        milestone.cells[1], ("Memo Cell", "{{ emne }}", True), ("Memo Note", "{{ noter }}", None)
    )
    _write(milestone.cells[2], ("Memo Cell", "{{ hvem }}", None))
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    for row in (head, milestone):
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width


def _in_schema_order(properties: Any) -> None:
    """The children of w:tblPr in the order ECMA-376 demands; Word refuses another."""
    order = (
        "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription"
    )
    places = {qn(f"w:{name}"): place for place, name in enumerate(order.split())}
    properties[:] = sorted(properties, key=lambda child: places[child.tag])


def _write(cell: Any, *paragraphs: tuple[str, str, bool | None]) -> None:
    styles = cell.part.document.styles
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for place, (style, text, bold) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style = styles[style]
        paragraph.add_run(text).bold = bold


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


if __name__ == "__main__":
    build().save(str(TEMPLATE))
