"""What a reader hands in: words with their place, authors, and what it could not read."""

from __future__ import annotations

import re

from .. import Certainty, DataKind, Finding, SenderData, Why, find, normal
from .values import FileFinding, FileFindings, FilePlace, Unread

MOST_CHARACTERS = 5_000_000
MOST_FINDINGS = 500
AROUND = 60  # letters shown on each side of a finding

_BEHIND = {FilePlace.HIDDEN, FilePlace.EARLIER, FilePlace.CHANGE}

# What programs write where an author should stand.
_NO_AUTHOR = re.compile(
    r"^(?:|microsoft.*|office.*|windows.*|user|bruger|admin\w*|author|forfatter|unknown|ukendt"
    r"|anonymous|anonym|python-docx|libreoffice.*|un-named)$",
    re.IGNORECASE,
)


class Unreadable(Exception):
    """The file cannot be opened; ``code`` says why (see ``values.Unread``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Collector:
    """Takes words in, place by place, and searches them at once; each finding of a place once."""

    def __init__(self, known: SenderData) -> None:
        self.found: list[FileFinding] = []
        self.unread: list[Unread] = []
        self.pages = 0
        self._known = known
        self._seen: set[tuple[FilePlace, int, DataKind, str]] = set()
        self._quotes: set[str] = set()
        self._letters = 0

    def words(self, place: FilePlace, text: str, number: int = 0) -> None:
        """Words of a place."""
        self._letters += len(text)
        if self._letters > MOST_CHARACTERS:
            raise Unreadable("heavy")
        for finding in find(text, known=self._known) if text.strip() else ():
            around = text[max(0, finding.start - AROUND) : finding.end + AROUND]
            self._add(FileFinding(place, number, finding, " ".join(around.split())))

    def author(self, place: FilePlace, name: str, number: int = 0) -> None:
        """Whoever is said to have written something."""
        name = " ".join(name.split())
        if (
            _NO_AUTHOR.match(name)
            or "kommune" in name.casefold()
            or not re.search(r"[^\W\d_]{2}", name)
        ):
            return
        finding = Finding(DataKind.NAME, 0, len(name), name, Certainty.LIKELY, Why.AUTHOR)
        self._add(FileFinding(place, number, finding, name))
        self.words(place, name, number)

    def add(self, place: FilePlace, finding: Finding) -> None:
        """Something that is no words."""
        self._add(FileFinding(place, 0, finding, finding.quote))

    def cannot_read(self, code: str, number: int = 0) -> None:
        """Something a person must look at."""
        unread = Unread(code, number)
        if unread not in self.unread:
            self.unread.append(unread)

    def _add(self, found: FileFinding) -> None:
        """Once a place; what stands in sight too is not told again of what is hidden."""
        bare = "".join(sign for sign in normal(found.finding.quote) if sign.isalnum())
        key = found.place, found.number, found.finding.kind, bare
        if key in self._seen or (found.place in _BEHIND and bare in self._quotes):
            return
        self._seen.add(key)
        self._quotes.add(bare)
        if len(self.found) < MOST_FINDINGS:
            self.found.append(found)
        else:
            self.cannot_read("heavy")

    def answer(self) -> FileFindings:
        """All of it."""
        return FileFindings(tuple(self.found), tuple(self.unread), self.pages)
