"""The guarded door for a whole text from Word: the same guards as for process plans, and what is
refused is said for a text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from ..files import deadline, docx, upload
from ..files.messages import gettext_noop
from ..files.sandbox import pictures_in_sandbox, word_in_sandbox
from ..files.source import RefusedFile
from .parts import WordText

MAX_BYTES = 25_000_000
MAX_PICTURE = 10_000_000

SIZE = gettext_noop(
    "%(name)s is %(size)s MB. The limit is %(limit)s MB. Make the pictures smaller in Word "
    "(Compress Pictures), and try again."
)
KIND = gettext_noop("%(name)s is not a Word document. Save the text as .docx, and choose it here.")
HEAVY = gettext_noop(
    "The document takes too much time or memory to read. Divide it into several documents, and "
    "import one at a time."
)
LARGE = gettext_noop(
    "A part of the Word document is too large (%(part)s). Divide it into several documents, and "
    "import one at a time."
)
NOTHING = gettext_noop(
    "There is no text in %(name)s. Is it a scanned picture? Choose the document the text was "
    "written in."
)
_SAID_HERE = {upload.KIND: KIND, deadline.TOO_HEAVY: HEAVY, docx.TOO_LARGE: LARGE}


def open_word(name: str, data: bytes) -> WordText:
    """The text of an uploaded .docx, or ``RefusedFile``."""
    shown = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "")[:100] or "?"
    if len(data) > MAX_BYTES:
        raise too_large(shown, len(data))
    try:
        upload.check_word_upload(name, shown, data)
        text = WordText.from_json(word_in_sandbox(data, shown))
    except RefusedFile as refused:
        said = _SAID_HERE.get(refused.source)
        if said is None:
            raise
        raise RefusedFile(said, **{"name": shown, **refused.params}) from refused
    if not text.blocks:
        raise RefusedFile(NOTHING, name=shown)
    return text


def too_large(name: str, size: int) -> RefusedFile:
    """The refusal of a file that need not even be read."""
    limit = MAX_BYTES // 1_000_000
    return RefusedFile(SIZE, name=name, size=f"{size / 1_000_000:.0f}", limit=limit)


def pictures(data: bytes, parts: Iterable[str]) -> dict[str, bytes]:
    """The bytes of pictures in a .docx that has come through the door, by their parts; empty where
    one is too large or not there."""
    return pictures_in_sandbox(data, parts, MAX_PICTURE)
