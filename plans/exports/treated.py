"""What the bodies were recommended and did with it, on paper: the last chapter of a published
plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.documents.prose import Block, Listing, Quote, paragraphs
from kommuneplan.documents.whole import Chapter, chapter
from plans.enums import ItemType, Outcome, Purpose
from plans.public.treated import TreatedClause, TreatedItem

from .words import long_day


def treated_chapters(treated: Iterable[TreatedItem]) -> Iterator[Chapter]:
    """A chapter with one below it for each item; none where nothing is told."""
    items = list(treated)
    if not items:
        return
    lead = _("The protocol is authoritative; what stands here is an extract.")
    yield chapter(_("Treated by the bodies"), 1, paragraphs(lead, quiet=True))
    for one in items:
        title = f"{long_day(one.day)}, {one.body}"
        yield chapter(title, 2, tuple(_blocks(one)))


def _blocks(one: TreatedItem) -> Iterator[Block]:
    called = one.title or capfirst(str(Purpose(one.purpose).label))
    label = f"{one.label}. " if one.label else ""
    yield from paragraphs(f"{label}{called} ({ItemType(one.item_type).label})")
    yield from paragraphs(one.summary)
    if one.sender:
        yield from paragraphs(_sender(one))
    if one.clauses:
        yield Listing(tuple(tuple(_clause(row)) for row in one.clauses), ordered=True)
    if not one.outcome or one.decided_on is None:
        yield from paragraphs(_("No outcome is recorded."))
        return
    yield from paragraphs(f"{Outcome(one.outcome).label}, {long_day(one.decided_on)}")
    yield from _quoted(one.wording)
    if one.protocol:
        yield from paragraphs(_("Protocol: %(address)s") % {"address": one.protocol})


def _sender(one: TreatedItem) -> str:
    if one.clauses:
        return _("%(who)s recommends") % {"who": one.sender}
    return _("%(who)s recommends; the words are not recorded.") % {"who": one.sender}


def _clause(row: TreatedClause) -> Iterator[Block]:
    said = f" ({Outcome(row.outcome).label})" if row.outcome else ""
    yield from paragraphs(f"{row.words}{said}")
    yield from _quoted(row.wording)


def _quoted(words: str) -> Iterator[Block]:
    if words.strip():
        yield Quote(tuple(paragraphs(words.strip())))
