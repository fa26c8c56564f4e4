"""What the worker looks after: mails and jobs every minute, the rest every hour.

Nothing here decides a state; missing a round only makes a mail or a tidying-up later. Apps
register theirs in ``ready()``: functions without arguments that may be called at any time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django_q.models import Schedule

from kommuneplan import clock

from .mail import sending
from .models import WorkerBeat
from .notices import telling
from .privacy import terms
from .worker import jobs

log = logging.getLogger(__name__)

EVERY_MINUTE = "kommuneplan.core.upkeep.every_minute"

hourly: dict[str, Callable[[], object]] = {}


def register(name: str, function: Callable[[], object]) -> None:
    """Have something done about every hour; a name is registered once."""
    if name in hourly:
        raise ValueError(f"{name} is looked after already")
    hourly[name] = function


def register_upkeep() -> None:
    """What core looks after itself."""
    register("core.mails", sending.tidy)
    register("core.notices", telling.tell_by_day)
    register(terms.UPKEEP, terms.enforce)


def ensure_schedule() -> None:
    """See that the worker is asked to look every minute."""
    Schedule.objects.get_or_create(
        name=EVERY_MINUTE,
        defaults={
            "func": EVERY_MINUTE,
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
            "next_run": clock.now(),
        },
    )


def every_minute() -> None:
    """A sign of life, what is urgent, the mails that are due, the jobs that were left lying.
    Never raises: django-q would keep the words of the exception."""
    last = WorkerBeat.last()
    WorkerBeat.give()
    _safely("notices", telling.tell_urgent)
    _safely("mails", sending.send_waiting)
    _safely("jobs", jobs.take_up)
    if last is None or last.hour != clock.now().hour:
        for name, function in hourly.items():
            _safely(name, function)


def _safely(name: str, function: Callable[[], object]) -> None:
    try:
        function()
    except Exception as error:
        log.error("The worker could not look after %s: %s", name, type(error).__name__)
