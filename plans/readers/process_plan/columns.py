"""Which column of a table holds what: told by its header, or by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..files.source import SourceCell, SourceRow
from .bodies import Directory
from .steps import is_date
from .vocabulary import COLUMN_OF


@dataclass
class Columns:
    """Which grid column holds what; ``matrix``: columns headed by a body, holding dates."""

    when: int | None = None
    what: int | None = None
    who: int | None = None
    until: int | None = None
    month: int | None = None
    weeks: bool = False
    year: int | None = None
    phase: int | None = None
    notes: list[int] = field(default_factory=list)
    matrix: dict[int, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        return self.calendar or (
            (self.when is not None or bool(self.matrix)) and self.what is not None
        )

    @property
    def calendar(self) -> bool:
        """Days of meetings below the bodies that meet, beside a column of months at most."""
        return len(self.matrix) > 1 and self.what is None


@dataclass
class HeadingContext:
    """What headings above have said: it holds until the next says otherwise."""

    year: int | None = None
    phase: str = ""
    rank: int = 0
    when: str = ""
    body: str = ""
    month: str = ""
    columns: Columns | None = None


def header(row: SourceRow, directory: Directory) -> Columns | None:
    """The columns a header row names, if it is one."""
    columns = Columns()
    known = filled = at = 0
    for cell in row.cells:
        text = " ".join(cell.text.split()).strip(" :*.?")
        if text:
            filled += 1
            name = _column_name(text)
            if name:
                known += 1
                _put(columns, name, at, text.lower())
            elif len(text) < 60 and (bodies := directory.find(text)) and bodies[0].start == 0:
                columns.matrix[at] = bodies[0].name
            elif len(text) > 40 or any(sign.isdigit() for sign in text):
                return None
        at += cell.span
    if columns.when is None and columns.month is not None:
        columns.when, columns.month = columns.month, None
    days_of_bodies = filled - len(columns.matrix) == (columns.when is not None)
    if columns.calendar and days_of_bodies:
        return columns
    if columns.matrix and not (known and columns.when is None and columns.what is not None):
        columns.matrix = {}
    if (
        not known
        or known + len(columns.matrix) < min(2, filled)
        or known + len(columns.matrix) < filled / 3
    ):
        return None
    if columns.what is None and not columns.matrix:
        _settle_what(columns, row)
    return columns if columns.usable else None


def _settle_what(columns: Columns, row: SourceRow) -> None:
    """A column without a known name, else notes, phase or bodies, holds the activity."""
    taken = {
        columns.when,
        columns.until,
        columns.month,
        columns.who,
        columns.year,
        columns.phase,
        *columns.notes,
    }
    at = 0
    for cell in row.cells:
        if at not in taken:
            columns.what = at
            return
        at += cell.span
    if columns.notes:
        columns.what = columns.notes.pop(0)
    elif columns.phase is not None:
        columns.what, columns.phase = columns.phase, None
    elif columns.who is not None:
        columns.what, columns.who = columns.who, None


def _column_name(text: str) -> str:
    lower = text.lower().strip(" :.?")
    if lower in COLUMN_OF:
        return COLUMN_OF[lower]
    if len(lower.split()) > 2 and is_date(text):  # "fra 15. august 2015" begins like a header
        return ""
    if re.fullmatch(r"[a-zæøå]{2,20}dato(?:er)?", lower):  # "Mødedatoer", "Behandlingsdato"
        return "when"
    words = re.split(r"[\s/,&]+", lower)
    if len(words) <= 4 and words[0] in COLUMN_OF:
        return COLUMN_OF[words[0]]
    if len(words) <= 3 and words[-1] in COLUMN_OF and len(words[-1]) > 3:
        return COLUMN_OF[words[-1]]
    return ""


def _put(columns: Columns, name: str, at: int, text: str) -> None:
    """The first column of a name counts; a second activity or date column is a note.

    A column of months beside one of days is kept apart; one of weeks may hold bare numbers.
    """
    if name == "when" and text.startswith("måned") and columns.month is None:
        columns.month = at
        return
    if name == "when" and columns.when is None:
        columns.weeks = text in ("uge", "uger", "uge nr", "ugenr", "ugenummer")
    if name == "note" or (name != "number" and getattr(columns, name) is not None):
        columns.notes.append(at)
    elif name != "number":
        setattr(columns, name, at)


def infer(rows: list[SourceRow], directory: Directory) -> Columns | None:
    """The columns of a table without headers, from what stands in them."""
    width = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
    if width < 2:
        return None
    texts = [[flat(row.column(at)) for row in rows] for at in range(min(width, 12))]
    dated = [sum(map(is_date, column)) for column in texts]
    best = max(range(len(texts)), key=lambda at: dated[at])
    filled = sum(1 for text in texts[best] if text)
    if not dated[best] or dated[best] < 0.5 * filled or dated[best] < min(2, len(rows)):
        return None
    columns = Columns(when=best)
    rest = [at for at in range(len(texts)) if at != best]
    for at in rest:
        if _mostly_bodies(texts[at], directory) and columns.who is None and len(rest) > 1:
            columns.who = at
    rest = [at for at in rest if at != columns.who]
    columns.what = max(rest, key=lambda at: (sum(map(len, texts[at])), -at))
    columns.notes = [at for at in rest if at != columns.what and any(texts[at])]
    return columns


def flat(cell: SourceCell | None) -> str:
    return " ".join(cell.text.split()) if cell else ""


def _mostly_bodies(texts: list[str], directory: Directory) -> bool:
    filled = [text for text in texts if text]
    covered = 0
    for text in filled:
        length = sum(body.end - body.start for body in directory.find(text))
        covered += length >= 0.6 * len(text)
    return bool(filled) and covered >= 0.5 * len(filled)
