"""The Word template for papers for agendas that comes with the program.

``python -m kommuneplan.documents.agenda_paper_template`` writes it to templates/documents/.
A municipality replaces it by its own (docs/skabeloner.md).
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from .agenda_paper import WORD
from .memo_template import without_picture_of_itself
from .whole_template import arranged

FACTS = (
    ("Til", "modtager"),
    ("Udvalg", "udvalg"),
    ("Møde", "møde"),
    ("Sagstype", "sagstype"),
    ("Fra", "enhed"),
    ("Dato", "dato"),
    ("Sagsnr.", "sagsnummer"),
    ("Dokumentnr.", "dokumentnummer"),
    ("Sagsbehandler", "sagsbehandler"),
)


def build() -> Any:
    """The template as a python-docx document."""
    document = Document()
    for name in ("author", "comments", "title"):
        setattr(document.core_properties, name, "")
    without_picture_of_itself(document)
    arranged(document)
    document.add_paragraph("{{ kommune }}", "Kommune")
    document.add_paragraph("{{ adresse }}", "Småt")
    mark = document.add_paragraph("{{ mærke }}", "Oplysning")
    mark.runs[0].bold = True
    mark.paragraph_format.space_before = Pt(14)
    mark._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" '
            'w:color="1A1A1A"/></w:pBdr>'
        )
    )
    title = document.add_paragraph("{{ titel }}", "Title")
    title.paragraph_format.space_before = Pt(18)
    title.style.font.size = Pt(22)
    document.add_paragraph("{{ slags }}", "Plantype").paragraph_format.space_after = Pt(14)
    for label, name in FACTS:
        line = document.add_paragraph(f"{label}\t{{{{ {name} }}}}", "Oplysning")
        line.paragraph_format.tab_stops.add_tab_stop(Cm(3.4))
        line.paragraph_format.left_indent = Cm(3.4)
        line.paragraph_format.first_line_indent = -Cm(3.4)
    document.add_paragraph("{{ bemærkning }}").paragraph_format.space_before = Pt(12)
    document.add_paragraph("{{ tekst }}")
    return document


if __name__ == "__main__":
    build().save(str(WORD))
