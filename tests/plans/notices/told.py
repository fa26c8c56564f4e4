"""An ordinary week, and what arrives in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import mail as outbox

from kommuneplan import clock
from kommuneplan.core.mail import sending
from kommuneplan.core.notices import telling

MONDAY = dt.datetime(2027, 3, 1, 10, tzinfo=clock.COPENHAGEN)
TUESDAY = MONDAY.replace(day=2, hour=7)


def told(*, urgent: bool = False) -> list[Any]:
    """What arrives when the worker has looked."""
    outbox.outbox.clear()
    telling.tell_urgent() if urgent else telling.tell_by_day()
    sending.send_waiting()
    return outbox.outbox
