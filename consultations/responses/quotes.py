"""The draft that is answered: which of its blocks a remark can be about, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from plans.document.plan_document import PlanDocument

LONGEST_QUOTE = 300  # letters of a block that are kept with a remark


class NoSuchBlock(ValueError):
    """The version has no block with that anchor."""


def words_of(document: PlanDocument, anchor: str) -> str:
    """The words of a paragraph, focus area or milestone, or of a block of any other part. Raises
    NoSuchBlock."""
    for place in document.cited():
        if place.anchor == anchor and place.quote is not None:
            return place.quote
    raise NoSuchBlock(anchor)


def quote(document: PlanDocument, anchor: str, marked: str = "") -> str:
    """What is kept with a remark: the words that were marked, if they stand in the block, else
    the beginning of the block. Raises NoSuchBlock."""
    words = words_of(document, anchor)
    marked = " ".join(marked.split())
    kept = marked if marked and marked in words else words
    return kept if len(kept) <= LONGEST_QUOTE else kept[: LONGEST_QUOTE - 1] + "…"


def quotes(document: PlanDocument | None, remarks: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """By the uid of each remark that was received, the words of the draft it is about, as far as
    the draft can be read now: words that were hidden in it since are not told again."""
    if document is None:
        return {}
    found = {}
    for one in remarks:
        with suppress(NoSuchBlock):
            kept, words = one["quote"].removesuffix("…"), words_of(document, one["anchor"])
            found[one["uid"]] = one["quote"] if kept in words else quote(document, one["anchor"])
    return found
