"""``manage.py worker``: send what waits, make long documents; runs beside the server for ever.

Without it nothing is lost, but nothing is sent or made either: the page of mails and
/healthz/worker say so.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django_q.cluster import Cluster
from django_q.tasks import async_task

from kommuneplan.core.models import WorkerBeat
from kommuneplan.core.upkeep import EVERY_MINUTE, ensure_schedule

GRACE = 60  # seconds to end what is being done; what is broken off then is taken up again
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class _Cluster(Cluster):
    """django-q's, which ends for certain: its processes wait for each other under locks, and one
    that was killed with a lock in its hand would keep the others waiting for ever."""

    def sig_handler(self, signum: int, frame: Any) -> None:
        """Ctrl-C or SIGTERM: in order if that can be, and in any case soon."""
        signal.alarm(GRACE)
        super().sig_handler(signum, frame)


def _belong_to_the_worker() -> None:
    """In each process it starts: a signal to the group (a terminal, ``timeout``) is for the first
    one alone, and when that one is gone, however it went, so are the others."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


class Command(BaseCommand):
    """Start the worker; it ends, after what it is doing, on Ctrl-C or SIGTERM."""

    help = "Sends mails and makes long documents in the background."

    def handle(self, *args: Any, **options: Any) -> None:
        """The first look is at once, the others every minute."""
        ensure_schedule()
        WorkerBeat.give()
        async_task(EVERY_MINUTE)
        connections.close_all()  # no connection is shared with the processes it starts
        os.register_at_fork(after_in_child=_belong_to_the_worker)
        _Cluster().start()
