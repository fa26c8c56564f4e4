"""Compile the catalogues of the interface (no gettext tools needed), or check that they are complete.

``python -m tools.messages`` compiles; ``python -m tools.messages --check`` says what is missing.
"""

from __future__ import annotations

import sys

import polib

from tools.common import ROOT


def catalogues():
    for path in sorted(ROOT.glob("**/locale/*/LC_MESSAGES/*.po")):
        if not {".venv", "node_modules"} & set(path.parts):
            yield path


def compile_all() -> None:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def faults() -> list[str]:
    """Messages that have no translation, or one that nobody has confirmed."""
    found = []
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and (entry.fuzzy or not entry.translated()):
                found.append(f"{path.relative_to(ROOT)}:{entry.linenum}: {entry.msgid!r} is not translated")
    return found


if __name__ == "__main__":
    if "--check" in sys.argv:
        missing = faults()
        print("\n".join(missing) or "Catalogues complete.")
        sys.exit(bool(missing))
    compile_all()
