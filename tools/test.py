"""Everything that must hold: the checks of the project, then all tests on SQLite and again on PostgreSQL.

The browser tests drive a real Chromium. Coverage is that of both runs together; the threshold stands in
``pyproject.toml``. Arguments go to pytest: ``python -m tools.test -k timeline``; with ``--quick`` first it is
SQLite only, without the browser.
"""

from __future__ import annotations

import os
import sys

from tools import chromium, postgresql
from tools.common import MANAGE, PYTHON, ROOT, run, say

PYTEST = (PYTHON, "-m", "pytest", "-n", os.environ.get("WORKERS", "2"))
SQLITE = f"sqlite:///{ROOT / 'var' / 'kommuneplan.sqlite3'}"


def environment(database_url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url, "DEBUG": "true"}


def checks() -> int:
    """What can be told without a test: no migration missing, catalogue complete, nobody imports upwards."""
    options = {"env": environment(SQLITE)}
    return (
        run(*MANAGE, "check", "--fail-level", "WARNING", **options)
        | run(*MANAGE, "makemigrations", "--check", "--dry-run", **options)
        | run(PYTHON, "-m", "tools.messages", "--check", **options)
        | run(PYTHON.parent / "lint-imports", "--no-cache", **options)
    )


def quick(arguments: list[str]) -> int:
    return run(*PYTEST, "-q", "-m", "not browser", *arguments, env=environment(SQLITE))


def everything(arguments: list[str]) -> int:
    os.environ["CHROMIUM"] = chromium.ensure()
    say("Checks")
    checked = checks()
    no_gate = ["--cov-report=", "--cov-fail-under=0"]
    gate = no_gate if arguments else ["--cov-report=term:skip-covered"]
    with postgresql.server() as url:
        say("Tests on SQLite")
        on_sqlite = run(*PYTEST, "--cov", *no_gate, *arguments, env=environment(SQLITE))
        say("Tests on PostgreSQL")
        on_postgresql = run(*PYTEST, "--cov", "--cov-append", *gate, *arguments, env=environment(url))
    for name, failed in (("The checks", checked), ("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        if failed:
            print(f"── {name} failed, see above.", file=sys.stderr)
    return checked or on_sqlite or on_postgresql


if __name__ == "__main__":
    postgresql.end_on_signals()
    given = sys.argv[1:]
    sys.exit(quick(given[1:]) if given[:1] == ["--quick"] else everything(given))
