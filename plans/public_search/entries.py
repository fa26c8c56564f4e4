"""Entries of the index made from words. Pure, but for the class of the rows.

The signs of an entry are those of all its words; that of a thing as a whole has a second one of
each that stands in its title, with ``1`` before it, so that a database can tell what has the words
in its title. What is weighed is written beside them: ``weighing``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.models.searched import SearchEntry

from . import words
from .weighing import weights

IN_TITLE = "1"
_MOST = 900_000  # bytes of signs: PostgreSQL keeps no vector of more than a megabyte


@dataclass(frozen=True, slots=True)
class IndexedPlace:
    """Words at a place of a page: what stands after "#" in its address, its kind, its name and what
    it says. ``heading``: its name weighs more; ``named``: it is found by its name. ``more``: words
    it is found by as well and that nobody reads there; ``signs``: signs of them."""

    place: str
    kind: str
    title: str
    text: str = ""
    heading: bool = False
    named: bool = True
    more: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something public with its words: ``key`` in its table, ``found_as`` the line of the answer it
    is a part of; ``about`` is found and weighs as a heading."""

    source: str
    key: int
    found_as: str
    kind: str
    title: str
    text: str = ""
    about: tuple[str, ...] = ()
    places: tuple[IndexedPlace, ...] = field(default=())


def entries_of(thing: Thing) -> list[SearchEntry]:
    """The rows of a thing: the whole first, then its places in their order."""
    title = Counter(words.text_signs([thing.title]))
    heading = Counter(words.text_signs([thing.text, *thing.about]))
    text: Counter[str] = Counter()
    rows = []
    for position, place in enumerate(thing.places, start=1):
        name = Counter(words.text_signs([place.title] if place.named else []))
        said = Counter(words.text_signs([place.text, *place.more]))
        said.update(place.signs)
        (heading if place.heading else text).update(name)
        text.update(said)
        own = name + said
        rows.append(_row(thing, place, position, own, weights({}, {}, own)))
    whole = IndexedPlace("", thing.kind, thing.title, thing.text, more=thing.about)
    signs = [f"{IN_TITLE}{sign}" for sign in title] + [*title, *heading, *text]
    return [_row(thing, whole, 0, signs, weights(title, heading, text)), *rows]


def _row(
    thing: Thing, place: IndexedPlace, position: int, signs: Iterable[str], weighed: str
) -> SearchEntry:
    texts = filter(None, (place.title if place.named else "", place.text, *place.more))
    return SearchEntry(
        source=thing.source,
        key=thing.key,
        found_as=thing.found_as,
        place=place.place,
        kind=place.kind,
        position=position,
        edition=words.EDITION,
        title=_storable(place.title),
        text=_storable(place.text),
        folded=f" {' | '.join(' '.join(words.words_of(text)) for text in texts)} ",
        weights=weighed,
        signs=_joined(signs),
    )


def _joined(signs: Iterable[str]) -> str:
    """In one order, and no more of them than a database keeps."""
    joined = " ".join(sorted(set(signs)))
    return joined if len(joined) <= _MOST else joined[:_MOST].rpartition(" ")[0]


def _storable(text: str) -> str:
    return text.replace("\x00", "")
