"""Jobs of one lane hold one hand of the worker; who has sent much waits for who has sent little."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from kommuneplan import clock
from kommuneplan.core.models import Job
from kommuneplan.core.worker import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    done: list[uuid.UUID] = []
    monkeypatch.setitem(jobs.kinds, "test.file", lambda subject, _work: done.append(subject))
    return done


def waiting(sender: str, weight: int, **more) -> Job:
    return jobs.start(
        kind="test.file", subject=uuid.uuid4(), lane="files", sender=sender, weight=weight, **more
    )


def test_each_sender_has_a_turn_before_anybody_has_a_second_and_the_longest_is_last(kind):
    much = [waiting("a", weight) for weight in (5, 6, 7)]
    long, short = waiting("b", 9_000), waiting("c", 1)
    for _turn in range(5):
        jobs.run(str(much[0].uid))  # whichever is asked for
    expected = [short, much[0], much[1], much[2], long]
    assert kind[0] == short.subject and kind[1] == much[0].subject
    assert set(kind) == {job.subject for job in expected}
    assert kind.index(long.subject) < 5


def test_who_has_waited_long_is_not_passed_over(kind):
    old = waiting("a", 9_000)
    Job.objects.update(created_at=clock.now() - dt.timedelta(minutes=6))
    waiting("b", 1)
    jobs.run(str(old.uid))
    assert kind == [old.subject]


def running(job: Job, until: dt.timedelta) -> None:
    Job.objects.filter(pk=job.pk).update(
        state="running", holder=uuid.uuid4(), held_until=clock.now() + until, tries=1
    )


def test_while_one_is_at_work_in_a_lane_the_other_hand_is_free(kind):
    running(waiting("a", 1), dt.timedelta(minutes=1))
    second = waiting("b", 1)
    assert jobs.run(str(second.uid)) is False
    other = jobs.start(kind="test.file", subject=uuid.uuid4())
    assert jobs.run(str(other.uid)) is True
    assert kind == [other.subject]


def test_the_database_lets_nobody_into_a_lane_that_is_taken():
    running(waiting("a", 1), dt.timedelta(minutes=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        running(waiting("b", 1), dt.timedelta(minutes=1))


def test_what_broke_off_waits_behind_the_others_and_is_given_up_at_last(kind):
    broken = waiting("a", 1)
    for _time in range(jobs.MOST_TRIES):
        running(broken, -dt.timedelta(minutes=1))
        other = waiting("b", 900)
        jobs.run(str(broken.uid))
        assert kind[-1] == other.subject
        Job.objects.filter(pk=broken.pk).update(tries=jobs.MOST_TRIES)
    jobs.run(str(broken.uid))
    broken.refresh_from_db()
    assert (broken.state, broken.message) == ("failed", "killed")


def test_when_one_is_done_the_next_is_woken(monkeypatch, django_capture_on_commit_callbacks):
    woken: list[str] = []
    first, second = waiting("a", 1), waiting("b", 2)
    monkeypatch.setattr(jobs.waking, "job", woken.append)
    jobs.run(str(first.uid))
    assert woken == [str(second.uid)]
    assert jobs.take_up() == 1
