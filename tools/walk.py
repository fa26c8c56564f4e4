"""``python -m tools.walk``: acts of all kinds in any order, for as long as asked.

Runs the machines of ``tests/walk`` with many examples. What is told is compared after each act; all
pages are opened at the end of a sequence and every ``--pages`` acts, which takes most of the time.
A sequence that makes two surfaces disagree is made as short as it can be and printed as a test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

MACHINES = {"acts": "sequence_of_acts", "forms": "form_that_anybody"}  # words of the tests' names


def main() -> int:
    """Walk, and say how it went."""
    parser = argparse.ArgumentParser(description="Let a machine try all acts in any order")
    parser.add_argument("--steps", type=int, default=2000, help="about how many acts (2000)")
    parser.add_argument("--each", type=int, default=50, help="acts in one sequence at most (50)")
    parser.add_argument("--pages", type=int, default=12, help="acts from page to page (12)")
    parser.add_argument("--only", choices=MACHINES, help="one of the two machines")
    parser.add_argument("--seed", help="where to begin, to walk the same way again")
    asked = parser.parse_args()
    environment = {
        **os.environ,
        "WALK_EXAMPLES": str(max(1, asked.steps // asked.each)),
        "WALK_STEPS": str(asked.each),
        "WALK_PAGES_EVERY": str(asked.pages),
    }
    program = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", "-p", "no:cacheprovider"]
    seed = [f"--hypothesis-seed={asked.seed}"] if asked.seed else []
    only = ["-k", MACHINES[asked.only]] if asked.only else []
    program += [*seed, *only, "tests/walk"]
    return subprocess.run(program, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
