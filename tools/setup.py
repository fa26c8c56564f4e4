"""Make this checkout ready to run: Python environment, front-end assets, compiled messages.

Everything is stamped with the digest of what it was made from, so a second run does nothing
and takes a fraction of a second. ``python3 -m tools.setup``; with ``--for-tests`` it also says what
``tools.test`` will install: a browser and PostgreSQL.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

from tools import assets, chromium, messages, postgresql
from tools.common import (
    CACHE,
    PYTHON,
    ROOT,
    VENV,
    apt_install,
    digest,
    give_up,
    has_apt,
    is_fresh,
    must,
    pip_install,
    run,
    say,
    stamp,
)

OLDEST = (3, 11)
LOCK = ROOT / "requirements-dev.txt"


def use_a_python_that_is_new_enough() -> None:
    """Start again with a newer interpreter if this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in (14, 13, 12, 11):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, "-m", "tools.setup", *sys.argv[1:]])
    give_up(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")


def python_environment() -> None:
    """The virtual environment, filled from the hashed lock."""
    if not missing():
        return
    if not PYTHON.exists() or run(PYTHON, "-m", "pip", "--version", stdout=subprocess.DEVNULL):
        create_virtual_environment()
    say("Installing Python packages (about a minute the first time)")
    if pip_install("-r", LOCK):
        give_up("The Python packages could not be installed, see above.")
    stamp("python", _key())


def missing() -> list[str]:
    """What ``python_environment`` will install, in words."""
    if is_fresh("python", _key(), PYTHON):
        return []
    packages = sum("==" in line for line in LOCK.read_text().splitlines())
    told = [f"{packages} Python packages ({LOCK.name}), into {VENV.name}"]
    if not find_spec("ensurepip") and has_apt():
        told.insert(0, "what Python makes environments with, with apt: python3-venv")
    return told


def _key() -> str:
    return digest(LOCK, also=sys.version)


def create_virtual_environment() -> None:
    say(f"Creating {VENV.name} with Python {sys.version.split()[0]}")
    create = (sys.executable, "-m", "venv", "--clear", VENV)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if run(*create, **quiet) == 0:
        return
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if (apt_install("python3-venv") or apt_install(version)) and run(*create, **quiet) == 0:
        return
    give_up(
        "Python cannot create a virtual environment here.\n"
        f"On Debian and Ubuntu: sudo apt-get install python3-venv   (or {version})\n"
        "Then run the same make command again."
    )


def compile_messages() -> None:
    """Compile every catalogue that is newer than what was compiled from it."""
    if any(messages.is_outdated(path) for path in messages.catalogues()):
        must(PYTHON, "-m", "tools.messages")


def tell(for_tests: bool) -> None:
    """Say what will be installed, before anything is, and only what is not there."""
    told = [*missing(), *assets.missing()]
    if for_tests:
        told += [*postgresql.missing(), *chromium.missing()]
    if told:
        say("This is not here yet and will be installed:")
        print("".join(f"   - {line}\n" for line in told), end="", flush=True)


def main(for_tests: bool) -> None:
    use_a_python_that_is_new_enough()
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two make commands at once wait for each other
        tell(for_tests)
        python_environment()
        assets.install()
        compile_messages()


if __name__ == "__main__":
    main("--for-tests" in sys.argv)
