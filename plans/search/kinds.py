"""What can be searched for in the workspace: kinds of things, each finding for a person only what
that person may read. A wing or an app adds its own in ``ready()``::

    register_kind(Kind("parter", _("Parties"), 50, rows=_parties, hit=_party))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kommuneplan.collation import search_words
from kommuneplan.core.models import User
from kommuneplan.richtext import highlighting
from kommuneplan.richtext.highlighting import Snippet

MOST_WORDS = 8  # of a search; the database takes no search without end
MOST_NAMES = 5000  # names that are compared here: the newest


@dataclass(frozen=True, slots=True)
class Asked:
    """Who searches, when, and for which words, folded as everything that is searched."""

    user: User
    at: dt.datetime
    words: tuple[str, ...]


def asked_for(user: User, query: str, *, at: dt.datetime) -> Asked:
    """A search as it was typed; without words where none is long enough."""
    found = search_words(query.replace("\x00", ""))[:MOST_WORDS]
    words = (word for word in found if len(word) >= highlighting.SHORTEST)
    return Asked(user, at, tuple(dict.fromkeys(words)))


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """Something found: its name with the words marked, where it is read, what it is, and where the
    words stand in it when they are not in its name."""

    title: Snippet
    link: str
    about: str = ""
    snippet: Snippet | None = None


Rows = Callable[[Asked], Sequence[Any] | None]
Hits = Callable[[Iterable[Any], Asked], list[FoundAgain]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``key`` stands in the address; ``rows`` gives what a person may read of it and that has all
    the words, to be counted and cut, None for whom there is nothing of the kind; ``hits`` says
    some of them, in a fixed number of questions."""

    key: str
    title: Any
    order: int
    rows: Rows
    hits: Hits


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; twice is as once."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """All kinds, in the order of the page."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def with_words(rows: Any, words: Iterable[str], column: str = "search_text") -> Any:
    """Rows whose stored, folded words hold every word."""
    for word in words:
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def named(rows: Any, asked: Asked, *columns: str) -> list[Any]:
    """The same for rows that store nothing folded: their names are few and short, and are compared
    here. One query for the names, one for what is cut out of the answer (``by_keys``)."""
    names = rows.values_list("pk", *columns)[:MOST_NAMES]
    return [pk for pk, *parts in names if has_words(" ".join(parts), asked.words)]


def by_keys(rows: Any, keys: Iterable[Any]) -> list[Any]:
    """Rows by their keys, in the order of the keys."""
    keys = list(keys)
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def has_words(text: str, words: tuple[str, ...]) -> bool:
    """Does every word stand in it?"""
    return bool(highlighting.spans(text, words))


def marked(text: str, words: Iterable[str]) -> Snippet:
    """A whole name, with each of the words that stands in it marked."""
    spans = sorted(span for word in words for span in highlighting.spans(text, (word,)))
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end in spans:
        if begin < at:
            continue
        pieces += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    return Snippet(tuple(piece for piece in [*pieces, (text[at:], False)] if piece[0]))


def around(texts: Iterable[str], words: tuple[str, ...]) -> Snippet | None:
    """The first of some texts in which one of the words stands, with what stands around it."""
    for text in texts:
        for word in words:
            spans = highlighting.spans(text, (word,))
            if spans:
                return highlighting.snippet(text, spans)
    return None
