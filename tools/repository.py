"""What must not be in the repository: paths of a machine, registries, promises, large files."""

from __future__ import annotations

import re
import subprocess
import sys

from tools.common import ROOT

# Brackets around one letter, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.-])/(?:wor[k]|roo[t]|home/\w+)/",
    "the host of a package registry": r"registry\.npm|pyp[i]\.org|pythonhoste[d]|deb\.debia[n]",
    "a promise instead of code": r"\b(?:TOD[O]|FIXM[E]|XX[X])\b",
}
LARGEST = 300_000
MAY_BE_LARGE = {
    "requirements.txt",  # hashes of every wheel
    "requirements-dev.txt",
    "kommuneplan/locale/da/LC_MESSAGES/django.po",  # every word of the interface
}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def faults(name: str) -> list[str]:
    content = (ROOT / name).read_bytes()
    found = []
    if len(content) > LARGEST and name not in MAY_BE_LARGE:
        found.append(
            f"{name}: {len(content) // 1000} kB; a file over {LARGEST // 1000} kB needs a reason"
        )
    if b"\0" in content[:8000]:
        return found
    for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
        found += [
            f"{name}:{number}: {what}"
            for what, pattern in FORBIDDEN.items()
            if re.search(pattern, line)
        ]
    return found


if __name__ == "__main__":
    report = [fault for name in tracked() for fault in faults(name)]
    print("\n".join(report) or "Nothing in the repository that should not be there.")
    sys.exit(bool(report))
