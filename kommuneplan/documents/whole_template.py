"""The Word template for whole plans that comes with the program.

``python -m kommuneplan.documents.whole_template`` writes it to templates/documents/.
A municipality replaces it by its own (docs/skabeloner.md); this one shows all that is possible.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from .memo_template import QUIET, field, in_one_font, without_picture_of_itself
from .whole_docx import TEMPLATE

Labelled = tuple[tuple[str, str], ...]  # words, and the placeholder beside or below them
LEFT, RIGHT = Cm(3), Cm(3.2)
FACTS = (
    ("Ansvarlig", "udvalg"),
    ("Enhed", "enhed"),
    ("Status", "status"),
    ("Udgave", "udgave"),
    ("Dato", "dato"),
    ("Sagsnr.", "sagsnummer"),
    ("Dokumentnr.", "dokumentnummer"),
    ("Til", "modtager"),
    ("Bilag", "bilag"),
    ("Sagsbehandler", "sagsbehandler"),
)
QUESTIONS = (
    ("Hvad foreslås der?", "hvad_foreslås"),
    ("Hvad kan stadig ændres?", "hvad_kan_ændres"),
    ("Hvem beslutter, og hvornår?", "hvem_beslutter"),
)
# What the text is set in: (name, rest of the style). A template of the municipality's own may have
# them too; what it lacks is taken over from this one.
_PARAGRAPHS = (
    *(
        (
            f"heading {level}",
            (
                f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
                f'<w:tabs><w:tab w:val="left" w:pos="{620 + 60 * level}"/></w:tabs>'
                f'<w:spacing w:before="{before}" w:after="100" w:line="252" w:lineRule="auto"/>'
                f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
                f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
            ),
        )
        for level, (size, before) in enumerate(
            ((34, 420), (26, 320), (23, 280), (21, 240), (21, 240), (21, 240)), start=1
        )
    ),
    *(
        (
            f"toc {level}",
            (
                f'<w:pPr><w:tabs><w:tab w:val="left" w:pos="{tab}"/></w:tabs>'
                f'<w:spacing w:before="{before}" w:after="50"/>'
                f'<w:ind w:left="{tab}" w:hanging="{tab - left}"/></w:pPr>{look}'
            ),
        )
        for level, (left, tab, before, look) in enumerate(
            (
                (0, 480, 140, "<w:rPr><w:b/></w:rPr>"),
                (480, 1100, 0, ""),
                (1100, 1860, 0, ""),
            ),
            start=1,
        )
    ),
    (
        "TOC Heading",
        (
            '<w:pPr><w:keepNext/><w:spacing w:after="240"/></w:pPr>'
            '<w:rPr><w:b/><w:sz w:val="34"/></w:rPr>'
        ),
    ),
    (
        "Mellemrubrik 1",
        (
            '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="220" '
            'w:after="60"/></w:pPr><w:rPr><w:b/></w:rPr>'
        ),
    ),
    (
        "Mellemrubrik 2",
        (
            '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="180" '
            'w:after="60"/></w:pPr><w:rPr><w:b/><w:color w:val="545454"/></w:rPr>'
        ),
    ),
    ("List Paragraph", '<w:qFormat/><w:pPr><w:spacing w:after="60"/></w:pPr>'),
    (
        "Quote",
        (
            '<w:qFormat/><w:pPr><w:pBdr><w:left w:val="single" w:sz="16" w:space="10" '
            'w:color="8C8C8C"/></w:pBdr><w:ind w:left="280" w:right="280"/></w:pPr>'
        ),
    ),
    (
        "caption",
        '<w:pPr><w:spacing w:before="80" w:after="200"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>',
    ),
    (
        "Tabeltekst",
        (
            '<w:pPr><w:spacing w:before="20" w:after="30" w:line="252" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:sz w:val="19"/></w:rPr>'
        ),
    ),
    (
        "Tabelhoved",
        (
            '<w:pPr><w:spacing w:before="20" w:after="30" w:line="252" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:b/><w:sz w:val="19"/></w:rPr>'
        ),
    ),
    (
        "Småt",
        (
            '<w:pPr><w:spacing w:after="50" w:line="252" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:color w:val="545454"/><w:sz w:val="18"/></w:rPr>'
        ),
    ),
    (
        "footnote text",
        (
            '<w:pPr><w:spacing w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:sz w:val="17"/></w:rPr>'
        ),
    ),
)
_WORDS = (
    ("footnote reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ("Hyperlink", '<w:rPr><w:color w:val="00458A"/><w:u w:val="single"/></w:rPr>'),
)
_RULE = 'w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"'
_TABLE = (
    f"<w:tblPr><w:tblBorders><w:bottom {_RULE}/><w:insideH {_RULE}/></w:tblBorders><w:tblCellMar>"
    '<w:top w:w="50" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="ECECEC"/></w:tcPr></w:tblStylePr>'
)
_BUILT_IN = ("heading", "toc", "list", "quote", "caption", "footnote", "hyperlink")


def build(facts: Labelled = FACTS, questions: Labelled = QUESTIONS) -> Any:
    """The template as a python-docx document, with these lines and questions on its first page."""
    document = Document()
    for name in ("author", "comments", "title"):
        setattr(document.core_properties, name, "")
    without_picture_of_itself(document)
    arranged(document)
    _title_page(document, facts, questions)
    for name in ("indhold", "tekst"):
        paragraph = document.add_paragraph("{{ " + name + " }}")
        paragraph.paragraph_format.page_break_before = True
    return document


def arranged(document: Any) -> None:
    """The styles of all our papers, and the page they are set on."""
    _styles(document)
    _page(document)


def _styles(document: Any) -> None:
    """Only those that are used, with nothing but what the page needs."""
    root = document.styles.element
    wanted = {"normal", "normal table", "default paragraph font", "no list", "header", "footer"}
    for style in [*document.styles]:
        if style.name.lower() not in wanted:
            root.remove(style.element)
    for link in [*root.iter(qn("w:link"))]:  # to styles that are gone now
        link.getparent().remove(link)
    lists = document.part.numbering_part.element
    lists[:] = []  # they belong to such styles; the text brings its own
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.2
    in_one_font(normal)
    for kind, styles in (
        ("paragraph", [(name, f'<w:basedOn w:val="Normal"/>{rest}') for name, rest in _PARAGRAPHS]),
        ("character", _WORDS),
        ("table", [("Plantabel", f'<w:basedOn w:val="TableNormal"/>{_TABLE}')]),
    ):
        for name, rest in styles:
            root.append(_style(kind, name, rest))
    for name, size, after in (("Title", 30, 10), ("Plantype", 14, 44), ("Kommune", 14, 0)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "Title")
        style.base_style = normal
        style.font.size = Pt(size)
        style.font.bold = name != "Plantype"
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.1
    for name in ("Oplysning", "Sidehoved"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.space_after = Pt(2 if name == "Oplysning" else 0)
        if name == "Sidehoved":
            style.font.size = Pt(8.5)
            style.font.color.rgb = QUIET


def _style(kind: str, name: str, rest: str) -> Any:
    """A style; Word knows its own ones by name, all others are said to be ours."""
    identity = "".join(word[0].upper() + word[1:] for word in name.split()).replace("å", "aa")
    own = "" if name.lower().startswith(_BUILT_IN) else ' w:customStyle="1"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{identity}"{own}>'
        f'<w:name w:val="{name}"/>{rest}</w:style>'
    )


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.4)
    section.different_first_page_header_footer = True
    running = document.styles["Sidehoved"]
    for part in (section.header, section.first_page_footer, section.footer):
        part.paragraphs[0].style = running
    _running(section.header.paragraphs[0], "{{ løbetitel }}", "{{ kommune }}")
    _numbers(section.first_page_footer.paragraphs[0], "")
    _numbers(section.footer.paragraphs[0], "{{ udgave }}")


def _running(paragraph: Any, left: str, right: str) -> None:
    """A line with words on the left and on the right."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(21) - LEFT - RIGHT, 2)
    paragraph.add_run(f"{left}\t{right}")


def _numbers(paragraph: Any, left: str) -> None:
    _running(paragraph, left, "Side ")
    field(paragraph, "PAGE")
    paragraph.add_run(" af ")
    field(paragraph, "NUMPAGES")


def _title_page(document: Any, facts: Labelled, questions: Labelled) -> None:
    document.add_paragraph("{{ kommune }}", "Kommune")
    document.add_paragraph("{{ adresse }}", "Småt")
    title = document.add_paragraph("{{ titel }}", "Title")
    title.paragraph_format.space_before = Pt(130)
    mark = document.add_paragraph("{{ mærke }}", "Oplysning")
    mark.runs[0].bold = True
    mark.paragraph_format.space_after = Pt(10)
    mark._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" '
            'w:color="1A1A1A"/></w:pBdr>'
        )
    )
    document.add_paragraph("{{ slags }}", "Plantype")
    for label, name in facts:
        line = document.add_paragraph(f"{label}\t{{{{ {name} }}}}", "Oplysning")
        line.paragraph_format.tab_stops.add_tab_stop(Cm(3.4))
        line.paragraph_format.left_indent = Cm(3.4)
        line.paragraph_format.first_line_indent = -Cm(3.4)
    document.add_paragraph("{{ bemærkning }}").paragraph_format.space_before = Pt(18)
    for question, name in questions:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.add_run(question).bold = True
        paragraph.add_run(" {{ " + name + " }}")
    _as_cover(document)


def _as_cover(document: Any) -> None:
    """Tell Word, and whoever reads the text in again, that all so far is the title page."""
    cover = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Cover Pages"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    paragraphs = [paragraph._p for paragraph in document.paragraphs]
    paragraphs[0].addprevious(cover)
    for paragraph in paragraphs:
        cover[-1].append(paragraph)


if __name__ == "__main__":
    build().save(str(TEMPLATE))
