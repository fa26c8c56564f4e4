"""The virus scanner's protocol, spoken with a scanner made here."""

from __future__ import annotations

import contextlib
import socketserver
import struct
import threading

import pytest

from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState

VIRUS = b"X5O! ikke en rigtig virus"


class Scanner(socketserver.BaseRequestHandler):
    """clamd as its manual describes INSTREAM."""

    def handle(self) -> None:
        self.request.settimeout(5)
        line = self.request.makefile("rwb")
        assert line.read(10) == b"zINSTREAM\0"
        data = b""
        while (length := struct.unpack("!I", line.read(4))[0]) > 0:
            data += line.read(length)
        if b"for stor" in data:
            line.write(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            line.write(b"stream: Eicar FOUND\0" if VIRUS in data else b"stream: OK\0")
        line.flush()


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, settings, tmp_path):
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner)
        settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        place = str(tmp_path / "clamd.sock")
        server = socketserver.ThreadingUnixStreamServer(place, Scanner)
        settings.VIRUS_SCANNER = f"unix:{place}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_clean_and_infected_files_are_told_apart(scanner):
    assert virus_scanner.configured()
    assert virus_scanner.scan(b"ren " * 100_000) == ScanState.CLEAN
    assert virus_scanner.scan(b"0" * 200_000 + VIRUS) == ScanState.INFECTED


def test_a_scanner_that_cannot_say_is_down(scanner):
    with pytest.raises(virus_scanner.ScannerDown):
        virus_scanner.scan(b"for stor")


@pytest.mark.parametrize(
    "place", ["unix:/findes/ikke.sock", "tcp://127.0.0.1:1", "noget andet", "tcp://uden-port"]
)
def test_a_scanner_that_does_not_answer_is_down(settings, place):
    settings.VIRUS_SCANNER = place
    with pytest.raises(virus_scanner.ScannerDown):
        virus_scanner.scan(b"ren")


class Dribbling(socketserver.BaseRequestHandler):
    """A scanner that hangs, and says a letter now and then."""

    def handle(self) -> None:
        self.server.asked += 1
        with contextlib.suppress(OSError):
            while not self.server.over.wait(0.05):
                self.request.sendall(b"s")


@pytest.fixture
def dribbling(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Dribbling)
    server.asked, server.over, server.daemon_threads = 0, threading.Event(), True
    settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def test_a_scanner_that_hangs_is_left_after_a_while_and_not_asked_again_at_once(dribbling):
    with pytest.raises(virus_scanner.ScannerDown):
        virus_scanner.scan(b"ren", seconds=0.3)
    with pytest.raises(virus_scanner.ScannerDown):
        virus_scanner.scan(b"ren", seconds=0.3)
    assert dribbling.asked == 1
    virus_scanner.rest_is_over()
    with pytest.raises(virus_scanner.ScannerDown):
        virus_scanner.scan(b"ren", seconds=0.3)
    assert dribbling.asked == 2


def test_without_a_scanner_nothing_is_scanned_and_that_is_said(settings):
    settings.VIRUS_SCANNER = ""
    assert not virus_scanner.configured()
    assert virus_scanner.scan(VIRUS) == ScanState.NOT_SCANNED
