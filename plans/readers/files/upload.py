"""The guarded door: every uploaded plan comes in here, or is refused with a reason.

Sizes are checked before anything is opened, the name against the first bytes against the
content, and the declared sizes of a zip before it is inflated.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from .messages import gettext_noop
from .sandbox import read_in_sandbox
from .source import RefusedFile, Source
from .text import MAX_CHARACTERS, TOO_LONG, looks_like_html, read_text

MAX_BYTES = 10_000_000
MAX_ENTRIES = 2_000
MAX_INFLATED = 60_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 5_000_000
TEXTS = {".txt", ".csv", ".tsv", ".md"}
WEB = {".html", ".htm"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIZE = gettext_noop(
    "%(name)s is %(size)s MB. The limit is %(limit)s MB. Save only the process plan in its own "
    "document, or paste the text instead."
)
EMPTY = gettext_noop("%(name)s is empty. Choose another file.")
KIND = gettext_noop(
    "%(name)s is not a kind of file that can be read. Use Word (.docx), PDF, text (.txt), "
    "CSV or HTML, or paste the text instead."
)
MACROS = gettext_noop(
    "%(name)s is a Word file with macros. Save it as an ordinary Word document (.docx)."
)
OLD_WORD = gettext_noop("%(name)s is an old Word file. Open it in Word and save it as .docx.")
PROTECTED = gettext_noop(
    "%(name)s is protected by a password. Save it without protection and try again."
)
MISMATCH = gettext_noop(
    "%(name)s is called %(extension)s, but its content is something else. "
    "Open it in its own program and save it again."
)
BOMB = gettext_noop(
    "%(name)s unpacks to far more than it should, which could be an attack. "
    "Copy the text into a new document and try again."
)
ENCODING = gettext_noop("%(name)s holds characters that are not text. Save it as text in UTF-8.")


def open_upload(name: str, data: bytes) -> Source:
    """The rows of an uploaded file, or ``RefusedFile``."""
    shown = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "")[:100] or "?"
    if len(data) > MAX_BYTES:
        raise too_large(shown, len(data))
    extension = _extension(name, shown, data)
    if extension == ".docx":
        _check_word(shown, data)
        return read_in_sandbox("docx", data, shown)
    if extension == ".pdf":
        if not data.startswith(b"%PDF-"):
            raise RefusedFile(MISMATCH, name=shown, extension=extension)
        return read_in_sandbox("pdf", data, shown)
    if extension in TEXTS | WEB:
        return _open_text(shown, extension, data)
    raise RefusedFile(KIND, name=shown)


def too_large(name: str, size: int) -> RefusedFile:
    """The refusal of a file that need not even be read."""
    limit = MAX_BYTES // 1_000_000
    return RefusedFile(SIZE, name=name, size=f"{size / 1_000_000:.0f}", limit=limit)


def check_word_upload(name: str, shown: str, data: bytes) -> None:
    """Refuse whatever is not a Word document without macros, by its name and by its bytes."""
    if _extension(name, shown, data) != ".docx":
        raise RefusedFile(KIND, name=shown)
    _check_word(shown, data)


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


def _check_word(name: str, data: bytes) -> None:
    """A zip that is a Word document without macros, and no bomb."""
    if data.startswith(OLE):
        raise RefusedFile(PROTECTED, name=name)
    if not data.startswith(b"PK\x03\x04"):
        raise RefusedFile(MISMATCH, name=name, extension=".docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise RefusedFile(MISMATCH, name=name, extension=".docx") from error
    inflated = sum(entry.file_size for entry in entries)
    ratio = inflated / max(1, len(data))
    if len(entries) > MAX_ENTRIES or inflated > MAX_INFLATED:
        raise RefusedFile(BOMB, name=name)
    if inflated > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
        raise RefusedFile(BOMB, name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedFile(PROTECTED, name=name)
    names = {entry.filename.lower() for entry in entries}
    if "word/vbaproject.bin" in names:
        raise RefusedFile(MACROS, name=name)
    if "word/document.xml" not in names or "[content_types].xml" not in names:
        raise RefusedFile(MISMATCH, name=name, extension=".docx")


def _open_text(name: str, extension: str, data: bytes) -> Source:
    if data.startswith((b"%PDF-", b"PK\x03\x04", OLE, b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise RefusedFile(MISMATCH, name=name, extension=extension)
    text = _decode(name, data)
    if len(text) > MAX_CHARACTERS:
        raise RefusedFile(TOO_LONG, limit=MAX_CHARACTERS)
    if extension in WEB or looks_like_html(text):
        return read_in_sandbox("html", text.encode(), name)
    return Source(name, "text", tuple(read_text(text).rows))


def _decode(name: str, data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else Windows' western table."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RefusedFile(ENCODING, name=name)
    if any(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in text):
        raise RefusedFile(ENCODING, name=name)
    return text
