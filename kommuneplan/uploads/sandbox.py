"""Hostile bytes are looked at in a process of their own, with limits, and killed when over them.

The child is started anew (never forked from a running server), gets no environment of ours, no
open files and no network work to do; it reads the bytes on standard input and answers with JSON.

What it may use is counted in memory and in processor time, which other work on the machine does not
take from it, so that the same bytes get the same answer however busy the machine is. The clock on
the wall is the last resort, for a child that waits instead of working.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MAX_ANSWER = 20_000_000
IN_A_REQUEST = 25.0  # seconds on the wall; gunicorn ends a request after 30
IN_PEACE = 240.0  # where nobody waits at a browser


class TooHeavy(Exception):
    """The process took more time or memory than it may, or died."""


def ask(module: str, *arguments: str, data: bytes, seconds: float) -> dict[str, Any]:
    """What ``python -m module arguments`` answers when it is given the bytes.

    ``seconds``: how long the whole may take by the clock on the wall; several times what ``limit``
    gives the child of the processor. Raises TooHeavy.
    """
    command = [sys.executable, "-E", "-s", "-m", module, *arguments]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooHeavy from error
    if done.returncode != 0 or len(done.stdout) > MAX_ANSWER:
        raise TooHeavy
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def limit(*, memory: int, cpu_seconds: int) -> None:
    """Called first in the child: memory (bytes) beyond what the interpreter uses already,
    processor time, and no files written."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    in_use = int(pages) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
