"""TO SAY"""

from __future__ import annotations

from collections.abc import Iterator

from kommuneplan.personal import Kind, find
from kommuneplan.richtext.blocks import plain

from .plan_document import PlanDocument

_ASKED = {Kind.CPR, Kind.EMAIL, Kind.PHONE}


def _texts(document: PlanDocument, whole: bool) -> Iterator[tuple[str, str]]:
    for line in document.process_plan.milestones:
        yield line.title, " ".join([line.title, line.description, line.written, *line.bodies])
    if not whole:
        return
    head = document.head
    yield head.title, " ".join([head.title, head.proposal, head.still_open, head.decided_by])
    for section in document.text:
        words = " ".join(plain(block.html) for block in section.blocks)
        yield section.title, f"{section.title} {words}"


def personal_looking(document: PlanDocument, *, whole: bool = False) -> list[tuple[str, str]]:
    """Texts of a process plan, or of the ``whole`` document, with something like a CPR number,
    e-mail or telephone number, as (title of milestone or section, what was found)."""
    found = [
        (title, finding.quote)
        for title, text in _texts(document, whole)
        for finding in find(text)
        if finding.kind in _ASKED
    ]
    return list(dict.fromkeys(found))
