"""The house as another process of its own finds it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The test database, for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    who = f"{values['USER']}:{values['PASSWORD']}@" if values["USER"] else ""
    port = f":{values['PORT']}" if values["PORT"] else ""
    return f"postgres://{who}{quote(values['HOST'], safe='')}{port}/{values['NAME']}"


class Gunicorn:
    """A program served by gunicorn with the settings of the house, on a free port."""

    def __init__(self, log: Path, *program: str, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        address = {"WEB_BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "1"}
        self.log, self.program = log, program
        self.around = {**os.environ, **address, **environment}

    def __enter__(self) -> Self:
        command = (sys.executable, "-m", "gunicorn", "-c", "python:kommuneplan.gunicorn_settings")
        with self.log.open("w") as written:
            self.process = subprocess.Popen(
                [*command, *self.program],
                cwd=settings.BASE_DIR,
                env=self.around,
                stdout=written,
                stderr=written,
            )
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def ask(self, request: str) -> str:
        """What it answers to a request, as it goes over the line."""
        for _try in range(600):
            try:
                line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            except ConnectionRefusedError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
                continue
            with line:
                line.sendall(request.encode())
                return line.makefile("rb").read().decode()
        raise AssertionError(self.log.read_text())

    def end(self) -> str:
        """End it; all that it has written."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        return self.log.read_text()
