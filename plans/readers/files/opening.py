"""A plan that came from outside, opened: called in the limited process alone."""

from __future__ import annotations

import io
import zipfile

from .messages import gettext_noop
from .source import RefusedFile, RowCollector

MAX_ENTRIES = 2_000
MAX_INFLATED = 60_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 5_000_000
_ENTRY = b"PK\x01\x02"  # of the list of parts

MACROS = gettext_noop(
    "%(name)s is a Word file with macros. Save it as an ordinary Word document (.docx)."
)
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


def rows_of(format: str, name: str, data: bytes) -> tuple[str, RowCollector]:
    """The rows of a file, and the format they were read in: "docx", "pdf", "html" or "text".

    ``format`` may be "file" or "html file" too: as it was uploaded, in whichever letters.
    """
    if format == "docx":
        from .docx import read_docx

        check_word(name, data)
        return format, read_docx(data)
    if format == "pdf":
        from .pdf import read_pdf

        return format, read_pdf(data)
    from .text import MAX_CHARACTERS, TOO_LONG, looks_like_html, read_html, read_text

    text = decoded(name, data) if format.endswith("file") else data.decode("utf-8")
    if len(text) > MAX_CHARACTERS:
        raise RefusedFile(TOO_LONG, limit=MAX_CHARACTERS)
    if format.startswith("html") or looks_like_html(text):
        return "html", read_html(text)
    return "text", read_text(text)


def check_word(name: str, data: bytes) -> None:
    """A zip that is a Word document without macros, and no bomb."""
    if data.count(_ENTRY) > 2 * MAX_ENTRIES:
        raise RefusedFile(BOMB, name=name)
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


def decoded(name: str, data: bytes) -> str:
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
