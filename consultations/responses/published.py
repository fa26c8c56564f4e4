"""What everybody may read of the responses of a round: those that were cleared, from when the round
says, and of the others their number alone. No live words and no original leave through here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consultations.enums import LateDecision, PublicationState
from consultations.models import Attachment, Redaction, Response, ResponseRevision, Round
from consultations.models.response import due_for_everybody
from kommuneplan.core import virus_scanner
from kommuneplan.core.models import Municipality

from .passages import TakenOut, by_place
from .public_form import WORDS_KNOWN, ShownResponse

PER_PAGE = 20


class Becomes(StrEnum):
    """What everybody sees at a number."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ResponseAnnex:
    """A file that everybody may fetch, by its uid."""

    uid: Any
    title: str
    size: int
    kind: str
    barriers: bool


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A number on the public list. ``words`` and ``label`` are there for those that are shown;
    ``is_late`` was accepted though it came after the deadline."""

    number: int
    becomes: Becomes
    label: str = ""
    words: ShownResponse | None = None
    received_at: dt.datetime | None = None
    channel: str = ""
    is_verified: bool = False
    is_late: bool = False
    no_remarks: bool = False
    annexes: tuple[ResponseAnnex, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicResponses:
    """The responses of a round as everybody reads them. ``has_begun``: the moment has come from
    which cleared ones are shown; before it nothing is, not even a number."""

    round: Round
    has_begun: bool
    shown: int
    page: Page[Any] | None
    lines: tuple[PublishedLine, ...] = ()
    waiting: int = 0


def responses_part(round: Round, *, at: dt.datetime, page: Any = 1) -> PublicResponses:
    """A page of the responses of a round, the lowest number first; what the public page of a
    round shows. At most four queries."""
    rows = round.responses.all()
    if not has_begun(round, at=at):
        return PublicResponses(round, has_begun=False, shown=0, page=None)
    counts = rows.aggregate(
        all=Count("pk"),
        known=Count("pk", filter=_is_known(rows, at=at)),
        shown=Count("pk", filter=Q(pk__in=rows.shown(at=at).values("pk"))),
    )
    pages = Paginator(_known(rows, at=at).order_by("number"), PER_PAGE)
    pages.count = counts["known"]  # counted above, together with the others
    found = pages.get_page(page)
    waiting = counts["all"] - counts["known"]
    lines = _lines(found.object_list, at=at)
    return PublicResponses(round, True, counts["shown"], found, lines, waiting)


def every_response(round: Round, *, at: dt.datetime) -> tuple[PublishedLine, ...]:
    """All that ``responses_part`` shows, page after page, at once."""
    if not has_begun(round, at=at):
        return ()
    return _lines(_known(round.responses.all(), at=at).order_by("number"), at=at)


def response_at(round: Round, number: int, *, at: dt.datetime) -> PublishedLine | None:
    """One number of a round as everybody sees it; None when there is nothing to see."""
    if not has_begun(round, at=at):
        return None
    found = _known(round.responses.filter(number=number), at=at)
    return next(iter(_lines(found, at=at)), None)


def has_begun(round: Round, *, at: dt.datetime) -> bool:
    """Has the moment come from which everybody may read cleared responses?"""
    # Asked as of a response, so that there is one rule; a round without any has none to show.
    rows = Response.objects.filter(due_for_everybody(at), round=round)
    return rows.filter(round__in=_public(at)).exists()


def annexes_shown(*, at: dt.datetime) -> QuerySet[Attachment]:
    """The annexes that everybody may fetch at an instant."""
    return annexes_of(Response.objects.shown(at=at).filter(round__in=_public(at)))


def annexes_of(responses: QuerySet[Response]) -> QuerySet[Attachment]:
    """The annexes that are given out as soon as these responses are shown."""
    rows = Attachment.objects.filter(
        state=PublicationState.CLEARED, response__in=responses.values("pk")
    )
    # What is given out is the replacement where there is one; only that has to be clean.
    safe = virus_scanner.safe_states()
    given_out = Q(published__isnull=True, file__scan_state__in=safe) | Q(
        published__scan_state__in=safe
    )
    return rows.filter(given_out).select_related("file", "published", "response")


def _public(at: dt.datetime) -> QuerySet[Any, Any]:
    return Round.objects.public(at=at).values("pk")


def _known(rows: Any, *, at: dt.datetime) -> QuerySet[Response]:
    """Those whose number is known: shown, hidden, withdrawn, or refused for being late."""
    known: QuerySet[Response] = rows.filter(_is_known(rows, at=at))
    return known


def _is_known(rows: Any, *, at: dt.datetime) -> Q:
    return (
        Q(pk__in=rows.shown(at=at).values("pk"))
        | Q(publication_state=PublicationState.HIDDEN)
        | Q(withdrawn_at__isnull=False)
        | Q(late_decision=LateDecision.REFUSED)
    )


def _becomes(row: Response) -> Becomes:
    if row.withdrawn_at is not None:
        return Becomes.WITHDRAWN
    if row.late_decision == LateDecision.REFUSED:
        return Becomes.REFUSED
    if row.publication_state == PublicationState.HIDDEN:
        return Becomes.HIDDEN
    return Becomes.SHOWN


def _lines(rows: Iterable[Response], *, at: dt.datetime) -> tuple[PublishedLine, ...]:
    responses = list(rows)
    names = Municipality.current().shows_private_names
    files: dict[int, list[ResponseAnnex]] = {}
    for one in annexes_shown(at=at).filter(response__in=[row.pk for row in responses]):
        files.setdefault(one.response_id, []).append(_annex(one))
    return tuple(_line(row, names, tuple(files.get(row.pk, ()))) for row in responses)


def _line(row: Response, names: bool, annexes: tuple[ResponseAnnex, ...]) -> PublishedLine:
    becomes = _becomes(row)
    if becomes != Becomes.SHOWN:
        return PublishedLine(row.number, becomes)
    words = ShownResponse.from_json(row.published[WORDS_KNOWN])
    return PublishedLine(
        number=row.number,
        becomes=becomes,
        label=words.label(row.number, names=names),
        words=words,
        received_at=row.received_at,
        channel=row.channel,
        is_verified=row.is_verified,
        is_late=row.is_late,
        no_remarks=row.no_remarks,
        annexes=annexes,
    )


def _annex(row: Attachment) -> ResponseAnnex:
    file = row.published or row.file
    barriers = any(one.get("weight") == "serious" for one in row.accessibility)
    return ResponseAnnex(row.uid, row.title or file.name, file.size, file.content_type, barriers)


def passages_of(responses: Iterable[Response]) -> dict[int, dict[str, list[TakenOut]]]:
    """What is taken out of each response as its sender last left it, by place; in one query."""
    newer = ResponseRevision.objects.filter(
        response=OuterRef("response"), number__gt=OuterRef("revision__number")
    )
    rows = Redaction.objects.filter(
        ~Exists(newer), response__in=[row.pk for row in responses], lifted_at__isnull=True
    )
    rows_of: dict[int, list[Redaction]] = {}
    for row in rows:
        rows_of.setdefault(row.response_id, []).append(row)
    return {key: by_place(some) for key, some in rows_of.items()}
