"""Opening what was received: who did it, and when, is written down before it is shown."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from consultations.models import Attachment, OriginalRead, Response, Round
from kommuneplan import clock
from kommuneplan.core.models import User

LASTS = dt.timedelta(hours=8)  # a working day: then it is asked and written down again
RESPONSE, ANNEX = "response", "annex"


@transaction.atomic
def open_original(*, response: Response, by: User) -> OriginalRead:
    """Somebody opens a response as received; for a working day they may read it."""
    return _read(response.round, response, RESPONSE, by)


@transaction.atomic
def open_annex(*, annex: Attachment, by: User) -> OriginalRead:
    """Somebody fetches an annex as received."""
    return _read(annex.response.round, annex.response, ANNEX, by)


def _read(round: Round, response: Response, what: str, by: User) -> OriginalRead:
    return OriginalRead.objects.create(
        user=by, round=round, response=response, what=what, at=clock.now()
    )


def has_opened(response: Response, *, by: User, at: dt.datetime, annex: bool = False) -> bool:
    """Has the person opened the response as received within the last hours? ``annex``: fetching
    one of its annexes counts as well."""
    what = [RESPONSE, ANNEX] if annex else [RESPONSE]
    return OriginalRead.objects.filter(
        user=by, response=response, what__in=what, at__gt=at - LASTS
    ).exists()
