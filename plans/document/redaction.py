"""A frozen document with some of its blocks' words taken out. Pure.

What is left says so, in the words a reader meets ("Fjernet den 22. november 2026"), so that page,
paper, calendar and comparison need to know nothing of it. Dates, places in the document and names
of bodies stay; everything somebody wrote goes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from kommuneplan.personal import DataKind, find
from kommuneplan.timespan.phrase import day_words

from . import plan_document as doc

_IN_A_TITLE = {DataKind.CPR, DataKind.EMAIL, DataKind.PHONE}


def removed_words(day: dt.date) -> str:
    """What stands where something was. It is part of a frozen document, which is in Danish."""
    return f"Fjernet den {day_words(day)}"


def redacted(document: doc.PlanDocument, days: Mapping[str, dt.date]) -> doc.PlanDocument:
    """The document without the words of some blocks: by anchor, the day each was removed.

    Done to a document that has been through it, nothing changes.
    """
    removed = {anchor: removed_words(day) for anchor, day in days.items()}
    head = _head(document.head, removed["head"]) if "head" in removed else document.head
    values = {part.key: part.redact(value, removed) for part, value in document.each()}
    return dataclasses.replace(document.with_values(values), head=head)


def _head(head: doc.PlanSummary, removed: str) -> doc.PlanSummary:
    """The title stays, for the plan is known by it, unless the number stands in the title."""
    title = removed if any(one.kind in _IN_A_TITLE for one in find(head.title)) else head.title
    return dataclasses.replace(
        head,
        title=title,
        proposal=removed,
        still_open="",
        decided_by="",
        sender_unit="",
        replaces=(),
        recipients=(),
        annex_number="",
        case_worker="",
    )


def words_of(document: doc.PlanDocument) -> dict[str, str]:
    """By anchor, in reading order, what somebody wrote in each block."""
    return {block.anchor: block.written for block in document.words()}
