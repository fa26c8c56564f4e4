"""The worker as it is: a process of its own, a mail server that can be gone, and kill -9."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import time_machine
from django.conf import settings
from django.core import mail as outbox
from django.db import connection, transaction
from django_q.tasks import async_task

from kommuneplan import clock
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.mail import sending
from kommuneplan.core.models import Job, Mail, WorkerBeat
from kommuneplan.core.worker import jobs
from tests.elsewhere import database_url
from tests.kommuneplan.core.postbox import Postbox
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def worker() -> Iterator[Callable[[int], subprocess.Popen]]:
    """Starts workers that send to a port; none outlives the test."""
    running: list[subprocess.Popen] = []

    def start(port: int) -> subprocess.Popen:
        around = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(port),
            "WORKERS": "1",
        }
        command = [sys.executable, str(ROOT / "manage.py"), "worker"]
        running.append(
            subprocess.Popen(command, env=around, start_new_session=True, stderr=subprocess.DEVNULL)
        )
        return running[-1]

    yield start
    for process in running:
        kill(process)


def family(process: subprocess.Popen) -> list[psutil.Process]:
    """The worker and all it has started."""
    first = psutil.Process(process.pid)
    return [first, *first.children(recursive=True)]


def kill(process: subprocess.Popen) -> None:
    """kill -9, for all of them at once."""
    if process.poll() is None:
        for one in family(process):
            one.kill()
        process.wait()


def write(address: str) -> Mail:
    with transaction.atomic():
        return mailing.send(
            to=address,
            template="core/password",
            context={"link": mailing.MailLink("https://example.org/x")},
            reference=f"core.password:{uuid.uuid4()}",
        )


def let_leases_lapse() -> None:
    Mail.objects.waiting().update(next_try=clock.now() - dt.timedelta(seconds=1))


@pytest.mark.slow  # a worker that starts, and one more
def test_killed_between_sending_and_marking_a_mail_is_neither_lost_nor_another(
    worker, settings
) -> None:
    mail = write("anna@example.org")
    with Postbox() as box:
        process = worker(box.port)
        box.taken = lambda: kill(process)
        box.wait_for(1)
        mail.refresh_from_db()
        assert mail.sent_at is None and mail.next_try > clock.now()  # taken, and not marked
        assert not WorkerBeat.is_silent()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        write("bo@example.org")
        assert sending.send_waiting() == sending.SendingRound(sent=1)  # anna's is still held
        let_leases_lapse()
        assert sending.send_waiting() == sending.SendingRound(sent=1)
        assert sending.send_waiting() == sending.SendingRound()
    assert [one["To"] for one in box.mails] == [
        "anna@example.org", "bo@example.org", "anna@example.org",
    ]  # fmt: skip
    assert box.mails[0]["Message-ID"] == box.mails[2]["Message-ID"] == f"<{mail.uid}@localhost>"
    assert not Mail.objects.waiting().exists()


@pytest.mark.skipif(not os.environ.get("SLOW_TESTS"), reason="starts two more workers")
@pytest.mark.parametrize("how", ["the group is told to end", "the first one is killed"])
def test_the_worker_sends_what_is_written_meanwhile_and_leaves_nobody_behind(worker, how) -> None:
    with Postbox() as box:
        process = worker(box.port)
        wait_until(WorkerBeat.objects.exists)
        write("anna@example.org")
        box.wait_for(1)
    everybody = family(process)
    assert len(everybody) == 5
    if how == "the first one is killed":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGTERM)
    assert process.wait(30) == (-signal.SIGKILL if "killed" in how else 0)
    _gone, alive = psutil.wait_procs(everybody, timeout=10)
    assert alive == []


@pytest.mark.slow  # a worker that starts, and ends in order
@pytest.mark.parametrize("who", ["a hand", "whoever gives them work", "the one that looks after"])
def test_the_death_of_one_is_the_exit_code_of_the_worker(worker, who) -> None:
    with Postbox() as box:
        process = worker(box.port)
        wait_until(WorkerBeat.objects.exists)
        wait_until(lambda: len(family(process)) == 5)
        write("anna@example.org")
        box.wait_for(1)
    everybody = family(process)
    (sentinel,) = psutil.Process(process.pid).children()
    hand, *_others, pusher = sorted(sentinel.children(), key=lambda one: one.pid)
    {"a hand": hand, "whoever gives them work": pusher}.get(who, sentinel).kill()
    assert process.wait(60) == 1
    _gone, alive = psutil.wait_procs(everybody, timeout=10)
    assert alive == []


def dies_with_the_lock() -> None:
    """Work for a hand: die where django-q holds the lock that whoever looks after it asks for."""
    hand = multiprocessing.current_process()
    hand._args[2].get_lock().acquire()
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow  # as the one before
def test_a_hand_that_dies_with_its_lock_keeps_nobody_waiting(worker) -> None:
    with Postbox() as box:
        process = worker(box.port)
        wait_until(WorkerBeat.objects.exists)
        async_task(f"{__name__}.dies_with_the_lock")
        assert process.wait(60) == 1


@pytest.mark.slow  # as the one before
def test_a_worker_that_is_told_to_end_says_that_all_is_well(worker) -> None:
    with Postbox() as box:
        process = worker(box.port)
        write("anna@example.org")
        box.wait_for(1)
    process.terminate()
    assert process.wait(60) == 0


def test_naive_control_marked_before_it_is_sent_a_mail_is_lost() -> None:
    """The other order, with the same kill: nobody ever gets the mail."""
    mail = write("anna@example.org")
    sending.take()
    Mail.objects.filter(pk=mail.pk).update(next_try=None, sent_at=clock.now())  # killed here
    let_leases_lapse()
    sending.send_waiting()
    assert outbox.outbox == []


def test_with_the_mail_server_down_the_mail_stays_and_is_sent_later(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with Postbox() as gone:
        settings.EMAIL_PORT = gone.port
    first, second = write("anna@example.org"), write("bo@example.org")
    assert sending.send_waiting() == sending.SendingRound(
        later=1
    )  # the others are not tried in vain
    first.refresh_from_db()
    assert (first.reason, first.state) == ("server", "waiting")
    with Postbox() as box:
        settings.EMAIL_PORT = box.port
        box.refused["bo@example.org"] = "550 5.1.1 nobody of that name"
        with time_machine.travel(clock.now() + dt.timedelta(minutes=2)):
            assert sending.send_waiting() == sending.SendingRound(sent=1, failed=1)
    second.refresh_from_db()
    assert (second.reason, second.state) == ("address", "failed")
    assert [mail["To"] for mail in box.mails] == ["anna@example.org"]


def send_all(number: int) -> int:
    """One of several workers."""
    return sending.send_waiting().sent


def test_three_workers_send_every_mail_once() -> None:
    for number in range(30):
        write(f"n{number}@example.org")
    assert sum(race(f"{__name__}:send_all", 3)) == 30
    assert set(Mail.objects.values_list("tries", flat=True)) == {1}
    assert not Mail.objects.waiting().exists()


def started(number: int, subject: str) -> str:
    """One of several clicks."""
    jobs.kinds["test.none"] = lambda subject, work: None
    return str(jobs.start(kind="test.none", subject=uuid.UUID(subject)).uid)


def test_eight_clicks_at_once_start_one_job() -> None:
    assert len(set(race(f"{__name__}:started", 8, str(uuid.uuid4())))) == 1
    assert Job.objects.count() == 1


def slow(subject: uuid.UUID, work: jobs.Work) -> None:
    """Says how far it is, and then stands still: somebody kills it."""
    work.progress(40)
    signal.pause()


def test_work_that_is_killed_is_done_again_and_never_said_to_be_done() -> None:
    jobs.register("test.slow", slow)
    try:
        job = jobs.start(kind="test.slow", subject=uuid.uuid4())
        killed_while_doing(job)
        job.refresh_from_db()
        assert (job.state, job.progress) == ("running", 40)
        assert not jobs.run(str(job.uid))  # the one who holds it may still be at it
        jobs.kinds["test.slow"] = lambda subject, work: work.progress(90)
        with time_machine.travel(clock.now() + dt.timedelta(minutes=2)):
            assert jobs.take_up() == 1 and jobs.run(str(job.uid))
        job.refresh_from_db()
        assert (job.state, job.progress, job.tries) == ("done", 100, 2)
    finally:
        del jobs.kinds["test.slow"]


def killed_while_doing(job: Job) -> None:
    """Another process takes the job up, and is killed in the middle of it."""
    connection.close()
    child = os.fork()
    if not child:
        jobs.run(str(job.uid))
        os._exit(1)
    wait_until(lambda: Job.objects.get(pk=job.pk).progress == 40)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    while not is_so():
        assert dt.datetime.now(dt.UTC) < end
        signal.sigtimedwait([], 0.05)
