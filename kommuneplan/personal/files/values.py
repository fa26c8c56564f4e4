"""What was found in a file, where, and what could not be read; plain, and the same after JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kommuneplan.messages import gettext as _
from kommuneplan.messages import gettext_noop

from .. import Finding


class FilePlace(StrEnum):
    """Where in a file something stands."""

    FILE_NAME = "file-name"
    PAGE = "page"
    TEXT = "text"
    HEADER = "header"
    NOTE = "note"
    COMMENT = "comment"
    CHANGE = "change"
    PROPERTIES = "properties"
    ANNOTATION = "annotation"
    FORM = "form"
    LINK = "link"
    HIDDEN = "hidden"
    EARLIER = "earlier"


_PLACES = {
    FilePlace.FILE_NAME: gettext_noop("the file's name"),
    FilePlace.PAGE: gettext_noop("page %(number)s"),
    FilePlace.TEXT: gettext_noop("the text"),
    FilePlace.HEADER: gettext_noop("the header or footer"),
    FilePlace.NOTE: gettext_noop("a footnote"),
    FilePlace.COMMENT: gettext_noop("a comment in the margin"),
    FilePlace.CHANGE: gettext_noop("tracked changes (deleted words can be brought back)"),
    FilePlace.PROPERTIES: gettext_noop("the document's properties, which are not seen on the page"),
    FilePlace.ANNOTATION: gettext_noop("a note on page %(number)s"),
    FilePlace.FORM: gettext_noop("a field that was filled in"),
    FilePlace.LINK: gettext_noop("the address of a link"),
    FilePlace.HIDDEN: gettext_noop("a part of the file that is not seen on the page"),
    FilePlace.EARLIER: gettext_noop("an earlier edition that still lies in the file"),
}

_UNREAD = {
    "encrypted": gettext_noop(
        "The file is protected by a password and cannot be read by the program. Ask for one that "
        "is not, or look it through yourself."
    ),
    "damaged": gettext_noop(
        "The file is damaged and cannot be read by the program. Ask for it again."
    ),
    "heavy": gettext_noop(
        "The file takes too long to read for the program. A person must look it through."
    ),
    "page": gettext_noop(
        "Page %(number)s holds a picture and no text the program can read (it may be scanned). A "
        "person must look at it."
    ),
    "letters": gettext_noop(
        "The letters on page %(number)s cannot be read by the program. A person must look at it."
    ),
    "pictures": gettext_noop(
        "There are pictures in the file (%(number)s). The program cannot read what stands in "
        "them; a person must look."
    ),
    "embedded": gettext_noop(
        "Other files lie inside the file (%(number)s). The program has not read them; a person "
        "must open them."
    ),
    "refused": gettext_noop(
        "The file was not opened, for it could do harm. Hide it, and ask for another one."
    ),
    "part": gettext_noop(
        "There are parts in the file that the program does not know (%(number)s). A person must "
        "look it through."
    ),
    "signature": gettext_noop(
        "The file is signed digitally (%(number)s). The program cannot read what the signature "
        "says of who signed; a person must look."
    ),
    "signs": gettext_noop(
        "There are signs in the text that the program cannot read as letters (%(number)s). A "
        "person must look."
    ),
    "kind": gettext_noop("The program cannot read this kind of file. A person must look at it."),
}


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A finding and where it stands; ``around`` are the words about it, the quote among them."""

    place: FilePlace
    number: int
    finding: Finding
    around: str = ""

    @property
    def where(self) -> str:
        """The place, in the reader's language."""
        return _(_PLACES[self.place]) % {"number": self.number}

    def to_json(self) -> dict[str, Any]:
        """Plain data; it holds the personal data itself."""
        return {
            "place": self.place.value,
            "number": self.number,
            "finding": self.finding.to_json(),
            "around": self.around,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FileFinding:
        """The same from plain data."""
        finding = Finding.from_json(data["finding"])
        return cls(FilePlace(data["place"]), data["number"], finding, data["around"])


@dataclass(frozen=True, slots=True)
class Unread:
    """Something the program could not read: a person must look. ``number``: of the page, or how
    many."""

    code: str
    number: int = 0

    @property
    def words(self) -> str:
        """What could not be read and what to do, in the reader's language."""
        return _(_UNREAD.get(self.code, _UNREAD["kind"])) % {"number": self.number}

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"code": self.code, "number": self.number}


@dataclass(frozen=True, slots=True)
class FileFindings:
    """All that was found in a file. ``pages``: of a PDF, else 0."""

    found: tuple[FileFinding, ...] = ()
    unread: tuple[Unread, ...] = ()
    pages: int = 0

    @property
    def needs_person(self) -> bool:
        """Must somebody decide before it is shown to others?"""
        return bool(self.found or self.unread)

    def to_json(self) -> dict[str, Any]:
        """Plain data; it holds the personal data itself."""
        return {
            "found": [one.to_json() for one in self.found],
            "unread": [one.to_json() for one in self.unread],
            "pages": self.pages,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FileFindings:
        """The same from plain data; nothing was found where nothing is stored."""
        return cls(
            tuple(FileFinding.from_json(one) for one in data.get("found", ())),
            tuple(Unread(**one) for one in data.get("unread", ())),
            data.get("pages", 0),
        )
