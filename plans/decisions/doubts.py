"""What is odd about an outcome that is to be recorded. It is asked about and never refused: a body
may meet on another day than was planned, and protocols are written up in any order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kommuneplan.fingerprint import digest
from kommuneplan.personal import DataKind, find
from plans.models import Treatment

_ASKED = {DataKind.CPR, DataKind.EMAIL, DataKind.PHONE}


@dataclass(frozen=True, slots=True)
class Doubt:
    """``kind``: ``meeting`` (dated before the meeting, on ``day``), ``ahead`` (``body``, which is
    before it in the chain, decided later, on ``day``, or has not decided yet), ``after`` (``body``
    comes after it and decided before, on ``day``), ``personal`` (``words`` look personal, and
    everybody will read them)."""

    kind: str
    body: str = ""
    day: dt.date | None = None
    words: str = ""


def doubts_about(
    treatment: Treatment, *, decided_on: dt.date, wording: str = "", is_closed: bool = False
) -> list[Doubt]:
    """The doubts about an outcome of that day, with those words."""
    found = []
    meeting = treatment.meeting
    if meeting is not None and decided_on < meeting.date:
        found.append(Doubt("meeting", meeting.body.name, meeting.date))
    for other in treatment.matter.treatments.select_related("body").order_by("position"):
        if other.position < treatment.position:
            if other.decided_on is None or other.decided_on > decided_on:
                found.append(Doubt("ahead", other.body.name, other.decided_on))
        elif other.position > treatment.position and (other.decided_on or decided_on) < decided_on:
            found.append(Doubt("after", other.body.name, other.decided_on))
    if not is_closed:
        quotes = [one.quote for one in find(wording) if one.kind in _ASKED]
        found += [Doubt("personal", words=quote) for quote in dict.fromkeys(quotes)]
    return found


def seal_of(doubts: list[Doubt]) -> str:
    """What somebody answers who says "yes" to exactly these."""
    return digest(repr(doubts)) if doubts else ""
