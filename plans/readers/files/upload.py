"""The guarded door: every uploaded plan comes in here, or is refused with a reason.

Sizes are checked before anything is looked at, then the name against the first bytes. Opened, and
understood, it is in the limited process (``opening``).
"""

from __future__ import annotations

from pathlib import PurePosixPath

from .messages import gettext_noop
from .opening import BOMB, ENCODING, MACROS, MISMATCH, PROTECTED
from .sandbox import read_in_sandbox
from .source import RefusedFile, Source

__all__ = ["BOMB", "ENCODING", "MACROS", "MISMATCH", "PROTECTED", "open_upload", "outside"]

MAX_BYTES = 10_000_000
TEXTS = {".txt", ".csv", ".tsv", ".md"}
WEB = {".html", ".htm"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = (b"%PDF-", b"PK\x03\x04", OLE, b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_FIRST = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-"}

SIZE = gettext_noop(
    "%(name)s is %(size)s MB. The limit is %(limit)s MB. Save only the process plan in its own "
    "document, or paste the text instead."
)
EMPTY = gettext_noop("%(name)s is empty. Choose another file.")
KIND = gettext_noop(
    "%(name)s is not a kind of file that can be read. Use Word (.docx), PDF, text (.txt), "
    "CSV or HTML, or paste the text instead."
)
OLD_WORD = gettext_noop("%(name)s is an old Word file. Open it in Word and save it as .docx.")


def open_upload(name: str, data: bytes) -> Source:
    """The rows of an uploaded file, or ``RefusedFile``."""
    shown, format = outside(name, data)
    return read_in_sandbox(format, data, shown)


def shown_name(name: str) -> str:
    """The name of a file as it may be shown: its last part, and no longer than a line."""
    return PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "")[:100] or "?"


def outside(name: str, data: bytes) -> tuple[str, str]:
    """The name as it is shown and the format a file is read in, told by its size, its name and its
    first bytes alone. Raises RefusedFile."""
    shown = shown_name(name)
    if len(data) > MAX_BYTES:
        raise too_large(shown, len(data))
    extension = _extension(name, shown, data)
    if extension in _FIRST:
        _check_first(extension, shown, data)
        return shown, extension[1:]
    if extension not in TEXTS | WEB:
        raise RefusedFile(KIND, name=shown)
    if data.startswith(_NO_TEXT):
        raise RefusedFile(MISMATCH, name=shown, extension=extension)
    return shown, "html file" if extension in WEB else "file"


def _check_first(extension: str, shown: str, data: bytes) -> None:
    if extension == ".docx" and data.startswith(OLE):
        raise RefusedFile(PROTECTED, name=shown)
    if not data.startswith(_FIRST[extension]):
        raise RefusedFile(MISMATCH, name=shown, extension=extension)


def too_large(name: str, size: int) -> RefusedFile:
    """The refusal of a file that need not even be read."""
    limit = MAX_BYTES // 1_000_000
    return RefusedFile(SIZE, name=name, size=f"{size / 1_000_000:.0f}", limit=limit)


def check_word_upload(name: str, shown: str, data: bytes) -> None:
    """Refuse what is no Word document by its name and its first bytes."""
    if _extension(name, shown, data) != ".docx":
        raise RefusedFile(KIND, name=shown)
    _check_first(".docx", shown, data)


def _extension(name: str, shown: str, data: bytes) -> str:
    """How the name ends, when there is something in the file and the name is no trick."""
    if not data.strip():
        raise RefusedFile(EMPTY, name=shown)
    extension = PurePosixPath(shown).suffix.lower()
    if "\x00" in name:
        raise RefusedFile(KIND, name=shown)
    if extension == ".docm":
        raise RefusedFile(MACROS, name=shown)
    if extension in (".doc", ".dot", ".rtf"):
        raise RefusedFile(OLD_WORD, name=shown)
    return extension
