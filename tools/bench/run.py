"""One run: prepare, serve, ask in turn, and leave nothing behind."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

WORKERS = 2
WARMING = 40  # posts, before any is counted


@dataclass
class BenchPlan:
    """How much and how long."""

    plans: int = 200
    rounds: int = 3
    seconds: float = 2.0

    @classmethod
    def quick(cls) -> BenchPlan:
        """Small and short: for a test that the bench itself works."""
        return cls(plans=30, rounds=1, seconds=0.4)


@dataclass
class BenchRow:
    """One address, with the figures of every round."""

    name: str
    path: str
    bytes: int
    queries: int
    cold: int
    cached: bool = True
    rounds: list[dict[str, Any]] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    cpu_ratios: list[float] = field(default_factory=list)
    problem: str = ""

    def median(self, figure: str) -> float:
        """The middle one of the rounds."""
        return statistics.median(each[figure] for each in self.rounds) if self.rounds else 0.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON: medians."""
        return {
            "name": self.name,
            "path": self.path,
            "cache": self.cached,
            "per_second": round(self.median("per_second"), 1),
            "p50_ms": round(self.median("p50"), 2),
            "p99_ms": round(self.median("p99"), 2),
            "cpu_ms": round(self.median("cpu_ms"), 3),
            "ratio": round(statistics.median(self.ratios), 3) if self.ratios else None,
            "cpu_ratio": round(statistics.median(self.cpu_ratios), 3) if self.cpu_ratios else None,
            "queries": self.queries,
            "queries_cold": self.cold,
            "bytes": self.bytes,
            "errors": sum(each["errors"] for each in self.rounds),
            "problem": self.problem,
        }


@contextlib.contextmanager
def database(directory: Path) -> Iterator[str]:
    """A database of one's own for the run, on the server or beside the one in use."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield f"sqlite:///{directory / 'bench.sqlite3'}"
        return
    name = f"kommuneplan_bench_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        given = os.environ["DATABASE_URL"].partition("?")
        yield given[0].rpartition("/")[0] + f"/{name}{given[1]}{given[2]}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """A port of 127.0.0.1 nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running gunicorn: where it listens, and what its workers have used of the processor."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time of all workers; 0 where psutil is not installed."""
        try:
            import psutil
        except ImportError:
            return 0.0
        workers = psutil.Process(self.pid).children(recursive=True)
        return sum(sum(worker.cpu_times()[:2]) for worker in workers)


@contextlib.contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """gunicorn with two sync workers."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--worker-class", "sync"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"),
        application,
    ]
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until a worker answers: gunicorn listens before its workers can."""
    for _try in range(300):
        if process.poll() is not None:
            raise RuntimeError("gunicorn did not start")
        with contextlib.suppress(OSError, http.client.HTTPException):
            caller = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            caller.request("GET", "/no-such-page")
            caller.getresponse().read()
            caller.close()
            time.sleep(0.5)  # for the other worker
            return
        time.sleep(0.05)
    raise RuntimeError("gunicorn does not answer")


def ask(
    server: Server,
    path: str,
    status: int,
    seconds: float,
    headers: dict[str, str],
    *,
    posts: list[Any] | None = None,
    with_own: bool = False,
) -> dict[str, Any]:
    """Have a client, a process of its own, ask for a while: wrk where it is installed.

    Ours takes a good third of a core and so makes every server look slower, the fast ones most.
    ``cpu_ms`` is the server's own processor time for one request, which other work on the machine
    hardly changes. ``with_own``: with our client also where wrk is; it alone can send ``posts``.
    """
    order = {"port": server.port, "path": path, "status": status, "seconds": seconds,
             "headers": headers, "posts": posts or []}  # fmt: skip
    program = [sys.executable, "-m", "tools.bench.client"]
    if shutil.which("wrk") and seconds >= 1 and not with_own:  # wrk counts in whole seconds
        program.append("--wrk")
    before = server.cpu()
    answer = subprocess.run(
        program,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    told["cpu_ms"] = 1000 * (server.cpu() - before) / max(told["answers"], 1)
    return told


def run(plan: BenchPlan, say: Callable[[str], None]) -> dict[str, Any]:
    """The whole run; everything it made is gone afterwards."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    with (
        tempfile.TemporaryDirectory(prefix="kommuneplan-bench-") as name,
        database(Path(name)) as url,
    ):
        ours = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
            "BENCH_DIRECTORY": name,
            "BENCH_PLANS": str(plan.plans),
            "BENCH_ROUNDS": str(plan.rounds),
            "SECRET_KEY": os.urandom(32).hex(),
        }
        say(f"Filling a database with {plan.plans} plans")
        prepared = subprocess.run(
            [sys.executable, "-m", "tools.bench.prepare"],
            env=ours,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        facts = json.loads(prepared.stdout)
        with (
            server("kommuneplan.wsgi:application", ours) as cached,
            server("kommuneplan.wsgi:application", {**ours, "BENCH_CACHE": "off"}) as uncached,
            server("tools.bench.bare:application", {**ours, "BENCH_BARE": "1"}) as bare,
        ):
            return _measure(plan, facts, cached, uncached, bare, say)


def _rows(
    addresses: list[dict[str, Any]], cached: Server, uncached: Server
) -> list[tuple[BenchRow, Server, dict[str, Any]]]:
    """A row for each address, and one without the cache where the cache makes a difference."""
    rows = []
    for address in addresses:
        common = (address["name"], address["path"], address["bytes"])
        row = BenchRow(*common, address["queries"], address["cold"])
        rows.append((row, cached, address))
        if address.get("posts") is not None and not address["posts"]:
            row.problem = "nothing to send"
        elif address["found"] != address["status"]:
            row.problem = f"answered {address['found']}, not {address['status']}"
        elif address["status"] == 200 and address["cold"] > address["queries"]:
            without = BenchRow(*common, address["cold"], address["cold"], cached=False)
            rows.append((without, uncached, address))
    return rows


def _share(posts: list[Any], number: int, rounds: int) -> list[Any]:
    """The posts of one round: each can be sent once."""
    many = len(posts) // rounds
    return posts[number * many : (number + 1) * many]


def _measure(
    plan: BenchPlan,
    facts: dict[str, Any],
    cached: Server,
    uncached: Server,
    bare: Server,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Each address between two looks at the bare app, in every round."""
    beside = BenchRow("bare Django app", "/500/", 0, 1, 1)
    rows = _rows(facts.pop("addresses"), cached, uncached)
    own_cpu = 0.0
    for number in range(plan.rounds):
        say(f"Round {number + 1} of {plan.rounds}")
        for row, server_asked, address in rows:
            if row.problem:
                continue
            where = (address["path"], address["status"])
            posts = _share(address.get("posts", []), number, plan.rounds)
            own = bool(posts)
            # both workers have met every template before anything is counted: the first answer of
            # a worker takes eight times the processor time of a later one
            warm = 0.3 if row.cached else 3.0
            first, posts = posts[:WARMING], posts[WARMING:]
            ask(server_asked, *where, warm, address["headers"], posts=first, with_own=own)
            before = ask(bare, beside.path, 200, plan.seconds / 2, {}, with_own=own)
            told = ask(
                server_asked, *where, plan.seconds, address["headers"], posts=posts, with_own=own
            )
            after = ask(bare, beside.path, 200, plan.seconds / 2, {}, with_own=own)
            base = (before["per_second"] + after["per_second"]) / 2
            beside.rounds += [before, after]
            row.rounds.append(told)
            row.ratios.append(told["per_second"] / max(base, 0.001))
            base_cpu = (before["cpu_ms"] + after["cpu_ms"]) / 2
            row.cpu_ratios.append(base_cpu / max(told["cpu_ms"], 0.001))
            own_cpu = max(own_cpu, before["own_cpu"], told["own_cpu"])
    return {
        **facts,
        "database": "postgresql" if "postgres" in os.environ.get("DATABASE_URL", "") else "sqlite",
        "workers": WORKERS,
        "cores": os.cpu_count(),
        "client": "wrk" if shutil.which("wrk") and plan.seconds >= 2 else "tools.bench.client",
        "client_cpu_at_most": round(own_cpu, 2),
        "rows": [beside.as_dict(), *(row.as_dict() for row, _server, _address in rows)],
    }
