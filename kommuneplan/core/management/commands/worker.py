"""``manage.py worker``: send what waits, make long documents; runs beside the server for ever.

Without it nothing is lost, but nothing is sent or made either: the page of mails and /healthz
say so.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django_q.cluster import Cluster
from django_q.tasks import async_task

from kommuneplan.core.models import WorkerBeat
from kommuneplan.core.upkeep import EVERY_MINUTE, ensure_schedule


class Command(BaseCommand):
    """Start the worker; it ends, after what it is doing, on Ctrl-C or SIGTERM."""

    help = "Sends mails and makes long documents in the background."

    def handle(self, *args: Any, **options: Any) -> None:
        """The first look is at once, the others every minute."""
        ensure_schedule()
        WorkerBeat.give()
        async_task(EVERY_MINUTE)
        connections.close_all()  # no connection is shared with the processes it starts
        Cluster().start()
