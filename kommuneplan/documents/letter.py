"""A letter as Word and as PDF: a head, some facts, one text. Plain data in, bytes out."""

from __future__ import annotations

import io
from typing import Any

from . import pdf
from .memo import on_one_line
from .placeholders import describe
from .typesetting import typeset_apart
from .whole import Whole
from .whole_pdf import as_data, laid_out

TEMPLATE = pdf.ROOT / "templates" / "documents" / "brev.typ"
STYLES = TEMPLATE.with_name("plan.docx")
WIDTH = 8400  # of a line, in twentieths of a point


def render_letter_pdf(letter: Whole) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a; signs the fonts do not have are shown as □."""

    def make(data: dict[str, Any]) -> bytes:
        return typeset_apart(laid_out(TEMPLATE, data), created=letter.created)

    return pdf.with_known_signs(as_data(letter), make)


def render_letter_docx(letter: Whole) -> bytes:
    """The letter as Word, in the styles of the template for plans, to be written on in."""
    from docx import Document
    from docx.oxml import parse_xml

    from .word_body import NAMESPACES, Writer

    document = Document(io.BytesIO(STYLES.read_bytes()))
    _emptied(document)
    describe(document, letter)
    document.add_paragraph().add_run(on_one_line(letter.municipality)).bold = True
    for line in letter.address.splitlines():
        document.add_paragraph(line)
    for _name, label, value in letter.facts:
        document.add_paragraph(f"{label}: {on_one_line(value)}")
    writer = Writer(document, {}, WIDTH, "{words}", document.styles.element)
    end = document.element.body.sectPr
    for chapter in letter.chapters:
        document.add_heading(on_one_line(chapter.title), level=1)
        content = writer.blocks(chapter.blocks, top=1)
        for element in [*parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")]:
            end.addprevious(element)
    writer.notes.close()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _emptied(document: Any) -> None:
    """The template without its own words; page and styles stay."""
    body = document.element.body
    for element in [*body]:
        if element is not body.sectPr:
            body.remove(element)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            for paragraph in part.paragraphs:
                paragraph.clear()
