"""Style, types, layers, repository, structure; ``--fix`` puts right what a tool can put right."""

from __future__ import annotations

import sys

from tools.common import PYTHON, ROOT, run, say

BIN = PYTHON.parent
TEMPLATES = [
    path for path in ("templates", "plans", "consultations") if any((ROOT / path).glob("**/*.html"))
]
PURE = ("kommuneplan/timespan", "kommuneplan/personal", "plans/readers")
TYPED = [path for path in PURE if (ROOT / path).is_dir()]

CHECKS = {
    "ruff": [BIN / "ruff", "check", "--output-format=concise", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "--output-format=concise", "."],
    "djlint": [BIN / "djlint", *TEMPLATES, "--lint", "--quiet"] if TEMPLATES else [],
    "layers": [BIN / "lint-imports", "--no-cache", "--no-logo"],
    "types": [BIN / "mypy", *TYPED],
    "repository": [PYTHON, "-m", "tools.repository"],
    "durations": [PYTHON, "-m", "tools.durations"],
    "regexes": [PYTHON, "-m", "tools.regexes"],
    "structure": [PYTHON, "-m", "tools.structure"],
}
FIXES = {
    "ruff": [BIN / "ruff", "check", "--fix-only", "."],
    "ruff format": [BIN / "ruff", "format", "."],
}


def main(jobs: dict[str, list]) -> int:
    failed = []
    for name, command in jobs.items():
        say(name)
        if command and run(*command):
            failed.append(name)
    print(f"── Not in order: {', '.join(failed)}" if failed else "── All in order", flush=True)
    return bool(failed)


if __name__ == "__main__":
    if "--fix" in sys.argv:
        main(FIXES)
        sys.exit(0)
    sys.exit(main(CHECKS))
