"""Opening what was received: who did it, and when, is written down before it is shown, once for
each opening. The log names the thing by its number; no word of it and no name of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from consultations.models import Attachment, OriginalRead, Response, Round
from kommuneplan import clock
from kommuneplan.core.models import User

LASTS = dt.timedelta(hours=8)  # a working day: then it is asked and written down again
RESPONSE, ANNEX, PACKAGE, BEFORE_RELEASE = "response", "annex", "package", "release"


def open_original(*, response: Response, by: User) -> OriginalRead:
    """Somebody opens a response as received; for a working day they may read it."""
    return write_down(round=response.round, response=response, what=RESPONSE, by=by)


def open_annex(*, annex: Attachment, by: User) -> OriginalRead:
    """Somebody fetches an annex as received."""
    row = annex.response
    return write_down(round=row.round, response=row, thing=annex.uid, what=ANNEX, by=by)


def open_before_release(*, responses: Iterable[Response], by: User) -> None:
    """Somebody reads the words of responses as everybody will, before they are released."""
    for row in responses:
        write_down(round=row.round, response=row, what=BEFORE_RELEASE, by=by)


@transaction.atomic
def write_down(
    *,
    round: Round,
    what: str,
    by: User,
    response: Response | None = None,
    thing: UUID | None = None,
    since: dt.datetime | None = None,
) -> OriginalRead:
    """Write down that somebody has opened something; the row that stands when they have opened it
    already ``since`` then, else within a working day. Pressing twice opens once: the round is
    locked."""
    Round.objects.select_for_update().get(pk=round.pk)
    now = clock.now()
    opened = {"user": by, "round": round, "response": response, "thing": thing, "what": what}
    rows = OriginalRead.objects.filter(**opened, at__gt=since or now - LASTS)
    return rows.first() or OriginalRead.objects.create(**opened, at=now)


def opened_by(user: User, *, at: dt.datetime) -> QuerySet[OriginalRead]:
    """The responses as received that a person has opened within the last hours."""
    return OriginalRead.objects.filter(user=user, what=RESPONSE, at__gt=at - LASTS)


def has_opened(response: Response, *, by: User, at: dt.datetime, annex: bool = False) -> bool:
    """Has the person opened the response as received within the last hours? ``annex``: fetching
    one of its annexes counts as well."""
    what = [RESPONSE, ANNEX] if annex else [RESPONSE]
    return OriginalRead.objects.filter(
        user=by, response=response, what__in=what, at__gt=at - LASTS
    ).exists()
