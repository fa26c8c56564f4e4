"""The virus scanner, where the municipality has one: clamd, asked over its own protocol.

``VIRUS_SCANNER`` is ``unix:/path/to/clamd.sock`` or ``tcp://host:port``; without it files are
not scanned, and every page that shows one says so.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from .enums import ScanState

SECONDS = 20.0  # for all of it, connecting and answering included
IN_A_REQUEST = 4.0
REST = 60.0  # seconds in which a scanner that gave no verdict is not asked again
CHUNK = 64 * 1024
MOST_ANSWER = 4_096


class ScannerDown(Exception):
    """A scanner is set up and gives no verdict: keep the file, do not show it, scan it later."""


def configured() -> bool:
    """Is a scanner set up?"""
    return bool(settings.VIRUS_SCANNER)


def safe_states() -> list[ScanState]:
    """What must have been said of a file that others are given: with a scanner that it is clean,
    without one anything but that it is not."""
    return [ScanState.CLEAN] if configured() else [ScanState.CLEAN, ScanState.NOT_SCANNED]


_asked_again_from = 0.0  # by the clock that only goes on; of this process


def rest_is_over() -> None:
    """Ask the scanner again, although it gave no verdict a moment ago."""
    global _asked_again_from
    _asked_again_from = 0.0


def scan(data: bytes, *, seconds: float = SECONDS) -> ScanState:
    """What the scanner says of some bytes; NOT_SCANNED where none is set up.

    Raises ScannerDown when one is and does not answer in time, or answers that it could not; it is
    left in peace for a while then, so that one that hangs holds a queue of files up once.
    """
    global _asked_again_from
    if not configured():
        return ScanState.NOT_SCANNED
    if time.monotonic() < _asked_again_from:
        raise ScannerDown
    try:
        until = time.monotonic() + seconds
        with _connected(seconds) as line:
            answer = _asked(line, data, until)
    except (OSError, ValueError) as error:
        _asked_again_from = time.monotonic() + REST
        raise ScannerDown from error
    if answer.endswith("FOUND"):
        return ScanState.INFECTED
    if answer.endswith(" OK"):
        return ScanState.CLEAN
    raise ScannerDown


@contextlib.contextmanager
def _connected(seconds: float) -> Iterator[socket.socket]:
    place = settings.VIRUS_SCANNER
    if place.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with line:
            line.settimeout(seconds)
            line.connect(place.removeprefix("unix:"))
            yield line
        return
    address = urlsplit(place)
    if address.scheme != "tcp" or not address.hostname or not address.port:
        raise ValueError("VIRUS_SCANNER is neither unix:/path nor tcp://host:port")
    with socket.create_connection((address.hostname, address.port), timeout=seconds) as line:
        yield line


def _asked(line: socket.socket, data: bytes, until: float) -> str:
    """INSTREAM: chunks, each after its length, and a length of nothing at the end. One that answers
    a letter now and then has no more time than one that does not answer."""
    _left(line, until)
    line.sendall(b"zINSTREAM\0")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may have seen enough
        for place in range(0, len(data), CHUNK):
            chunk = data[place : place + CHUNK]
            _left(line, until)
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith((b"\0", b"\n")) and len(answer) < MOST_ANSWER:
        _left(line, until)
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left(line: socket.socket, until: float) -> None:
    """Give what is said next the time that is left. Raises TimeoutError when there is none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
