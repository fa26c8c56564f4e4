"""What may be handed in, and what is said of a file that may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kommuneplan.messages import gettext as _
from kommuneplan.messages import gettext_noop

MAX_BYTES = 20_000_000  # of one file
MAX_FILES = 10  # with one response
MAX_TOTAL = 60_000_000  # bytes of all files of one response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": WORD,
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
KINDS = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".txt": "txt", ".png": "png",
         ".jpg": "jpeg", ".jpeg": "jpeg"}  # fmt: skip

_MESSAGES = {
    "empty": gettext_noop("%(name)s is empty. Choose another file."),
    "size": gettext_noop(
        "%(name)s is %(size)s MB. The limit is %(limit)s MB. Make it smaller, or divide it into "
        "several files."
    ),
    "number": gettext_noop("At most %(limit)s files can be attached. Take some of them away."),
    "total": gettext_noop(
        "The files are more than %(limit)s MB together. Make them smaller, or take some away."
    ),
    "name": gettext_noop("The file has a name that cannot be used. Give it another and try again."),
    "kind": gettext_noop(
        "%(name)s is not a kind of file that can be attached. Use PDF, Word (.docx), OpenDocument "
        "(.odt), text (.txt) or a picture (PNG or JPEG)."
    ),
    "double": gettext_noop(
        "%(name)s has a name with two endings, as harmful files have. Give it a name with one "
        "ending and try again."
    ),
    "old": gettext_noop("%(name)s is an old Word file. Open it in Word and save it as .docx."),
    "macros": gettext_noop(
        "%(name)s holds macros, which are small programs. Save it as an ordinary Word document "
        "(.docx) or as PDF."
    ),
    "active": gettext_noop(
        "%(name)s holds programs or other files that open by themselves. Save it anew as PDF "
        "without them (choose to print to PDF)."
    ),
    "mismatch": gettext_noop(
        "%(name)s is called %(extension)s, but its content is something else. Open it in its own "
        "program and save it again."
    ),
    "protected": gettext_noop(
        "%(name)s is protected by a password, so nobody could read it here. Save it without "
        "protection and try again."
    ),
    "bomb": gettext_noop(
        "%(name)s unpacks to far more than it should, which could be an attack. Save it anew in "
        "its own program and try again."
    ),
    "dtd": gettext_noop(
        "%(name)s has a document type definition inside, which could be an attack. Save it anew "
        "in its own program and try again."
    ),
    "damaged": gettext_noop(
        "%(name)s is damaged and cannot be opened. Save it again in its own program and try again."
    ),
    "letters": gettext_noop("%(name)s holds signs that are not text. Save it as text in UTF-8."),
}


def kind_of(name: str) -> str:
    """What a file that has been accepted is called: a key of CONTENT_TYPES."""
    return KINDS[f".{name.lower().rpartition('.')[2]}"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is what it says. ``kind``: a key of CONTENT_TYPES; ``content_type`` is ours, not
    the sender's; ``clean_name`` is safe to store, show and hand out."""

    kind: str
    content_type: str
    clean_name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken in. ``code`` is for programs and tests."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return _(_MESSAGES[self.code]) % self.params
