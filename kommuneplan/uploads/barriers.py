"""Can everybody read the annex? What the program can tell, in words for whoever publishes it.

Files that are published are covered by the law on accessible websites (webtilgængelighedsloven);
what a citizen hands in cannot be refused for it, but the municipality can offer another form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kommuneplan.messages import gettext as _
from kommuneplan.messages import gettext_noop

from .sandbox import IN_PEACE, TooHeavy, ask
from .verdicts import KINDS

SERIOUS, MINOR, UNKNOWN = "serious", "minor", "unknown"

_KNOWN = {
    "pdf-no-text": (SERIOUS, gettext_noop(
        "Pages that are pictures without text: %(number)s. They cannot be read aloud or searched. "
        "Ask for the document they were scanned from.")),
    "pdf-untagged": (SERIOUS, gettext_noop(
        "The PDF has no tags, so a screen reader does not know headings, lists and tables. Ask "
        "for it saved with tags, or for the Word document.")),
    "no-title": (MINOR, gettext_noop(
        "The document has no title in its properties, so a screen reader reads the file's name.")),
    "no-language": (MINOR, gettext_noop(
        "The document does not say which language it is in, so it may be read aloud wrongly.")),
    "no-alt": (SERIOUS, gettext_noop(
        "Pictures without alternative text: %(number)s. Whoever cannot see them is told nothing.")),
    "no-field-name": (MINOR, gettext_noop("Fields of the form without a name: %(number)s.")),
    "no-headings": (SERIOUS, gettext_noop(
        "The text has no headings (made with heading styles), so one cannot jump in it.")),
    "no-table-head": (MINOR, gettext_noop(
        "Tables without a header row: %(number)s. The cells are read aloud without their column.")),
    "picture": (UNKNOWN, gettext_noop(
        "A picture cannot be read aloud. If there are words in it, write them where it is shown.")),
    "unread": (UNKNOWN, gettext_noop(
        "The program cannot tell whether everybody can read the file. Look yourself.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something that stands in the way of a reader. ``weight``: serious, minor or unknown;
    ``number``: how many there are, 0 where it is about the whole."""

    code: str
    number: int = 0

    @property
    def weight(self) -> str:
        """How grave it is."""
        return _KNOWN.get(self.code, _KNOWN["unread"])[0]

    @property
    def words(self) -> str:
        """What it is and what to do, in the reader's language."""
        return _(_KNOWN.get(self.code, _KNOWN["unread"])[1]) % {"number": self.number}

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"code": self.code, "number": self.number}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Barrier:
        """The same from plain data."""
        return cls(data["code"], data.get("number", 0))


def accessibility(name: str, data: bytes, *, seconds: float = IN_PEACE) -> list[Barrier]:
    """What stands in the way of readers of a file that has been accepted; never raises.

    An empty list says that the program found nothing, not that there is nothing.
    """
    kind = KINDS.get(PurePosixPath(name).suffix.lower(), "")
    if kind == "txt":
        return []
    if kind in ("png", "jpeg"):
        return [Barrier("picture")]
    if not kind:
        return [Barrier("unread")]
    try:
        answer = ask("kommuneplan.uploads.child", kind, data=data, seconds=seconds)
    except TooHeavy:
        return [Barrier("unread")]
    return [Barrier(code, number) for code, number in answer["barriers"]]
