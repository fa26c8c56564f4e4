"""Which migrations have made a database on this machine: written down by a test run.

To make a database by all of them takes half a minute of the processor, straight from the models two
seconds, and ``makemigrations --check`` says that both are the same. So a run goes through the
migrations where they, what they name of ours, or a library has changed since a run last did so for
this kind of database; in a fresh clone it always does.
"""

from __future__ import annotations

import json
import re

from tools.common import CACHE, ROOT, digest

NOTED = CACHE / "migrated.json"
_NAMED = re.compile(
    r"^(?:from|import) ((?:kommuneplan|plans|consultations)[\w.]*)(?: import ([\w, ]+))?",
    re.MULTILINE,
)


def as_they_are() -> str:
    """One value for everything that a database made by the migrations comes from."""
    files = {
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/*/migrations/*.py"),
        *ROOT.glob("requirements*.txt"),
        *ROOT.glob("kommuneplan/settings.py"),
    }
    for migration in list(files):
        for module, names in _NAMED.findall(migration.read_text(encoding="utf-8")):
            for path in (module, *(f"{module}.{name.strip()}" for name in names.split(","))):
                files.add(ROOT / f"{path.replace('.', '/')}.py")
    there = sorted(file for file in files if file.is_file())
    return digest(*there, also=" ".join(str(file.relative_to(ROOT)) for file in there))


def noted() -> dict[str, str]:
    """What the migrations were when they last made a database, for each kind."""
    try:
        return dict(json.loads(NOTED.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def has_made(kind: str) -> bool:
    """Have the migrations, as they are now, made a database of this kind here?"""
    return noted().get(kind) == as_they_are()


def write_down(kind: str) -> None:
    """They have made one."""
    CACHE.mkdir(exist_ok=True)
    NOTED.write_text(json.dumps({**noted(), kind: as_they_are()}, indent=1), encoding="utf-8")
