"""What citizens and parties sent, what is shown of it, and what was made of it is as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.enums import EventKind, PublicationState
from consultations.models import Report, Response, ResponseRevision, Round, RoundEvent
from consultations.responses.content import sha256_of
from consultations.responses.public_form import WORDS_KNOWN
from consultations.review.reviews import clearances, with_parts
from kommuneplan.core.integrity import IntegrityCheck, IntegrityFault, register_integrity

_WORDS = ("text", "answers", "remarks")


def register_own() -> None:
    """Called once, when the app is ready."""
    for key, label, look in (
        ("received", gettext_lazy("Responses as received"), _received),
        ("shown", gettext_lazy("Responses as everybody reads them"), _shown),
        ("deadlines", gettext_lazy("Deadlines of rounds"), _deadlines),
        ("reports", gettext_lazy("Reports"), _reports),
    ):
        register_integrity(IntegrityCheck(f"consultations.{key}", label, look))


def _received() -> Iterator[IntegrityFault | None]:
    """Each revision is what its receipt says; each names its annexes by what is in them; none of
    those before it is gone."""
    rows = ResponseRevision.objects.select_related("response__round")
    expected: dict[int, int] = {}
    for row in rows.order_by("response", "number").prefetch_related("response__attachments__file"):
        expected[row.response_id] = expected.get(row.response_id, 0) + 1
        if row.number != expected[row.response_id]:
            yield IntegrityFault(str(row.response), _("a revision before this one is gone"))
        elif sha256_of(row.content) != row.sha256:
            yield IntegrityFault(str(row), _("it is not what was received: the seal does not fit"))
        elif not _has_its_files(row):
            yield IntegrityFault(str(row), _("an annex is not the file that was handed in"))
        else:
            yield None
    for response in Response.objects.filter(revisions=None).select_related("round"):
        yield IntegrityFault(str(response), _("nothing of what was received is there"))


def _has_its_files(row: ResponseRevision) -> bool:
    there = {str(one.uid): one.file.sha256 for one in row.response.attachments.all()}
    listed = row.content.get("files") or ()
    return all(there.get(str(one.get("uid"))) == one.get("sha256") for one in listed)


def _shown() -> Iterator[IntegrityFault | None]:
    """The words that everybody reads are those received, without what is taken out. Names follow
    the settings of the day they were cleared, and are not compared."""
    rows = Response.objects.filter(
        publication_state=PublicationState.CLEARED, revisions__isnull=False
    ).distinct()
    for state in clearances(with_parts(rows.order_by("pk"))):
        row = state.response
        known: dict[str, Any] = (row.published or {}).get(WORDS_KNOWN) or {}
        if row.published.get("revision") != str(state.revision.uid):
            yield IntegrityFault(str(row), _("another revision is shown than the newest"))
        elif any(_plain(known.get(part)) != _plain(part_now) for part, part_now in _now(state)):
            yield IntegrityFault(str(row), _("other words are shown than were received"))
        else:
            yield None


def _now(state: Any) -> Iterator[tuple[str, Any]]:
    shown = state.shown.to_json()
    return ((part, shown[part]) for part in _WORDS)


def _plain(value: Any) -> Any:
    """As JSON holds it: no tuples."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _deadlines() -> Iterator[IntegrityFault | None]:
    """The deadline of a round is that of the last event that moved it."""
    moving = [EventKind.EXTENDED, EventKind.CLOSED_EARLY]
    events = RoundEvent.objects.filter(invitation=None, kind__in=moving).order_by("at", "pk")
    last = {one.round_id: one for one in events}
    for round in Round.objects.filter(closes_at__isnull=False).order_by("pk"):
        event = last.get(round.pk)
        if event is not None and event.new_closes_at != round.closes_at:
            yield IntegrityFault(str(round), _("its deadline is not that of its last event"))
        else:
            yield None


def _reports() -> Iterator[IntegrityFault | None]:
    for row in Report.objects.select_related("round").order_by("pk").iterator(50):
        if hashlib.sha256(row.content.encode()).hexdigest() == row.digest:
            yield None
        else:
            yield IntegrityFault(str(row), _("the report is not as it was made"))
