"""Compile the catalogues of the interface (without gettext tools), or check that they are complete.

``python -m tools.messages`` compiles; ``python -m tools.messages --check`` says what is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.common import ROOT


def catalogues() -> list[Path]:
    return sorted(
        [*ROOT.glob("*/locale/*/LC_MESSAGES/*.po"), *ROOT.glob("*/*/locale/*/LC_MESSAGES/*.po")]
    )


def is_outdated(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def compile_all() -> None:
    import polib  # not there yet when set-up asks what is outdated

    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def faults() -> list[str]:
    """Messages that have no translation, or one that nobody has confirmed."""
    import polib

    found = []
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and (entry.fuzzy or not entry.translated()):
                found.append(
                    f"{path.relative_to(ROOT)}:{entry.linenum}: {entry.msgid!r} is not translated"
                )
    return found


if __name__ == "__main__":
    if "--check" in sys.argv:
        missing = faults()
        print("\n".join(missing) or "Catalogues complete.")
        sys.exit(bool(missing))
    compile_all()
