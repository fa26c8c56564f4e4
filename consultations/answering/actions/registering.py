"""Letters, mails, calls and what was said at the counter: registered by the administration.

A letter has a day, not an hour: it came in time when that day had begun before the deadline. The
registering itself may happen at any time. One that came too late is registered all the same; a
person decides, with a reason, whether it takes part.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from consultations.alike import actions as alike
from consultations.enums import Channel
from consultations.models import Attachment, Invitation, Response, ResponseRevision, Round
from consultations.notices.telling import tell_received
from consultations.responses import content as received
from consultations.responses.passages import search_words
from consultations.review.actions import annexes
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile, User
from kommuneplan.uploads import Accepted, Refused, look_outside, too_many

from .numbering import next_number


@dataclass(frozen=True, slots=True)
class Registration:
    """What the administration writes down. ``sender``: the fields of Sender by name, of which
    none must be there. ``time`` is that of a mail; a letter has none. ``verified``: it is known
    who sent it; ``names_public``: they know that names are published here."""

    channel: str
    day: dt.date
    sender: dict[str, Any]
    text: str = ""
    time: dt.time | None = None
    helper: str = ""
    invitation: Invitation | None = None
    verified: bool = False
    names_public: bool = False
    no_remarks: bool = False
    files: tuple[tuple[str, bytes], ...] = field(default=())


def arrived(day: dt.date, time: dt.time | None) -> dt.datetime:
    """The instant that counts: the day's beginning in Denmark where no hour is known."""
    return dt.datetime.combine(day, time or dt.time.min, tzinfo=COPENHAGEN)


def accepted(files: Iterable[tuple[str, bytes]]) -> list[tuple[Accepted, bytes]]:
    """The files as they may be taken in. Raises AnnexRefused with words for the reader."""
    given = list(files)
    much = too_many(len(given), sum(len(data) for _name, data in given))
    if much is not None:
        raise annexes.AnnexRefused(str(much.message))
    found = []
    for name, data in given:
        verdict = look_outside(name, data)
        if isinstance(verdict, Refused):
            raise annexes.AnnexRefused(f"{name}: {verdict.message}")
        found.append((verdict, data))
    return found


def register(*, round: Round, what: Registration, key: uuid.UUID, by: User | None) -> Response:
    """Register a response that came another way than through the website.

    ``key`` comes from the form: sent twice, it is the same response. Raises AnnexRefused for a
    file that cannot be taken in; nothing is registered then.
    """
    files = accepted(what.files)  # reading them takes time: before the round is locked
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=round.pk)
        known = Response.objects.filter(key=key, round=row).first()
        return known or _registered(row, what, files, key, by)


def _registered(
    round: Round,
    what: Registration,
    files: list[tuple[Accepted, bytes]],
    key: uuid.UUID,
    by: User | None,
) -> Response:
    at = arrived(what.day, what.time)
    files_of = {
        uuid.uuid4(): StoredFile.keep(
            verdict.clean_name, data, verdict.content_type, by, scan_state=ScanState.WAITING
        )
        for verdict, data in files
    }
    content = _content_of(what, files_of)
    response = Response(
        **{name: value for name, value in content["sender"].items() if value != ""},
        round=round,
        number=next_number(round),
        key=key,
        invitation=what.invitation,
        channel=Channel(what.channel),
        received_at=at,
        registered_by=by,
        helper=what.helper,
        verified_at=at if what.verified else None,
        is_late=is_late(round, what.invitation, at),
        no_remarks=what.no_remarks,
        search_text=search_words(content),
    )
    response._history_user = by
    response.save()
    ResponseRevision.objects.create(
        response=response,
        number=1,
        key=key,
        content=content,
        sha256=received.sha256_of(content),
        received_at=at,
    )
    _attach(response, files_of, by)
    alike.later(round)
    tell_received(round=round, by=by)
    return response


def _content_of(what: Registration, files_of: dict[uuid.UUID, StoredFile]) -> dict[str, Any]:
    files = [
        {"uid": str(uid), "name": file.name, "sha256": file.sha256}
        for uid, file in files_of.items()
    ]
    return received.content(
        sender=what.sender, text=what.text, files=files, names_public=what.names_public
    )


def _attach(response: Response, files: dict[uuid.UUID, StoredFile], by: User | None) -> None:
    for uid, file in files.items():
        annex = Attachment(uid=uid, response=response, file=file)
        annex._history_user = by
        annex.save()
        annexes.later(annex, by)


def is_late(round: Round, invitation: Invitation | None, at: dt.datetime) -> bool:
    """Did it come after the deadline: the party's own, where it has one, else the round's?"""
    deadline = round.deadline_of(invitation)
    return deadline is not None and at >= deadline


def the_same(response: Response) -> Response | None:
    """An earlier response of the round that says exactly the same, sender included."""
    seal = response.newest.sha256
    others = response.round.responses.filter(revisions__sha256=seal).exclude(pk=response.pk)
    return others.order_by("number").first()
