"""``manage.py worker``: send what waits, make long documents; runs beside the server for ever.

Without it nothing is lost, but nothing is sent or made either: the page of mails and
/healthz/worker say so. Its exit code is 0 when it was told to end, and only then: whoever looks
after it (systemd, say) starts it again.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django_q import cluster
from django_q.tasks import async_task

from kommuneplan.core.models import WorkerBeat
from kommuneplan.core.upkeep import EVERY_MINUTE, ensure_schedule

log = logging.getLogger(__name__)

GRACE = 60  # seconds to end what is being done; what is broken off then is taken up again
# What django-q writes where a hand's seconds are counted down.
TOO_SLOW, DONE_ITS_SHARE = 0, -2
PATIENCE = 10  # seconds for the others, when one has died
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class _Cluster(cluster.Cluster):
    """django-q's, which ends for certain: its processes wait for each other under locks, and one
    that was killed with a lock in its hand would keep the others waiting for ever."""

    def sig_handler(self, signum: int, frame: Any) -> None:
        """Ctrl-C or SIGTERM: in order if that can be, and in any case soon."""
        signal.alarm(GRACE)
        super().sig_handler(signum, frame)


class _Sentinel(cluster.Sentinel):
    """django-q's, which looks after the hands. One that is too slow or has done its share is
    replaced; but one that died, died with whatever it held, and the others may wait for it for
    ever. So all of them end, in order if that can be, and begin anew."""

    def start(self) -> None:
        """Begin, and have somebody look who waits for nobody."""
        threading.Thread(target=self._look, daemon=True).start()
        super().start()

    def reincarnate(self, process: Any) -> None:
        """Replace a hand that ends as agreed; end with all of them when one has died."""
        if process in self.pool and process.timer.value in (TOO_SLOW, DONE_ITS_SHARE):
            super().reincarnate(process)
            return
        log.error("A process of the worker has died (%s): it ends", process.exitcode)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        self.stop()
        os._exit(1)

    def _look(self) -> None:
        """A hand may die with the lock that its guard asks for, who then never comes to see it."""
        seconds = 0
        while not self.stop_event.is_set():
            time.sleep(1)
            everybody = (*self.pool, self.monitor, self.pusher)
            has_died = any(one is not None and one.exitcode is not None for one in everybody)
            seconds = seconds + 1 if has_died else 0
            if seconds > PATIENCE:
                os._exit(1)


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
        cluster.Sentinel = _Sentinel  # the cluster takes its own from there
        started = _Cluster()
        started.start()
        started.sentinel.join()
        if started.sentinel.exitcode:
            raise SystemExit(1)
