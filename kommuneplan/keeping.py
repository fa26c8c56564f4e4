"""What is typed is kept before it is saved or sent, from however many open pages at once.

A page may only learn the state of what it sent, and never overwrites what it has not shown:

- Each field is sent with the mark of what stood in it when the page last showed it (``seen``).
- Where that still stands, or the page itself wrote it last (its answer was lost), the words are
  stored. Where somebody else has changed the field meanwhile, the words are kept *beside* it, both
  texts are shown to everybody who writes there, and a person puts them together (``settle``).
- Each page counts what it sends. What comes late or twice does nothing (``is_late``).

Plain values: who keeps an answer, a section or a status stores ``Windows.rows`` as JSON in the row
that it locks, and passes what is stored as words by name of field.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PRESENT = dt.timedelta(minutes=1)  # somebody who wrote so lately is writing
FORGOTTEN = dt.timedelta(days=2)  # a page that has sent nothing for so long is taken to be closed
UNKNOWN = "?"  # the mark of a text that nobody knows any more: the browser put words back
MOST_PAGES = 40
MOST_BESIDE = 12  # texts beside the fields of one thing


def mark(words: str) -> str:
    """What a page carries of the words it shows in a field."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from a page: ``words`` and the marks it ``seen`` by name of field; ``sequence``
    counts what the page sends (0: sent without the script, with all fields of the form)."""

    words: Mapping[str, str]
    seen: Mapping[str, str]
    page: str = ""
    sequence: int = 0
    writer: str = ""


@dataclass(slots=True)
class Weighed:
    """What is to be done with what was typed: ``store`` these words; ``accepted``: the fields that
    now stand as they were sent, with their marks; ``beside``: those that somebody else has changed
    and whose words are kept beside; ``unkept``: those for which there was no place. ``page``: the
    key under which it is noted; without the script every form that is sent is a page of its own,
    for a page that was gone back to or opened twice does not know what the other has written."""

    store: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    is_late: bool = False
    page: str = ""

    @property
    def clashes(self) -> list[str]:
        """The fields that two have changed."""
        return [*self.beside, *self.unkept]


@dataclass(frozen=True, slots=True)
class BesideText:
    """A text that is kept beside a field, and the page in which it was typed."""

    page: str
    name: str
    words: str
    writer: str = ""

    @property
    def mark(self) -> str:
        """The mark of its words."""
        return mark(self.words)


@dataclass(frozen=True, slots=True)
class Writing:
    """Somebody who writes in a field just now; nameless where no name is known."""

    name: str
    writer: str = ""


class BesideChoice(enum.StrEnum):
    """What becomes of a text beside a field: after what stands, in its place, or thrown away."""

    BOTH = "begge"
    THIS = "denne"
    NONE = "ingen"


class TextMoved(Exception):
    """What somebody chose between is not what stands there any more."""


@dataclass(frozen=True, slots=True)
class TextChoice:
    """A choice, and the marks of the two texts it was made between."""

    what: BesideChoice
    page: str
    name: str
    standing: str
    beside: str

    @classmethod
    def read(cls, value: str) -> TextChoice | None:
        """The choice that a pressed button names, or none."""
        parts = value.split("|")
        if len(parts) != 5 or parts[0] not in list(BesideChoice):
            return None
        return cls(BesideChoice(parts[0]), *parts[1:])


class Windows:
    """The open pages of one thing, by their keys: what each has counted and wrote last, and its
    words that stand beside a field."""

    def __init__(self, rows: dict[str, dict[str, Any]]) -> None:
        self.rows = rows

    def is_late(self, typed: Typed) -> bool:
        """Has the page sent something later, or this before?"""
        counted = self.rows.get(typed.page, {}).get("sequence", 0)
        return bool(typed.page and typed.sequence and typed.sequence <= counted)

    def counted(self, page: str) -> int:
        """The highest count that has come from a page."""
        return int(self.rows.get(page, {}).get("sequence", 0))

    def weigh(self, typed: Typed, stored: Mapping[str, str | None], *, at: dt.datetime) -> Weighed:
        """What is to be done with what was typed. ``stored``: what stands in each field that there
        is; None where nothing is kept yet, so that nobody can be overwritten."""
        page = typed.page if typed.sequence else uuid.uuid4().hex[:16]
        done = Weighed(is_late=self.is_late(typed), page=page)
        if done.is_late:
            return done
        row = self.rows.get(page, {})
        wrote, beside = dict(row.get("wrote", {})), dict(row.get("beside", {}))
        touched = ""
        for name, words in typed.words.items():
            if name not in stored:
                if words:
                    done.unkept.append(name)
                continue
            standing, seen = stored[name], typed.seen.get(name, "")
            if typed.sequence == 0 and mark(words) == seen:
                continue  # a form without the script sends what nobody touched, too
            touched = name
            if standing is None or self._may_write(standing, words, seen, wrote.get(name)):
                if standing != words:
                    done.store[name] = words
                done.accepted[name] = wrote[name] = mark(words)
                beside.pop(name, None)
            elif mark(words) == seen:  # taken back: what the others wrote stands
                beside.pop(name, None)
            elif not typed.sequence and words in [one.words for one in self.besides(name)]:
                done.beside.append(name)  # sent twice
            elif self._has_room(page, name, beside):
                beside[name] = words
                done.beside.append(name)
            else:
                done.unkept.append(name)
        if touched:
            self._note(typed, page, wrote, beside, touched, at)
        return done

    @staticmethod
    def _may_write(standing: str, words: str, seen: str, wrote: str | None) -> bool:
        there = mark(standing)
        return standing == words or there in (seen, wrote) or (seen == UNKNOWN and not standing)

    def _has_room(self, page: str, name: str, beside: Mapping[str, str]) -> bool:
        if name in beside:
            return True
        others = sum(1 for one in self.besides() if one.page != page)
        return others + len(beside) < MOST_BESIDE

    def _note(
        self,
        typed: Typed,
        page: str,
        wrote: dict[str, str],
        beside: dict[str, str],
        touched: str,
        at: dt.datetime,
    ) -> None:
        row = self.rows.setdefault(page, {})
        row["sequence"] = max(typed.sequence, row.get("sequence", 0))
        row["at"], row["in"] = at.isoformat(), touched
        row["wrote"], row["beside"] = wrote, beside
        row["writer"] = typed.writer or row.get("writer", "")
        self._forget(at)

    def _forget(self, at: dt.datetime) -> None:
        """Pages that have been closed, and the oldest beyond the most there can be; never one
        whose words stand beside."""
        idle = [page for page, row in self.rows.items() if not row.get("beside")]
        idle.sort(key=lambda page: str(self.rows[page].get("at", "")))
        many = len(self.rows) - MOST_PAGES
        for number, page in enumerate(idle):
            if number < many or _read(self.rows[page]) < at - FORGOTTEN:
                del self.rows[page]

    # --- what is told ----------------------------------------------------------------------------

    def besides(self, name: str | None = None) -> list[BesideText]:
        """The texts beside a field, or beside all."""
        return [
            BesideText(page, there, words, row.get("writer", ""))
            for page, row in self.rows.items()
            for there, words in row.get("beside", {}).items()
            if name in (None, there)
        ]

    def writing(self, *, page: str, at: dt.datetime) -> list[Writing]:
        """Who else writes just now, and where; several whose names are not known are told once."""
        others = [
            Writing(row["in"], row.get("writer", ""))
            for other, row in self.rows.items()
            if other != page and row.get("in") and _read(row) > at - PRESENT
        ]
        return list(dict.fromkeys(others))

    def left(self, page: str) -> None:
        """The page has been sent as a form: nobody writes in it any more."""
        self.rows.get(page, {}).pop("in", None)

    def knows(self, typed: Typed, name: str, standing: str) -> bool:
        """Has the page shown what stands in a field, or written it itself?"""
        wrote = self.rows.get(typed.page, {}).get("wrote", {}).get(name)
        return mark(standing) in (typed.seen.get(name), wrote)

    # --- saved -----------------------------------------------------------------------------------

    def saved(self, typed: Typed, *, at: dt.datetime) -> None:
        """The page has saved or sent its words: nothing of it stands beside any more, and what it
        sent before and comes late does nothing."""
        if not typed.page:
            return
        row = self.rows.setdefault(typed.page, {})
        row["sequence"] = max(typed.sequence, row.get("sequence", 0))
        row["at"], row["beside"] = at.isoformat(), {}
        row.pop("in", None)
        self._forget(at)

    def emptied(self) -> None:
        """Nothing is kept any more: no mark of words is, either."""
        for row in self.rows.values():
            row["wrote"] = {}

    # --- put together ----------------------------------------------------------------------------

    def settle(
        self,
        choice: TextChoice,
        standing: str,
        *,
        by_page: str,
        join: Callable[[str, str], str] = "{}\n\n{}".format,
    ) -> str | None:
        """Take a text that stands beside away as was chosen; what is to stand in the field, or
        None where that stays. Raises TextMoved when either text is another than was shown; one's
        own (``by_page``) is known to whoever typed it."""
        row = self.rows.get(choice.page, {})
        words = row.get("beside", {}).get(choice.name)
        if words is None:
            raise TextMoved
        known = choice.page == by_page or mark(words) == choice.beside
        if not known or mark(standing) != choice.standing:
            raise TextMoved
        del row["beside"][choice.name]
        if choice.what == BesideChoice.NONE:
            return None
        if choice.what == BesideChoice.THIS or not standing:
            return str(words)
        return join(standing, words)


def _read(row: Mapping[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(row["at"])
