"""Everything that must hold: the project's checks, then all tests on SQLite and on PostgreSQL.

On PostgreSQL everything that touches a database runs again, but what a second one could not change
(``one_database``: walks through pages that other tests ask for on both); what only reckons (dates,
readers, drawings, files) knows of none. The browser tests drive a real Chromium, once, on SQLite.

Arguments go to pytest: ``python -m tools.test -k timeline``. With ``--quick`` first it is SQLite
only, without the browser and without what is marked ``slow`` (crawls of the whole house, texts as
long as they may be, what is started, saved or loaded anew), on a database made from the models, and
at a door one person is asked for each answer. With ``--coverage`` first coverage is measured on
SQLite, against the threshold in ``pyproject.toml``. To be watched makes Python half as fast again,
so a run without it does not.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from tools import chromium, postgresql
from tools.common import MANAGE, PYTHON, ROOT, end_on_signals, run, say

CORES = os.cpu_count() or 1
PYTEST = (PYTHON, "-m", "pytest", "--dist", "worksteal", "--durations=10")
NO_TESTS = 5  # pytest's answer when nothing is left of what was asked for
SQLITE = f"sqlite:///{ROOT / 'var' / 'kommuneplan.sqlite3'}"


def on(database_url: str) -> dict:
    """Options that run a command on this database, whatever a developer's ``.env`` says.

    What Python has compiled is kept beside its source, also where an environment says that nothing
    is written: some hundred processes begin here, and each would compile all it imports. Those that
    look at untrusted files may write nothing and know no environment: they find it there.
    """
    env = {**os.environ, "DATABASE_URL": database_url, "DEBUG": "true"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return {"env": env}


def workers(waiting: int) -> tuple[str, str]:
    """So many processes for the tests: one to a core, and some more while others wait for a browser
    or a server."""
    return "-n", os.environ.get("WORKERS", str(CORES + waiting))


def checks() -> int:
    """What needs no test: no migration missing, catalogue complete, nobody imports upwards."""
    commands = (
        (*MANAGE, "check", "--fail-level", "WARNING"),
        (*MANAGE, "makemigrations", "--check", "--dry-run"),
        (PYTHON, "-m", "tools.messages", "--check"),
        (PYTHON.parent / "lint-imports", "--no-cache", "--no-logo"),
    )
    with ThreadPoolExecutor(CORES) as threads:
        return int(any(threads.map(lambda one: run(*one, **on(SQLITE)), commands)))


def quick(arguments: list[str]) -> int:
    options = on(SQLITE)
    options["env"]["QUICK"] = "1"
    kind = ("-q", "--nomigrations", "-m", "not (browser or slow)")
    return run(*PYTEST, *workers(0), *kind, *arguments, **options)


def watched(arguments: list[str]) -> tuple[str, ...]:
    """Options that measure coverage; a part of the tests is held against no threshold."""
    return "--cov", "--cov-fail-under=0" if arguments else "--cov-report=term:skip-covered"


def everything(arguments: list[str], watching: tuple[str, ...] = ()) -> int:
    os.environ["CHROMIUM"] = chromium.ensure()
    with postgresql.server() as url:
        say("Checks")
        failed = {"the checks": checks()}
        say("Tests on SQLite")
        whole = (*PYTEST, *workers(1))
        failed["SQLite or coverage"] = run(*whole, *watching, *arguments, **on(SQLITE))
        say("Tests on PostgreSQL")
        code = run(
            *whole, "-m", "database and not (browser or one_database)", *arguments, **on(url)
        )
        failed["PostgreSQL"] = 0 if arguments and code == NO_TESTS else code
    if any(failed.values()):
        names = ", ".join(name for name, code in failed.items() if code)
        print(f"── Not passed: {names}. See above.", file=sys.stderr)
    return int(any(failed.values()))  # also one that was killed: its code is below nothing


if __name__ == "__main__":
    end_on_signals()
    given = sys.argv[1:]
    if given[:1] == ["--quick"]:
        code = quick(given[1:])
    elif given[:1] == ["--coverage"]:
        code = everything(given[1:], watched(given[1:]))
    else:
        code = everything(given)
    sys.exit(code)
