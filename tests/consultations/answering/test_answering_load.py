"""Many answers in the last minute before a deadline, on two workers of which one is killed.

The default run is a twentieth. ``CONSULTATION_LOAD=1`` runs the whole: 2,000 answers with ten
remarks each, the last 200 spread over the minute in which the deadline falls.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

import pytest
from django.db import connection

from consultations.answering import proof_of_work
from consultations.models import DraftRemark, Response, ResponseDraft, ResponseRevision, Round
from consultations.models.party import digest_of
from consultations.responses import content as received
from kommuneplan import clock
from kommuneplan.core.models import Mail
from tests.consultations.answers import SENDER
from tests.consultations.round_factories import a_round, anchors
from tests.elsewhere import database_url
from tools.bench.run import Server, server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_cover]
WHOLE = bool(os.environ.get("CONSULTATION_LOAD"))
ANSWERS, LAST = (2000, 200) if WHOLE else (100, 10)
REMARKS = 10
MINUTE = 60.0 if WHOLE else 1.5  # seconds over which the last ones are sent
AFTER = 0.1  # of them, the part that arrives when the deadline is past
CALLERS = 8
TOKEN = "c" * 32


@dataclass
class Told:
    """What the callers were told, by the path of the answer; how long each took, and how often
    nothing came back, so that the same was sent again."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    retried: int = 0


def drafts(round: Round) -> list[tuple[str, bytes]]:
    """Answers ready to be sent: the path of each, and what its button sends."""
    began, anchor = clock.now() - dt.timedelta(hours=1), anchors(round)[0]
    sender = {name: SENDER.get(name, "") for name in received.SENDER} | {"is_protected": False}
    rows, remarks, orders = [], [], []
    for number in range(ANSWERS):
        secret = f"hemmelig-{number:05}"
        sender["email"] = f"svar{number}@example.org"
        rows.append(
            ResponseDraft(round=round, digest=digest_of(secret), began_at=began, saved_at=began,
                          text=f"Svar {number}", **sender)
        )  # fmt: skip
        said = [
            {"uid": str(uuid.uuid4()), "anchor": anchor, "quote": "Vi vil hinanden.",
             "words": f"Bemærkning {step} i svar {number}"}
            for step in range(REMARKS)
        ]  # fmt: skip
        remarks += [DraftRemark(draft=rows[-1], written_at=began, **one) for one in said]
        content = received.content(sender=sender, text=rows[-1].text, remarks=said)
        key = str(rows[-1].key)
        sent = {
            "key": key,
            "seen": received.sha256_of(content),
            "task": proof_of_work.challenge(key),
            "number": "0",
            "csrfmiddlewaretoken": TOKEN,
        }
        orders.append((f"/hoeringer/kladde/{secret}/send/", urlencode(sent).encode()))
    ResponseDraft.objects.bulk_create(rows)
    DraftRemark.objects.bulk_create(remarks, batch_size=500)
    return orders


@contextlib.contextmanager
def workers() -> Iterator[Server]:
    environment = {**os.environ, "DATABASE_URL": database_url(), "CONSULTATION_PROOF_BITS": "0"}
    with server("kommuneplan.wsgi:application", environment) as running:
        yield running


def call(port: int, path: str, body: bytes) -> tuple[int, str]:
    """Press the button once. Raises OSError or HTTPException when nothing comes back."""
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        caller.request("POST", path, body, {
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}",
        })  # fmt: skip
        answer = caller.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        caller.close()


def send_all(port: int, orders: list[tuple[str, bytes]], over: float, told: Told) -> None:
    """Send answers from several callers, spread evenly over some seconds; 0: as fast as it goes.
    Where nothing comes back the same is sent again, as a person does."""
    queue: Queue[tuple[float, str, bytes]] = Queue()
    begins = time.monotonic()
    for number, (path, body) in enumerate(orders):
        queue.put((begins + over * number / len(orders), path, body))
    lock = threading.Lock()

    def work() -> None:
        while True:
            try:
                due, path, body = queue.get_nowait()
            except Empty:
                return
            time.sleep(max(0.0, due - time.monotonic()))
            for _attempt in range(20):
                at = time.monotonic()
                try:
                    status, location = call(port, path, body)
                except (OSError, http.client.HTTPException):
                    with lock:
                        told.retried += 1
                    time.sleep(0.2)
                    continue
                with lock:
                    _note(told, path, status, location, time.monotonic() - at)
                break

    callers = [threading.Thread(target=work) for _number in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()


def _note(told: Told, path: str, status: int, location: str, seconds: float) -> None:
    told.seconds.append(seconds)
    if status == 302 and "/kvittering/" in location:
        told.acknowledged[path] = location
    elif status == 409:
        told.late.add(path)
    else:
        told.others.append(f"{status} {location}")


def kill_one(running: Server, after: float) -> threading.Timer:
    """kill -9 of one worker after some seconds."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    timer = threading.Timer(after, os.kill, (int(children[0]), signal.SIGKILL))
    timer.start()
    return timer


@pytest.mark.slow  # a server and hundreds of answers
def test_every_acknowledged_answer_is_stored_once_and_none_after_the_deadline():
    round = a_round(closes=clock.now() + dt.timedelta(days=1))
    orders = drafts(round)
    earlier, last = orders[:-LAST], orders[-LAST:]
    early, final = Told(), Told()
    with workers() as running:
        timer = kill_one(running, 0.5)
        send_all(running.port, earlier, 0, early)
        timer.cancel()
        _stops_at(round, MINUTE * (1 - AFTER))
        send_all(running.port, last, MINUTE, final)
    _tell(early, final)
    assert early.others == final.others == []
    assert len(early.acknowledged) == len(earlier)
    assert final.late, "the deadline did not fall among them"
    acknowledged = early.acknowledged | final.acknowledged
    _stored_once(acknowledged)
    round.refresh_from_db()
    assert not Response.objects.filter(received_at__gte=round.closes_at).exists()
    if WHOLE:
        assert _percentile(final.seconds, 95) < 1


def _stops_at(round: Round, seconds: float) -> None:
    round.refresh_from_db()
    round.closes_at = clock.now() + dt.timedelta(seconds=seconds)
    round.save()


def _stored_once(acknowledged: dict[str, str]) -> None:
    secrets = [address.rstrip("/").rpartition("/")[2] for address in acknowledged.values()]
    assert len(set(secrets)) == len(secrets)
    stored = dict(Response.objects.values_list("digest", "number"))
    assert set(stored) == {digest_of(one) for one in secrets}
    assert sorted(stored.values()) == list(range(1, len(secrets) + 1))
    assert ResponseRevision.objects.count() == len(secrets)
    assert Mail.objects.count() == len(secrets)
    assert all(len(one.content["remarks"]) == REMARKS
               for one in ResponseRevision.objects.all()[:50])  # fmt: skip


def _percentile(seconds: list[float], share: int) -> float:
    return sorted(seconds)[max(0, len(seconds) * share // 100 - 1)]


def _tell(early: Told, final: Told) -> None:
    """The figures, for whoever measures (pytest -s)."""
    total = sum(early.seconds)
    sys.stdout.write(
        f"\n{connection.vendor}: {len(early.acknowledged)} before, in {total / CALLERS:.1f} s "
        f"({early.retried} sent again after the kill), p95 {_percentile(early.seconds, 95):.3f} s; "
        f"last minute: {len(final.acknowledged)} received, {len(final.late)} too late, "
        f"p95 {_percentile(final.seconds, 95):.3f} s, longest {max(final.seconds):.3f} s\n"
    )
