"""Long work, made in the background with an honest status.

An app registers a kind in ``ready()`` and starts it with the uid of what it is about::

    jobs.register("consultations.report", make_report)
    job = jobs.start(kind="consultations.report", subject=round.uid, by=user)

    def make_report(subject: UUID, work: jobs.Work) -> None:
        ...                                  # outside a transaction
        work.progress(40)                    # percent; shown at once
        with work.finishing():               # one transaction: the result and "done"
            Report.objects.create(...)

Work may be killed at any point and is then done again from its beginning, so what it writes
before ``finishing`` must bear being written twice. It never says "done" wrongly: the result and
the mark are one transaction, and whoever has lost the lease is refused there (``Lost``).
To say why it cannot be done, raise ``CannotBeMade(code)`` with a registered code.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.enums import JobState
from kommuneplan.core.models import Job, User, WorkerBeat

from . import waking

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
BEAT = 15.0  # seconds between two renewals of the lease
MOST_TRIES = 3

kinds: dict[str, Callable[[uuid.UUID, Work], None]] = {}
names: dict[str, Any] = {}

# Why a job failed, by code; apps add their own with ``register(..., reasons=…)``. No personal data.
reasons: dict[str, Any] = {
    "mistake": _("Something went wrong in the program. Try again; tell us if it happens again."),
    "killed": _("The work was broken off three times. Tell whoever runs the system."),
    "unknown": _("The program does not know how to make this. Tell whoever runs the system."),
}


class CannotBeMade(Exception):
    """The work cannot be done, for a reason that a person can be told: a registered code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Lost(Exception):
    """Somebody else does the work by now: write nothing more."""


def register(
    kind: str,
    function: Callable[[uuid.UUID, Work], None],
    reasons_of_it: dict[str, Any] | None = None,
    *,
    called: Any = "",
) -> None:
    """Make a kind of work known, what it is called in a list, and the reasons for which it cannot
    be done."""
    if kind in kinds:
        raise ValueError(f"{kind} is a kind of work already")
    kinds[kind] = function
    names[kind] = called or kind
    reasons.update(reasons_of_it or {})


@transaction.atomic
def start(
    *,
    kind: str,
    subject: uuid.UUID,
    by: User | None = None,
    lane: str = "",
    sender: str = "",
    weight: int = 0,
) -> Job:
    """Have something made once this transaction is committed; what is being made already is not
    started twice (the job that runs is given back: it may not see what was changed since it
    began). Raises KeyError for an unknown kind.

    ``lane``: one job of it is done at a time, whatever waits (``JobQuerySet.next_in``).
    """
    if kind not in kinds:
        raise KeyError(kind)
    found = Job.objects.about(kind, subject).open().first()
    if found is None:
        try:
            with transaction.atomic():
                found = Job.objects.create(
                    kind=kind,
                    subject=subject,
                    created_by=by,
                    lane=lane,
                    sender=sender,
                    weight=weight,
                )
        except IntegrityError:  # somebody else was a moment earlier
            return Job.objects.about(kind, subject)[0]
        waking.job(str(found.uid))
    return found


def latest(kind: str, subject: uuid.UUID) -> Job | None:
    """The newest job of a kind about a thing."""
    return Job.objects.about(kind, subject).first()


def reason_in_words(job: Job) -> str:
    """Why a job failed, for people; empty when it did not."""
    return str(reasons.get(job.message, reasons["mistake"])) if job.message else ""


class Work:
    """The hold somebody has on a job while doing it."""

    def __init__(self, job: Job, holder: uuid.UUID) -> None:
        self.uid, self.holder = job.uid, holder
        self.finished = False

    def hold(self) -> None:
        """Renew the lease. Raises Lost when somebody else has taken the work up."""
        self._write(held_until=clock.now() + LEASE)

    def progress(self, percent: int) -> None:
        """Say how far it has come (0–99); call it outside transactions. Raises Lost."""
        self._write(progress=max(0, min(99, percent)), held_until=clock.now() + LEASE)

    def _write(self, **values: Any) -> None:
        if not Job.objects.held_by(self.uid, self.holder).update(**values):
            raise Lost

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Write the result: in the same transaction the job is marked done. Raises Lost."""
        with transaction.atomic():
            self.hold()  # which locks the row as well
            yield
            self._end(JobState.DONE, progress=100)
        self.finished = True

    def _end(self, state: str, **values: Any) -> None:
        self._write(state=state, ended_at=clock.now(), holder=None, held_until=None, **values)

    def fail(self, code: str) -> None:
        """It was not made, and why."""
        self._end(JobState.FAILED, message=code)


def run(uid: str) -> bool:
    """Do a job that waits, or whose lease has lapsed; called in the worker. Never raises."""
    job = _take(uid)
    if job is None:
        return False
    work = Work(job, job.holder)
    try:
        with _held(work):
            _do(job, work)
    except Lost:
        log.warning("Job %s was taken up by somebody else", job.uid)
    if job.lane and (following := Job.objects.next_in(job.lane)) is not None:
        waking.job(str(following.uid))
    return True


def _take(uid: str) -> Job | None:
    """The job, held; of a lane the one whose turn it is, if nobody is at work in it."""
    lane = Job.objects.filter(uid=uid).exclude(lane="").values_list("lane", flat=True).first()
    if lane is None:
        return _taken(uid)
    Job.objects.free().filter(lane=lane, state=JobState.RUNNING).update(
        state=JobState.WAITING, holder=None, held_until=None
    )
    following = Job.objects.next_in(lane)
    try:
        with transaction.atomic():
            return _taken(str(following.uid)) if following else None
    except IntegrityError:  # somebody is at work in the lane
        return None


def _taken(uid: str) -> Job | None:
    now, holder = clock.now(), uuid.uuid4()
    ended = {"state": JobState.FAILED, "ended_at": now, "holder": None, "held_until": None}
    Job.objects.free().filter(uid=uid, tries__gte=MOST_TRIES).update(**ended, message="killed")
    taken = {"state": JobState.RUNNING, "holder": holder, "held_until": now + LEASE}
    started = {"started_at": now, "progress": 0, "tries": F("tries") + 1}
    if not Job.objects.free().filter(uid=uid).update(**taken, **started):
        return None
    return Job.objects.get(uid=uid)


def _do(job: Job, work: Work) -> None:
    function = kinds.get(job.kind)
    if function is None:
        work.fail("unknown")
        return
    try:
        function(job.subject, work)
        if not work.finished:
            with work.finishing():
                pass
    except CannotBeMade as error:
        work.fail(error.code)
    except Lost:
        raise
    except Exception as error:
        # the place alone: what an exception says may hold words from the documents
        log.error("Job %s of %s failed: %s %s", job.uid, job.kind, type(error).__name__, _at(error))
        work.fail("mistake")


def _at(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@contextmanager
def _held(work: Work) -> Iterator[None]:
    """Keep the lease alive while the work goes on, however long one step of it takes."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                work.hold()
                WorkerBeat.give()  # two long documents at once are no silence
        except Exception:
            log.warning("Job %s could not be held", work.uid)  # the work itself will find out
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def take_up() -> int:
    """Have done what waits, or was broken off (its lease has lapsed); called every minute."""
    found = Job.objects.free().order_by("created_at").values_list("uid", "lane")
    lanes = {lane: uid for uid, lane in found if lane}
    uids = [*(uid for uid, lane in found if not lane), *lanes.values()]
    for uid in uids:
        waking.job(str(uid))
    return len(uids)
