"""``python -m tools.bench.client``: asks one address again and again, and measures the answers.

A few plain sockets in one process, all kept busy through ``selectors``: each sends a request,
reads the whole answer and sends the next. A connection is kept where the server keeps it
(gunicorn's sync workers close theirs). Latency is from before the connection is opened, so a
request that waits for a free worker waits in the figures too. Reads one JSON object from standard
input, prints one.
"""

from __future__ import annotations

import itertools
import json
import re
import resource
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Order:
    """What to ask, for how long, with how many sockets."""

    port: int
    path: str
    status: int
    seconds: float
    sockets: int = 4
    headers: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[str, str]] = field(default_factory=list)

    def requests(self, socket: int) -> Iterator[bytes]:
        """The bytes of the requests of one socket, such as a browser sends: the one address for
        ever, or its share of the ``posts`` (path and body), each of them once."""
        if not self.posts:
            yield from itertools.repeat(self._bytes("GET", self.path, ""))
        for path, body in self.posts[socket :: self.sockets]:
            yield self._bytes("POST", path, body)

    def _bytes(self, method: str, path: str, body: str) -> bytes:
        headers = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", **self.headers}
        if method == "POST":
            headers["Content-Length"] = str(len(body.encode()))
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


class Visitor:
    """One socket and the answer it is reading."""

    def __init__(self, order: Order, selector: selectors.BaseSelector, number: int) -> None:
        self.order, self.selector = order, selector
        self.requests = order.requests(number)
        self.is_done = False
        self.connection: socket.socket | None = None
        self.times: list[float] = []
        self.errors = 0

    def ask(self) -> None:
        """Send the next request, on a new connection if the last one is closed."""
        request = next(self.requests, None)
        if request is None:
            self.is_done = True
            return
        self.began = time.perf_counter()
        self.answer = bytearray()
        self.expected: int | None = None
        try:
            if self.connection is None:
                self.connection = socket.create_connection(("127.0.0.1", self.order.port), 10)
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.selector.register(self.connection, selectors.EVENT_READ, self)
            self.connection.sendall(request)
        except OSError:
            self.errors += 1
            self.hang_up()

    def hang_up(self) -> None:
        if self.connection is not None:
            self.selector.unregister(self.connection)
            self.connection.close()
            self.connection = None

    def read(self) -> bool:
        """Take what has come; True when the answer is whole."""
        assert self.connection is not None
        try:
            some = self.connection.recv(1 << 18)
        except OSError:
            some = b""
        self.answer += some
        if self.expected is None:
            self.expected = self._whole_length()
        ended = not some or (self.expected is not None and len(self.answer) >= self.expected)
        if ended:
            self._finish(closed=not some)
        return ended

    def _whole_length(self) -> int | None:
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.answer[:end]).lower()
        if self.order.status == 304:
            return end + 4
        at = head.find(b"content-length:")
        return end + 4 + int(head[at + 15 :].split(b"\r\n")[0]) if at >= 0 else None

    def _finish(self, *, closed: bool) -> None:
        if self.answer.startswith(f"HTTP/1.1 {self.order.status} ".encode()) and (
            self.expected is None or len(self.answer) == self.expected
        ):
            self.times.append(time.perf_counter() - self.began)
        else:
            self.errors += 1
        if closed or b"\r\nconnection: close" in bytes(self.answer[:2000]).lower():
            self.hang_up()


def drive(order: Order) -> dict[str, Any]:
    """Ask for ``order.seconds``; requests a second, latencies in ms, errors, own CPU share."""
    selector = selectors.DefaultSelector()
    visitors = [Visitor(order, selector, number) for number in range(order.sockets)]
    began, cpu = time.perf_counter(), time.process_time()
    until = began + order.seconds
    for visitor in visitors:
        visitor.ask()
    while time.perf_counter() < until and not all(visitor.is_done for visitor in visitors):
        for key, _events in selector.select(1):
            if key.data.read():
                key.data.ask()
        for visitor in visitors:
            if visitor.connection is None and not visitor.is_done:
                visitor.ask()
    took = time.perf_counter() - began
    share = (time.process_time() - cpu) / took
    for visitor in visitors:
        visitor.hang_up()
    times = sorted(each for visitor in visitors for each in visitor.times)
    return {
        "per_second": len(times) / took,
        "answers": len(times),
        "p50": _at(times, 0.50),
        "p99": _at(times, 0.99),
        "errors": sum(visitor.errors for visitor in visitors),
        "own_cpu": share,
    }


def _at(times: list[float], share: float) -> float:
    return 1000 * times[min(int(share * len(times)), len(times) - 1)] if times else 0.0


_WRK_TIME = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def drive_wrk(order: Order) -> dict[str, Any]:
    """The same figures from wrk, which costs the machine less than we do.

    It does not look into the answers, so the first one is looked at here.
    """
    first = drive(Order(order.port, order.path, order.status, 0.05, 1, order.headers))
    headers = {"Accept-Encoding": "gzip", **order.headers}
    command = [
        *("wrk", "-t1", f"-c{order.sockets}", f"-d{round(order.seconds)}s", "--latency"),
        *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
        f"http://127.0.0.1:{order.port}{order.path}",
    ]
    cpu = _children_cpu()
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    times = {share: float(value) * _MS[unit] for share, value, unit in _WRK_TIME.findall(told)}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    answers = re.search(r"(\d+) requests in", told)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    failed = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told
    )
    return {
        "per_second": float(rate[1]) if rate else 0.0,
        "answers": int(answers[1]) if answers else 0,
        "p50": times.get("50", 0.0),
        "p99": times.get("99", 0.0),
        "errors": first["errors"]
        + (int(wrong[1]) if wrong else 0)
        + (sum(map(int, failed.groups())) if failed else 0),
        "own_cpu": (_children_cpu() - cpu) / order.seconds,
    }


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    drive_with = drive_wrk if "--wrk" in sys.argv else drive
    print(json.dumps(drive_with(Order(**json.load(sys.stdin)))))
