"""gunicorn as it runs in production: with our settings, and with its own logs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kommuneplan import gunicorn_settings
from tests.elsewhere import Gunicorn

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
def served(place: Path) -> Iterator[Gunicorn]:
    """The loud program, served."""
    with Gunicorn(place / "log", "--pythonpath", str(place), "loud_program") as running:
        yield running


def test_what_gunicorn_writes_holds_no_secret_whatever_goes_wrong(served) -> None:
    around = "Host: x\r\nConnection: close\r\n"
    for address in SECRETS:
        before = f"{around}Referer: http://x{address}\r\n"
        assert "scheme=http" in served.ask(f"GET {address} HTTP/1.1\r\n{before}\r\n")
        assert " 500 " in served.ask(f"GET {address} HTTP/1.1\r\n{before}X-Fail: 1\r\n\r\n")
        served.ask(
            f"GET {address} HTTP/9.9\r\n{around}\r\n"
        )  # it says which line it did not understand
        served.ask(f"GET {address} \r\n{around}\r\n")
        served.ask(f"GET / HTTP/1.1\r\n{around}{address}\r\n\r\n")
    written = served.end()
    assert '"GET /konto/invitation/…/" 200' in written
    assert "ValueError: what could not be shown: /konto/invitation/…/" in written
    assert "hemmelig" not in written


def test_a_proxy_is_believed_where_the_settings_say_so_and_nowhere_else(served) -> None:
    told = "Host: x\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n"
    assert "scheme=http\r\n" in served.ask(f"GET / HTTP/1.1\r\n{told}\r\n")


def test_a_request_has_its_bounds(served) -> None:
    long = f"GET /{'x' * 9_000} HTTP/1.1\r\nHost: x\r\n\r\n"
    assert served.ask(long).split()[1] in {"400", "414"}
    many = "".join(f"X-{number}: x\r\n" for number in range(80))
    assert served.ask(f"GET / HTTP/1.1\r\n{many}\r\n").split()[1] in {"400", "431"}


def test_a_worker_is_not_for_ever_and_waits_for_nobody() -> None:
    assert gunicorn_settings.max_requests and gunicorn_settings.max_requests_jitter
    assert gunicorn_settings.threads > 1 and gunicorn_settings.timeout
    assert gunicorn_settings.graceful_timeout
