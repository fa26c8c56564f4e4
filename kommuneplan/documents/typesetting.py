"""Setting a PDF by typst: accessible (PDF/UA-1), lasting (PDF/A-2a), without network.

A long paper is set in a process of its own: it takes a few hundred megabytes that a server would
never give back. ``python -m kommuneplan.documents.typesetting FOLDER SECONDS FONTS STANDARDS`` is
that process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "static" / "vendor" / "fonts"
STANDARDS = ("ua-1", "a-2a")
PROCESSOR_SECONDS = 240  # of all its threads together
LONGEST = 600  # seconds on the wall, however busy the machine is; a job is given up after 900
REFUSED = 3  # the child's answer when typst says no, with the reason on standard error


class CannotSet(Exception):
    """typst refuses the paper, for instance for a sign that no font has; the message says why."""


def typeset(files: dict[str, bytes], *, created: int, fonts: Path = FONTS) -> bytes:
    """The PDF that ``main.typ`` makes; it reads nothing but the files given here.

    ``created`` is in seconds since 1970. Raises CannotSet.
    """
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        _write(folder, files)
        return _set(Path(folder), created, fonts, STANDARDS)


def typeset_apart(
    files: dict[str, bytes],
    *,
    created: int,
    fonts: Path = FONTS,
    standards: Sequence[str] = STANDARDS,
) -> bytes:
    """The same in a process of its own; ``standards`` are those that typst is to hold it to.

    Raises CannotSet, and RuntimeError when the process takes too long or is killed.
    """
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        _write(folder, files)
        facts = (folder, str(created), str(fonts), " ".join(standards))
        command = [sys.executable, "-E", "-s", "-m", __name__, *facts]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=ROOT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"setting the PDF took more than {LONGEST} seconds") from error
        if done.returncode == REFUSED:
            raise CannotSet(done.stderr.decode(errors="replace"))
        if done.returncode != 0:
            raise RuntimeError(f"setting the PDF ended with {done.returncode}")
        return (Path(folder) / "out.pdf").read_bytes()


def _write(folder: str, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (Path(folder) / name).write_bytes(data)


def _set(folder: Path, created: int, fonts: Path, standards: Sequence[str]) -> bytes:
    import typst

    try:
        return typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=[fonts] if fonts.is_dir() else [],
            ignore_system_fonts=True,
            pdf_standards=[*standards],
            timestamp=created,
        )
    except typst.TypstError as error:
        raise CannotSet(error.message) from error


def _main(folder: str, created: str, fonts: str, standards: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        data = _set(Path(folder), int(created), Path(fonts), standards.split())
    except CannotSet as error:
        sys.stderr.write(str(error))
        return REFUSED
    (Path(folder) / "out.pdf").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
