"""What is asked of a machine every few seconds: does it answer, and is a worker alive?"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import OperationalError, connection

from kommuneplan import clock
from kommuneplan.core.models import User, WorkerBeat

pytestmark = pytest.mark.django_db
BOTH = ["/healthz", "/healthz/worker"]


def silent(*asked: object, **more: object) -> None:
    """A database that is away."""
    raise OperationalError("could not connect to server")


def test_the_program_answers_when_the_database_does(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_worker_that_is_silent_is_no_silent_house(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/healthz/worker")
    assert (answer.status_code, answer.content) == (503, b"worker: silent, mails wait\n")
    assert client.get("/healthz").status_code == 200
    WorkerBeat.give()
    assert client.get("/healthz/worker").status_code == 200
    with time_machine.travel(clock.now() + dt.timedelta(minutes=4)):
        assert client.get("/healthz/worker").status_code == 503


@pytest.mark.parametrize("address", BOTH)
def test_a_silent_database_is_told_and_no_mistake_of_the_program(client, address) -> None:
    WorkerBeat.give()
    with connection.execute_wrapper(silent):
        answer = client.get(address)
    assert (answer.status_code, answer.content) == (503, b"database: silent\n")


@pytest.mark.parametrize("address", BOTH)
def test_neither_has_a_session_nor_is_it_kept(client, address, django_assert_num_queries) -> None:
    client.force_login(User.objects.create_user("anna@example.org", "x"))
    with django_assert_num_queries(1):
        answer = client.get(address)
    assert not answer.cookies and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", BOTH)
def test_behind_the_proxy_it_is_asked_without_tls(client, settings, address) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code in {200, 503}
    assert client.get("/planer/").status_code == 301
