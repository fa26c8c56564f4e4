"""The Word template for status reports that comes with the program.

``python -m kommuneplan.documents.status_template`` writes it to templates/documents/.
A municipality replaces it by its own (docs/skabeloner.md).
"""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from . import whole_template
from .status_docx import TEMPLATE

FACTS = (
    ("Plan", "plan"),
    ("Til", "modtager"),
    ("Periode", "periode"),
    ("Dato", "dato"),
    ("Udgave", "udgave"),
    ("Afsender", "enhed"),
    ("Sagsnr.", "sagsnummer"),
    ("Dokumentnr.", "dokumentnummer"),
    ("Sagsbehandler", "sagsbehandler"),
)


def build() -> Any:
    """The template as a python-docx document: its head and its text begin on one page, for a
    report has few of them; it has no contents."""
    document = whole_template.build(FACTS, ())
    for paragraph in [*document.paragraphs]:
        if paragraph.text == "{{ indhold }}":
            paragraph._p.getparent().remove(paragraph._p)
        elif paragraph.text == "{{ tekst }}":
            paragraph.paragraph_format.page_break_before = False
    cover = document.element.body[0]
    for spacing in cover.iter(f"{{{cover.nsmap['w']}}}spacing"):
        if spacing.before and spacing.before > Pt(60):
            spacing.before = Pt(30)
    return document


if __name__ == "__main__":
    build().save(str(TEMPLATE))
