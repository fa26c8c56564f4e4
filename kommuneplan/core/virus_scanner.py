"""The virus scanner, where the municipality has one: clamd, asked over its own protocol.

``VIRUS_SCANNER`` is ``unix:/path/to/clamd.sock`` or ``tcp://host:port``; without it files are
not scanned, and every page that shows one says so.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from .enums import ScanState

SECONDS = 30.0
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


def scan(data: bytes) -> ScanState:
    """What the scanner says of some bytes; NOT_SCANNED where none is set up.

    Raises ScannerDown when one is and does not answer, or answers that it could not.
    """
    if not configured():
        return ScanState.NOT_SCANNED
    try:
        with _connected() as line:
            answer = _asked(line, data)
    except (OSError, ValueError) as error:
        raise ScannerDown from error
    if answer.endswith("FOUND"):
        return ScanState.INFECTED
    if answer.endswith(" OK"):
        return ScanState.CLEAN
    raise ScannerDown


@contextlib.contextmanager
def _connected() -> Iterator[socket.socket]:
    place = settings.VIRUS_SCANNER
    if place.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with line:
            line.settimeout(SECONDS)
            line.connect(place.removeprefix("unix:"))
            yield line
        return
    address = urlsplit(place)
    if address.scheme != "tcp" or not address.hostname or not address.port:
        raise ValueError("VIRUS_SCANNER is neither unix:/path nor tcp://host:port")
    with socket.create_connection((address.hostname, address.port), timeout=SECONDS) as line:
        yield line


def _asked(line: socket.socket, data: bytes) -> str:
    """INSTREAM: chunks, each after its length, and a length of nothing at the end."""
    line.sendall(b"zINSTREAM\0")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may have seen enough
        for place in range(0, len(data), CHUNK):
            chunk = data[place : place + CHUNK]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith((b"\0", b"\n")) and len(answer) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
