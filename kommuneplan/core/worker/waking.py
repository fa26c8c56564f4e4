"""Waking the worker. What is to be done stands in our own tables, and the worker looks there every
minute; waking it only makes it look at once, so nothing is lost with a lost call."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction
from django_q.tasks import async_task

log = logging.getLogger(__name__)


def mail() -> None:
    """Have the queue of mails looked through, once what is being written is committed."""
    transaction.on_commit(partial(_wake, "kommuneplan.core.mail.sending.send_waiting"), robust=True)


def job(uid: str) -> None:
    """Have a job taken up, once it is committed."""
    transaction.on_commit(partial(_wake, "kommuneplan.core.worker.jobs.run", uid), robust=True)


def _wake(function: str, *arguments: str) -> None:
    try:
        async_task(function, *arguments)
    except Exception:
        # What the call is about is stored already; the worker finds it within a minute.
        log.exception("The worker could not be woken")
