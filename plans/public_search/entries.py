"""Entries of the index made from words. Pure, but for the class of the rows.

A sign is stored plain in the entry where it stands. The entry of the thing as a whole has it too,
and there also where it weighs more: ``1`` before it in the title, ``2`` in a heading, the name of a
milestone or in plain words, ``3`` where it comes often. A database can so tell what stands in a
title without opening a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.models.searched import SearchEntry

from . import words

OFTEN = 4  # times in one thing
IN_TITLE, IN_HEADING, COMES_OFTEN = "1", "2", "3"
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
    all_of_it = title + heading
    rows = []
    for position, place in enumerate(thing.places, start=1):
        name = Counter(words.text_signs([place.title] if place.named else []))
        said = Counter(words.text_signs([place.text, *place.more]))
        said.update(place.signs)
        all_of_it += name + said
        heading += name if place.heading else Counter()
        rows.append(_row(thing, place, position, name + said))
    weighty = [
        *(f"{IN_TITLE}{sign}" for sign in title),
        *(f"{IN_HEADING}{sign}" for sign in heading),
        *(f"{COMES_OFTEN}{sign}" for sign, times in all_of_it.items() if times >= OFTEN),
    ]
    whole = IndexedPlace("", thing.kind, thing.title, thing.text, more=thing.about)
    return [_row(thing, whole, 0, [*weighty, *all_of_it]), *rows]


def _row(thing: Thing, place: IndexedPlace, position: int, signs: Iterable[str]) -> SearchEntry:
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
        signs=_joined(signs),
    )


def _joined(signs: Iterable[str]) -> str:
    """In one order, and no more of them than a database keeps."""
    joined = " ".join(sorted(set(signs)))
    return joined if len(joined) <= _MOST else joined[:_MOST].rpartition(" ")[0]


def _storable(text: str) -> str:
    return text.replace("\x00", "")
