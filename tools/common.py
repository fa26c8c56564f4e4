"""Paths, messages, stamps and commands shared by the tools."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MANAGE = [str(PYTHON), str(ROOT / "manage.py")]


def say(text: str) -> None:
    print(f"── {text}", flush=True)


def give_up(text: str) -> NoReturn:
    """End with a message for a person; no traceback."""
    sys.stdout.flush()
    sys.exit(f"\n{text}\n")


def end_on_signals() -> None:
    """Let Ctrl-C, a plain kill and a closed terminal end the program so that it cleans up."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda number, frame: sys.exit(128 + number))


def run(*command: object, **options) -> int:
    """Run a command in the project's root and return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, **options).returncode


def must(*command: object, **options) -> None:
    """Run a command that has to succeed."""
    if run(*command, **options):
        give_up(f"This failed: {' '.join(str(part) for part in command)}")


def pip_install(*arguments: object) -> int:
    """Install exactly what a lock with hashes names."""
    options = ("-qq", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")
    return run(PYTHON, "-m", "pip", "install", *options, *arguments)


def digest(*paths: Path, also: str = "") -> str:
    """One value for the contents of these files."""
    total = hashlib.sha256(also.encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def is_fresh(name: str, key: str, product: Path) -> bool:
    """Whether the product is there and was made from what the key stands for."""
    stamp = CACHE / name
    return product.exists() and stamp.exists() and stamp.read_text() == key


def stamp(name: str, key: str) -> None:
    CACHE.mkdir(exist_ok=True)
    (CACHE / name).write_text(key)


def has_apt() -> bool:
    """Whether Debian packages can be installed: as root, with apt."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that is possible, and where no other must go for them."""
    if not has_apt():
        return False
    say(f"Installing {' '.join(packages)} with apt")
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
    }
    run("apt-get", "update", "-qq", **quiet)
    options = ("-y", "-qq", "--no-install-recommends", "--no-remove")
    return run("apt-get", "install", *options, *packages, **quiet) == 0
