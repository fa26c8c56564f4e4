"""What is filed of a round on paper: responses as received and as published; the parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import SenderKind
from kommuneplan.clock import COPENHAGEN
from kommuneplan.documents.prose import Block, Heading, Paragraph, paragraphs, words
from kommuneplan.documents.report_pdf import render_short
from kommuneplan.documents.whole import Whole, chapter

from .paper import table

Facts = tuple[tuple[str, str, str], ...]


def received_pdf(
    content: Mapping[str, Any], *, title: str, facts: Facts, municipality: str, at: dt.datetime
) -> bytes:
    """A response as it was received, every word of it; ``content`` is that of its revision."""
    return _paper(title, facts, municipality, at, [*_received(content)])


def _received(content: Mapping[str, Any]) -> Iterator[Block]:
    rows = [*_sender(content.get("sender") or {})]
    if rows:
        yield Heading(words(_("Sender")))
        yield table((_("Field"), _("Value")), rows, (1.0, 2.0))
    yield Heading(words(_("Response")))
    yield from paragraphs(str(content.get("text") or "–"))
    for one in content.get("answers") or ():
        yield Heading(words(str(one.get("asked") or _("Question"))))
        yield from paragraphs(str(one.get("words") or "–"))
    for one in content.get("remarks") or ():
        yield Heading(words(_("Remark on a paragraph")))
        if one.get("quote"):
            yield Paragraph(words(f"“{one['quote']}”"), quiet=True)
        yield from paragraphs(str(one.get("words") or "–"))
    files = [str(one.get("name") or "") for one in content.get("files") or ()]
    if files:
        yield Heading(words(_("Annexes")))
        yield from paragraphs("\n".join(files))


def _sender(sender: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything that was said of the sender; what has no name of its own here keeps its key."""
    names = {
        "sender_kind": _("Answers as"),
        "name": _("Name"),
        "organisation": _("Organisation"),
        "role": _("Role"),
        "postcode": _("Postcode"),
        "email": _("E-mail"),
        "is_protected": _("Protected name and address"),
    }
    for key, value in sender.items():
        if value in ("", None, False):
            continue
        said = _("Yes") if value is True else str(value)
        if key == "sender_kind" and value in SenderKind.values:
            said = capfirst(str(SenderKind(value).label))
        yield names.get(key, key), said


def published_pdf(
    text: str, *, title: str, facts: Facts, municipality: str, at: dt.datetime
) -> bytes:
    """A response as everybody reads it."""
    return _paper(title, facts, municipality, at, [*paragraphs(text or "–")])


def parties_pdf(
    rows: Iterable[Iterable[str]], *, title: str, municipality: str, at: dt.datetime
) -> bytes:
    """The list of parties: name, address, invited, state, deadline."""
    heads = (_("Party"), _("E-mail"), _("Invited"), _("Answer"), _("Own deadline"))
    body = [table(heads, rows, (4.4, 4.2, 2.4, 2.6, 2.4))]
    return _paper(title, (), municipality, at, body)


def _paper(
    title: str, facts: Facts, municipality: str, at: dt.datetime, blocks: list[Block]
) -> bytes:
    stamp = date_format(at.astimezone(COPENHAGEN), "j. F Y \\k\\l. H.i")
    return render_short(
        Whole(
            municipality=municipality,
            title=title,
            document_title=title,
            issue=stamp,
            facts=facts,
            chapters=(chapter("", 0, blocks),),
            labels={
                "page": _("Page {page} of {pages}"),
                "contents": _("Contents"),
                "picture": _("[Image: {words}]"),
            },
            created=int(at.timestamp()),
        )
    )
