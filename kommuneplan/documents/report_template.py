"""The Word template for reports on consultations that comes with the program.

``python -m kommuneplan.documents.report_template`` writes it to templates/documents/.
A municipality replaces it by its own (docs/skabeloner.md).
"""

from __future__ import annotations

from typing import Any

from . import whole_template
from .report_docx import TEMPLATE

FACTS = (
    ("Ansvarlig", "udvalg"),
    ("Høringsperiode", "høringsperiode"),
    ("Høringssvar", "høringssvar"),
    ("Høringsudkast", "høringsudkast"),
    ("Udgave", "udgave"),
    ("Dato", "dato"),
    ("Sagsnr.", "sagsnummer"),
    ("Dokumentnr.", "dokumentnummer"),
)


def build() -> Any:
    """The template as a python-docx document."""
    return whole_template.build(FACTS, ())


if __name__ == "__main__":
    build().save(str(TEMPLATE))
