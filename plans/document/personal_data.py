"""What in a document looks like personal data, asked before it is published. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kommuneplan.personal import DataKind, find
from plans.enums import Part

from .plan_document import PlanDocument

_ASKED = {DataKind.CPR, DataKind.EMAIL, DataKind.PHONE}


def _texts(document: PlanDocument, whole: bool) -> Iterator[tuple[str, str]]:
    """Those of the process plan first, then the head and the other parts, if asked for."""
    texts = {part.key: part.checked_words(value) for part, value in document.each()}
    yield from texts.pop(Part.PROCESS_PLAN)
    if whole:
        head = document.head
        yield head.title, " ".join([head.title, head.proposal, head.still_open, head.decided_by])
        for words in texts.values():
            yield from words


def personal_looking(document: PlanDocument, *, whole: bool = False) -> list[tuple[str, str]]:
    """Texts of a process plan, or of the ``whole`` document, with something like a CPR number,
    e-mail or telephone number, as (title of milestone or section, what was found)."""
    quotes = [
        (title, finding.quote)
        for title, text in _texts(document, whole)
        for finding in find(text)
        if finding.kind in _ASKED
    ]
    return list(dict.fromkeys(quotes))
