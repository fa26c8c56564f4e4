"""gunicorn as it runs in production: with our settings, and with its own logs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kommuneplan import gunicorn_settings

Ask = Callable[[str], str]
SECRETS = (
    "/hoeringer/kladde/hemmelig/",
    "/hoeringer/invitation/hemmelig/svar/",
    "/hoeringer/kvittering/hemmelig/bekraeft/hemmelig/",
    "/konto/invitation/hemmelig/",
    "/konto/%69nvitation/hemmelig/",
    "/konto/glemt-adgangskode/MQ/hemmelig/",
    "/konto/glemt-adgangskode/MQ/hemmelig",
    "/konto/log-ind/kommunen/svar/?code=hemmelig",
)
# A program that says what gunicorn told it, or fails as loudly as one can.
PROGRAM = """
def application(environ, start_response):
    if "HTTP_X_FAIL" in environ:
        raise ValueError("what could not be shown: " + environ["RAW_URI"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"scheme=" + environ["wsgi.url_scheme"].encode()]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gunicorn")
    (folder / "loud_program.py").write_text(PROGRAM)
    return folder


@pytest.fixture
def served(place: Path) -> Iterator[tuple[Ask, Callable[[], str]]]:
    """How to ask the running gunicorn, and how to end it and read all it has written."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    around = {**os.environ, "WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
    command = [
        *(sys.executable, "-m", "gunicorn", "-c", "python:kommuneplan.gunicorn_settings"),
        *("--pythonpath", str(place), "loud_program"),
    ]
    log = place / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=around, stdout=written, stderr=written
        )

    def ask(request: str) -> str:
        for _try in range(600):
            try:
                line = socket.create_connection(("127.0.0.1", port), timeout=10)
            except ConnectionRefusedError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
                continue
            with line:
                line.sendall(request.encode())
                return line.makefile("rb").read().decode()
        raise AssertionError(log.read_text())

    def end() -> str:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        return log.read_text()

    yield ask, end
    end()


def test_what_gunicorn_writes_holds_no_secret_whatever_goes_wrong(served) -> None:
    ask, end = served
    around = "Host: x\r\nConnection: close\r\n"
    for address in SECRETS:
        before = f"{around}Referer: http://x{address}\r\n"
        assert "scheme=http" in ask(f"GET {address} HTTP/1.1\r\n{before}\r\n")
        assert " 500 " in ask(f"GET {address} HTTP/1.1\r\n{before}X-Fail: 1\r\n\r\n")
        ask(f"GET {address} HTTP/9.9\r\n{around}\r\n")  # it says which line it did not understand
        ask(f"GET {address} \r\n{around}\r\n")
        ask(f"GET / HTTP/1.1\r\n{around}{address}\r\n\r\n")
    written = end()
    assert '"GET /konto/invitation/…/" 200' in written
    assert "ValueError: what could not be shown: /konto/invitation/…/" in written
    assert "hemmelig" not in written


def test_a_proxy_is_believed_where_the_settings_say_so_and_nowhere_else(served) -> None:
    ask, _end = served
    told = "Host: x\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n"
    assert "scheme=http\r\n" in ask(f"GET / HTTP/1.1\r\n{told}\r\n")


def test_a_request_has_its_bounds(served) -> None:
    ask, _end = served
    long = f"GET /{'x' * 9_000} HTTP/1.1\r\nHost: x\r\n\r\n"
    assert ask(long).split()[1] in {"400", "414"}
    many = "".join(f"X-{number}: x\r\n" for number in range(80))
    assert ask(f"GET / HTTP/1.1\r\n{many}\r\n").split()[1] in {"400", "431"}


def test_a_worker_is_not_for_ever_and_waits_for_nobody() -> None:
    assert gunicorn_settings.max_requests and gunicorn_settings.max_requests_jitter
    assert gunicorn_settings.threads > 1 and gunicorn_settings.timeout
    assert gunicorn_settings.graceful_timeout
