"""Thirty hostile files and thirty hostile texts against a running house: everybody else goes on
reading as if nothing had happened."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.test.client import encode_multipart

from consultations.models import DraftFile, ResponseDraft
from kommuneplan.core.enums import ScanState
from tests.attacks.hostile import FILES, TEXTS
from tests.consultations.answers import a_draft, typed
from tests.consultations.round_factories import a_round
from tests.elsewhere import Gunicorn, database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,  # sixty attacks, some of them megabytes
    pytest.mark.no_cover,
    pytest.mark.one_database,  # the bytes are the same
]
TOKEN, EDGE = "c" * 32, "edge-of-a-part"
SOON = 1.0  # seconds until the front page answers, whatever goes on beside
MOST = 400_000_000  # bytes of memory of each process of ours
PATIENCE = 900  # seconds until everything handed in has been looked at


def around() -> dict[str, str]:
    return {
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEBUG": "true",
        "WEB_WORKERS": "2",
    }


class Watch(threading.Thread):
    """Asks for the front page again and again, and looks at the memory of the processes."""

    def __init__(self, port: int, processes: list[psutil.Process]) -> None:
        super().__init__(daemon=True)
        self.port, self.processes = port, processes
        self.slowest, self.memory, self.wrong, self.asked = 0.0, 0, "", 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            begun = time.monotonic()
            status = get(self.port, "/")[0]
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.asked += 1
            if status != 200:
                self.wrong = f"the front page answered {status}"
            self.memory = max([self.memory, *map(memory_of, self.ours())])

    def ours(self) -> list[psutil.Process]:
        """The processes of the house, without the guarded children, which have limits of theirs."""
        return [
            one
            for process in self.processes
            for one in [process, *process.children(recursive=True)]
            if "child" not in " ".join(words_of(one))
        ]


def memory_of(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def words_of(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return ["child"]  # it is gone


def get(port: int, path: str) -> tuple[int, str]:
    return ask(port, "GET", path)


def ask(port: int, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    head = {"Cookie": f"csrftoken={TOKEN}", "Host": "localhost"}
    sent = None
    if data is not None:
        sent = encode_multipart(EDGE, data)
        head["Content-Type"] = f"multipart/form-data; boundary={EDGE}"
    try:
        caller.request(
            method, path, sent, {k: v.encode().decode("latin-1") for k, v in head.items()}
        )
        answer = caller.getresponse()
        return answer.status, answer.read().decode()
    finally:
        caller.close()


@contextmanager
def worker(log: Path) -> Iterator[psutil.Process]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
    with log.open("w") as written:
        process = subprocess.Popen(
            command, env={**os.environ, **around()}, stdout=written, stderr=written
        )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(90)


class Upload:
    """A file as a form holds it."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data, self.content_type = name, data, "application/octet-stream"

    def read(self) -> bytes:
        return self.data


def hand_in(port: int, address: str, **fields: Any) -> int:
    html = get(port, address)[1]
    data = {**typed(html, save="1"), "csrfmiddlewaretoken": TOKEN, **fields}
    return ask(port, "POST", address, data)[0]


def test_nobody_waits_and_nothing_falls(tmp_path: Path) -> None:
    round = a_round()
    secrets = [f"angreb-{number:03}" for number in range(len(FILES) + len(TEXTS))]
    for secret in secrets:
        a_draft(round, secret=secret)
    log = tmp_path / "web"
    with (
        Gunicorn(log, "kommuneplan.wsgi", **around()) as house,
        worker(tmp_path / "worker") as hands,
    ):
        get_ready(house)
        watch = Watch(house.port, [psutil.Process(house.process.pid), hands])
        watch.start()
        at = iter(secrets)
        for name, made in FILES.items():
            status = hand_in(house.port, path(next(at)), files=Upload(name, made()))
            assert status in {200, 302, 413, 422}, (name, status)
        for name, words in TEXTS.items():
            address = path(next(at))
            for much in (words * 6, words):  # more than a field takes, and as much as it takes
                status = hand_in(house.port, address, text=much)
                assert status in {200, 302, 422}, (name, status)
            assert get(house.port, f"{address}send/")[0] in {200, 302}, name  # read through
        looked_at_within(PATIENCE)
        texts = ResponseDraft.objects.values_list("text", flat=True)
        kept = sum(len(text) > 10_000 for text in texts)
        stored, taken = DraftFile.objects.count(), set(states())
        watch.over.set()
        watch.join()
        assert hands.is_running() and hands.status() != psutil.STATUS_ZOMBIE
        written = house.end()
    print(f"{watch.asked} looks, the slowest {watch.slowest:.2f} s, {watch.memory / 1e6:.0f} MB")
    print(f"{stored} files stored, {states()}; {kept} texts kept")
    assert stored >= len(FILES) - 5 and ScanState.REFUSED in taken  # they did come in
    assert kept >= len(TEXTS) - 8  # what nobody can see is nothing
    assert not watch.wrong
    assert "WORKER TIMEOUT" not in written and "SIGKILL" not in written, written
    assert "Internal Server Error" not in written, written
    assert watch.memory < MOST
    assert watch.slowest < SOON


def get_ready(house: Gunicorn) -> None:
    """Every process has answered once: loading the house is no attack."""
    house.ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for _time in range(20):
        get(house.port, "/")
        get(house.port, "/hoeringer/")


def path(secret: str) -> str:
    return f"/hoeringer/kladde/{secret}/"


def states() -> dict[str, int]:
    """How many files there are of each state."""
    rows = DraftFile.objects.values_list("file__scan_state", flat=True)
    return dict(Counter(rows))


def looked_at_within(seconds: float) -> None:
    ends = time.monotonic() + seconds
    while DraftFile.objects.filter(file__scan_state=ScanState.WAITING).exists():
        assert time.monotonic() < ends, "files lie unopened"
        time.sleep(1)
