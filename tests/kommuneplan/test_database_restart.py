"""A database that was restarted costs no request: each begins with a line that answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.elsewhere import Gunicorn, database_url

pytestmark = pytest.mark.django_db(transaction=True)
CUT_OFF = """
SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.mark.slow  # the whole house is served once more
def test_lines_that_the_database_cut_off_are_opened_anew(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file: there is no line to be cut off")
    around = {"DATABASE_URL": database_url(), "WEB_THREADS": "1", "DEBUG": "true"}
    with Gunicorn(tmp_path / "log", "kommuneplan.wsgi", **around) as house:
        for address in ("/healthz", "/planer/", "/healthz/worker", "/hoeringer/", "/healthz"):
            request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            status = house.ask(request).split()[1]
            assert status == ("503" if address.endswith("worker") else "200"), house.end()
            with connection.cursor() as cursor:
                cursor.execute(CUT_OFF)
                assert cursor.fetchone() == (1,)
