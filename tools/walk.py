"""``python -m tools.walk``: acts of all kinds in any order, for as long as asked.

Runs the machine of ``tests/walk`` with many examples. A sequence that makes two surfaces disagree
is made as short as it can be and printed as a test to keep.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys


def main() -> int:
    """Walk, and say how it went."""
    parser = argparse.ArgumentParser(description="Let a machine try all acts in any order")
    parser.add_argument("--steps", type=int, default=2000, help="about how many acts (2000)")
    parser.add_argument("--each", type=int, default=50, help="acts in one sequence at most (50)")
    parser.add_argument("--seed", help="where to begin, to walk the same way again")
    asked = parser.parse_args()
    environment = {
        **os.environ,
        "WALK_EXAMPLES": str(max(1, asked.steps // asked.each)),
        "WALK_STEPS": str(asked.each),
    }
    program = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", "-p", "no:cacheprovider"]
    seed = [f"--hypothesis-seed={asked.seed}"] if asked.seed else []
    return subprocess.run([*program, *seed, "tests/walk"], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
