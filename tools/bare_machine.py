"""Try what README.md promises on a machine where nothing is prepared.

``python3 -m tools.bare_machine [FOLDER]``, as root on Debian, makes such a machine in the folder
(``tools.bare_debian``), clones into it what is committed here, and runs there first ``make demo``
until its front page answers, then ``make test``. It tells what each did and how long it took, and
ends with an error if one failed. What they printed lies in the folder afterwards, and the base
system, which ``--reuse`` takes again.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import bare_debian
from tools.common import CACHE, end_on_signals, give_up, say

HOST = "127.0.0.1"
PORTS = range(8000, 8100)
PATIENCE = 1800  # seconds until the front page answers, on whatever line
ORDERLY = 30  # seconds to end after Ctrl-C


@dataclass(frozen=True)
class Outcome:
    """What a command did and how long that took."""

    name: str
    failed: bool
    seconds: float
    told: str

    def __str__(self) -> str:
        state = "FAILED" if self.failed else "passed"
        return f"make {self.name}: {state} after {self.seconds:.0f} s: {self.told}"


@contextmanager
def running(machine: Path, log: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command on the machine; at the end all that it started is ended too."""
    say(f"{' '.join(words)}  ({log})")
    with log.open("w") as told:
        process = subprocess.Popen(
            bare_debian.command(machine, *words),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,  # a group of its own, as in a terminal
        )
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, and when that is not enough its end by force, which is that of all it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(ORDERLY)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def demo(machine: Path, log: Path) -> Outcome:
    """``make demo`` until the front page answers; then it is ended, and its port must be free."""
    port = next((port for port in PORTS if not is_taken(port)), None)
    if port is None:
        give_up(f"No port from {PORTS[0]} to {PORTS[-1]} is free.")
    begun = time.monotonic()
    with running(machine, log, "make", "demo", f"PORT={port}") as process:
        while not (shown := answers(port)) and process.poll() is None and _since(begun) < PATIENCE:
            time.sleep(0.25)
        seconds = _since(begun)
    told = [
        f"the front page {'answered' if shown else 'did not answer'}",
        f"exit code {process.returncode} after Ctrl-C",
    ]
    if left := is_taken(port):
        told.append(f"port {port} is still taken")
    return Outcome("demo", not shown or left or process.returncode < 0, seconds, ", ".join(told))


def test(machine: Path, log: Path, arguments: str) -> Outcome:
    """``make test``, or a part of it by arguments of pytest."""
    begun = time.monotonic()
    with running(machine, log, "make", "test", f"ARGUMENTS={arguments}") as process:
        code = process.wait()
    return Outcome("test", bool(code), _since(begun), f"exit code {code}")


def _since(begun: float) -> float:
    return time.monotonic() - begun


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=20) as page:
            return page.status == 200 and b"<html" in page.read()
    except OSError:
        return False


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m tools.bare_machine", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CACHE / "bare")
    parser.add_argument("--only", choices=("demo", "test"), help="run one of the two")
    parser.add_argument("--keep", action="store_true", help="leave the machine in the folder")
    parser.add_argument("--reuse", action="store_true", help="take the base system of the last run")
    parser.add_argument("--test-arguments", default="", metavar="'-k WORD'", help="for pytest")
    return parser.parse_args()


def main() -> int:
    order = asked()
    if os.geteuid() != 0:
        give_up("Only root can make a machine in a folder: sudo python3 -m tools.bare_machine")
    folder = order.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            give_up(f"{folder} is in use by another run.")
        return try_it(folder, order)


def try_it(folder: Path, order: argparse.Namespace) -> int:
    """Make the machine, run what was asked for, and remove it."""
    try:
        machine = bare_debian.build(folder, order.reuse)
        failed = False
        if order.only != "test":
            failed |= tell(demo(machine, folder / "demo.log"))
        if order.only != "demo":
            failed |= tell(test(machine, folder / "test.log", order.test_arguments))
    finally:
        if not order.keep:
            bare_debian.remove(folder / "machine")
    return failed


def tell(outcome: Outcome) -> bool:
    """Print it; whether it failed."""
    print(outcome, flush=True)
    return outcome.failed


if __name__ == "__main__":
    end_on_signals()
    sys.exit(main())
