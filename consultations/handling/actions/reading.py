"""Who has had the words of responses as received before them: noted once a day for each person."""

from __future__ import annotations

import datetime as dt

from consultations.models import OriginalRead, Round
from consultations.review.actions.originals import write_down
from kommuneplan.core.models import User

from ..remarks import READ_HERE, begin_of_day


def note_reading(*, round: Round, by: User, at: dt.datetime) -> OriginalRead:
    """Note that somebody has read what is handled in a round."""
    return write_down(round=round, what=READ_HERE, by=by, since=begin_of_day(at))
