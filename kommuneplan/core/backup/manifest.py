"""What a backup holds: when it was made, of which program, and the digest of every file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kommuneplan.core.file_store import flush

NAME = "manifest.json"
FORMAT = 1


class NotWhole(Exception):
    """The folder is no backup, or something in it is missing or changed."""


@dataclass(slots=True)
class Manifest:
    """The first thing to read of a backup. Paths are below its folder."""

    made_at: str  # ISO 8601, UTC
    engine: str
    revision: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)  # path: SHA-256
    missing: list[str] = field(default_factory=list)  # media the database names, and that are gone
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Last of all, so that a backup that was broken off has none."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        unfinished = folder / f".{NAME}"
        unfinished.write_text(text, encoding="utf-8")
        flush(*folder.rglob("*"), folder)
        unfinished.rename(folder / NAME)
        flush(folder)

    @property
    def day(self) -> dt.datetime:
        """When it was made."""
        return dt.datetime.fromisoformat(self.made_at)


def whole_in(root: Path) -> list[tuple[Manifest, Path]]:
    """The whole backups below a folder, the newest last; the files in them are not read."""
    folders = sorted(root.iterdir()) if root.is_dir() else []
    told = [(_told(folder), folder) for folder in folders if not folder.name.startswith(".")]
    whole = [(manifest, folder) for manifest, folder in told if manifest is not None]
    return sorted(whole, key=lambda one: one[0].day)


def _told(folder: Path) -> Manifest | None:
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return manifest if manifest.format == FORMAT else None


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """The digests of every file below a folder but its manifest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all as they were saved; raises NotWhole."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotWhole("Mappen er ikke en hel sikkerhedskopi: manifest.json mangler.") from None
    if values.get("format") != FORMAT:
        raise NotWhole("Sikkerhedskopien er lavet af en anden udgave af programmet.")
    manifest, found = Manifest(**values), digests(folder)
    for path in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(path) != found.get(path):
            raise NotWhole(f"Filen {path} mangler, er ændret eller hører ikke til.")
    return manifest
