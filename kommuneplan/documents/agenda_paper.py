"""A paper for the agenda of a meeting as Word and as PDF (PDF/UA-1, PDF/A-2a): a head, then its
sections. In Word in a template that a municipality can replace by its own (docs/skabeloner.md).
"""

from __future__ import annotations

import functools

from . import pdf
from .typesetting import typeset_apart
from .whole import Whole
from .whole_docx import TEMPLATE as PLAN_TEMPLATE
from .whole_docx import render_whole
from .whole_pdf import as_data, laid_out

WORD = PLAN_TEMPLATE.with_name("sagsfremstilling.docx")
LAYOUT = WORD.with_suffix(".typ")
FACTS = (
    *("modtager", "udvalg", "møde", "sagstype", "enhed", "dato", "sagsnummer", "dokumentnummer"),
    *("sagsbehandler", "udgave"),
)
HEAD = ("kommune", "adresse", "titel", "slags", "mærke", "løbetitel", "bemærkning")
NAMES = frozenset({"tekst", *FACTS, *HEAD})


def render_word(paper: Whole, template: bytes | None = None) -> bytes:
    """The paper as a .docx. Raises TemplateProblem when the template cannot be used."""
    return render_whole(paper, lambda uid: None, template or _own_template(), names=FACTS)


def render_pdf(paper: Whole) -> bytes:
    """The paper as a PDF; signs the fonts do not have are shown as □."""
    return pdf.with_known_signs(
        as_data(paper), lambda data: typeset_apart(laid_out(LAYOUT, data), created=paper.created)
    )


@functools.cache
def _own_template() -> bytes:
    return WORD.read_bytes()
