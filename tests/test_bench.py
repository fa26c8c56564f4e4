"""The bench asks what it says it asks, and its client counts only whole, right answers."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

from consultations.models import Response, ResponseDraft
from kommuneplan import clock
from plans.demo import loading
from plans.models import Plan
from tests.consultations.round_factories import a_round
from tools.bench import answers, data, prepare
from tools.bench.client import Order, drive
from tools.bench.run import BenchRow

taken: list[str] = []  # bodies that were posted


class Handler(BaseHTTPRequestHandler):
    """Answers like gunicorn (closing) or like a server that keeps connections."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = {"/kept": 200, "/closed": 200, "/same": 304, "/broken": 500, "/short": 200}[
            self.path
        ]
        body = b"" if status == 304 else b"x" * 70_000
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        if self.path in {"/closed", "/short"}:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body[:10] if self.path == "/short" else body)

    def do_POST(self) -> None:
        taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "status"), [("/kept", 200), ("/closed", 200), ("/same", 304)])
def test_whole_answers_are_counted(port, path, status):
    told = drive(Order(port, path, status, 0.3, sockets=2))
    assert told["per_second"] > 5 and told["errors"] == 0
    assert 0 < told["p50"] <= told["p99"]


@pytest.mark.parametrize(("path", "status"), [("/broken", 200), ("/short", 200), ("/kept", 304)])
def test_wrong_or_cut_answers_are_errors(port, path, status):
    told = drive(Order(port, path, status, 0.2, sockets=2))
    assert told["per_second"] == 0 and told["errors"] > 0


def test_each_post_is_sent_once_and_then_the_client_stops(port):
    taken.clear()
    posts = [("/kept", f"number={number}") for number in range(9)]
    told = drive(Order(port, "", 200, 20, sockets=2, posts=posts))
    assert told["answers"] == 9 and told["errors"] == 0
    assert sorted(taken) == [body for _path, body in posts]


def test_a_server_that_is_gone_is_an_error():
    told = drive(Order(9, "/", 200, 0.1, sockets=1))
    assert told["per_second"] == 0 and told["errors"] > 0


def test_figures_are_medians_of_the_rounds():
    rounds = [
        {"per_second": n, "p50": n, "p99": n, "cpu_ms": n, "errors": 0} for n in (1.0, 30.0, 2.0)
    ]
    row = BenchRow("x", "/", 10, 2, 4, rounds=rounds, ratios=[0.1, 3.0, 0.2])
    assert row.as_dict()["per_second"] == 2.0 and row.as_dict()["ratio"] == 0.2


def test_the_big_plan_is_as_big_as_it_says():
    plan = data.big_plan()
    parts = [part for chapter in plan.chapters for part in chapter.under]
    assert (len(plan.steps), len(plan.chapters) + len(parts), len(plan.story)) == (150, 100, 10)


@pytest.mark.django_db
@override_settings(CONSULTATION_PROOF_BITS=0)
def test_every_answer_of_the_bench_is_taken():
    a_round(closes=clock.now() + dt.timedelta(days=30))
    rows = answers.posts(begun=10, kept=12, sent=10)
    assert [row["found"] for row in rows] == [200, 200, 302]
    assert [len(row["posts"]) for row in rows] == [2, 4, 2]
    assert ResponseDraft.objects.filter(text__startswith="2. ", response=None).count() == 4
    assert Response.objects.count() == 8
    begun, kept, _sent = (row["queries"] for row in rows)
    assert kept <= 10 < begun <= 25


@pytest.mark.django_db
def test_every_address_of_the_bench_answers():
    loading.load_municipality()
    loading.load_plans([data.big_plan(12, 10, 10), *(data.plan(n) for n in range(3))])
    assert Plan.objects.count() == 4
    for address in prepare.addresses(data.BIG):
        assert address["found"] == address["status"], address
        assert address["queries"] <= address["cold"] <= 16, address
        assert address["bytes"] > 0 or address["status"] == 304, address
