"""Who has had the words of responses as received before them: noted once a day for each person."""

from __future__ import annotations

import datetime as dt

from consultations.models import OriginalRead, Round
from kommuneplan.core.models import User

from ..remarks import READ_HERE


def note_reading(*, round: Round, by: User, at: dt.datetime) -> None:
    """Note that somebody has read what is handled in a round."""
    OriginalRead.objects.create(user=by, round=round, what=READ_HERE, at=at)
