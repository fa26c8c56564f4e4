"""A status report as Word, in a template that a municipality can replace by its own.

It is set like a whole plan, without a title page of its own. See docs/skabeloner.md.
"""

from __future__ import annotations

import functools
import hashlib

from .whole import Whole
from .whole_docx import PARTS, render_whole
from .whole_docx import TEMPLATE as PLAN_TEMPLATE

TEMPLATE = PLAN_TEMPLATE.with_name("statusrapport.docx")
FACTS = (
    *("plan", "modtager", "periode", "dato", "udgave", "enhed"),
    *("sagsnummer", "dokumentnummer", "sagsbehandler"),
)
HEAD = ("kommune", "adresse", "titel", "slags", "mærke", "løbetitel", "bemærkning")
NAMES = frozenset({*PARTS, *FACTS, *HEAD})


def render_status(whole: Whole, template: bytes | None = None) -> bytes:
    """The report as a .docx. Raises TemplateProblem when the template cannot be used."""
    return render_whole(whole, lambda uid: None, template or _own_template(), names=FACTS)


@functools.cache
def _own_template() -> bytes:
    return TEMPLATE.read_bytes()


@functools.cache
def own_template_digest() -> str:
    """The digest of the template that comes along; part of a cache key."""
    return hashlib.sha256(_own_template()).hexdigest()[:16]
