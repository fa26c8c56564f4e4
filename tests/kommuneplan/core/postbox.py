"""A mail server in the test's own process: speaks SMTP, keeps what it takes, and can be told to
refuse, or to do something between taking a mail and saying so."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any


class Postbox(socketserver.ThreadingTCPServer):
    """``with Postbox() as box``; what was delivered is in ``box.mails``, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}  # address: the answer to RCPT
        self.taken: Callable[[], None] | None = None  # called once, before the server says "taken"
        self.arrived = threading.Condition()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> Postbox:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()

    def wait_for(self, number: int, seconds: float = 60) -> list[EmailMessage]:
        """The mails, as soon as there are so many."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.mails) >= number, seconds), self.mails
        return self.mails


class _Talk(socketserver.StreamRequestHandler):
    server: Postbox

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        try:
            self.say("220 test")
            while line := self.rfile.readline():
                if not self.answer(line.decode().strip()):
                    break
        except OSError:
            pass  # the other end was killed, as some tests mean it to be

    def answer(self, line: str) -> bool:
        verb = line[:4].upper()
        if verb == "RCPT":
            address = line.partition("<")[2].partition(">")[0]
            self.say(self.server.refused.get(address, "250 ok"))
        elif verb == "DATA":
            self.say("354 go on")
            self.keep()
        else:
            self.say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def keep(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        found: Any = email.message_from_bytes(b"".join(lines), policy=default)
        hook, self.server.taken = self.server.taken, None
        if hook is not None:
            hook()
        with self.server.arrived:
            self.server.mails.append(found)
            self.server.arrived.notify_all()
        self.say("250 taken")
