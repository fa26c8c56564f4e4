"""What is found, in a fixed number of questions: the things that have all the words, weighed; of
those on the page the places in which the words stand.

Everything asked for must stand in the same thing, be it in different places of it. Where nothing
has all the words, what has some of them is given, and it is said. First comes what has the words in
its title, then in its headings, then in its text; within each of the three what can be answered
now, what holds, and what is over; then what weighs most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from kommuneplan.prepared import Prepared
from kommuneplan.richtext.highlighting import Snippet
from plans.models.searched import SearchEntry

from . import excerpts
from .asking import PublicSearch
from .engine import HasSigns, written
from .entries import IN_TITLE
from .sources import Card, Narrowed, Stands, source, sources
from .weighing import place_weight, weighed
from .words import stem

MOST = 200  # things that are weighed; with more of them one is asked for more words
PLACES = 3  # of a thing, shown
_LOOKED_AT = 9  # places of a thing that are weighed
_PHRASED = 2000  # places with all words of a phrase
_TITLES = 2000  # that near words are looked for in


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that was found, with what its place in the answer follows from."""

    source: str
    key: int
    found_as: str
    stands: Stands
    band: int
    weight: float
    missing: int  # terms that do not stand in it

    @property
    def order(self) -> tuple[Any, ...]:
        """The first comes first."""
        return (self.missing, self.band, self.stands.rank, -self.weight, -self.key, self.source)


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place in a thing: its address, what it is called (the words marked) and what it says."""

    address: str
    kind: str
    title: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of the answer."""

    card: Card
    snippet: Snippet | None
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True, slots=True)
class FoundThings:
    """Lines of an answer in their order, to be cut into pages. ``has_more``: there is more than was
    weighed; ``has_some``: nothing has all the words."""

    asked: PublicSearch
    lines: tuple[tuple[Candidate, ...], ...] = ()
    has_more: bool = False
    has_some: bool = False


def found(asked: PublicSearch, narrowed: Narrowed, *, at: dt.datetime) -> FoundThings:
    """Everything that may be read at an instant and has the words."""
    if not asked:
        return FoundThings(asked)
    rows, has_more = _rows(asked, narrowed, at)
    has_some = not rows and len(asked.terms) > 1 and not asked.phrases
    if has_some:
        rows, has_more = _some(asked, narrowed, at)
    candidates = _candidates(rows, asked, at)
    return FoundThings(asked, _lines(candidates), has_more, bool(has_some and candidates))


def _visible(narrowed: Narrowed, at: dt.datetime) -> Q:
    """What may be read at the instant, and is wanted."""
    shown = Q(pk__in=())
    for one in sources():
        if narrowed.wants(*one.kinds):
            shown |= Q(source=one.key, key__in=one.visible(at, narrowed))
    return shown


Row = tuple[Any, ...]
_COLUMNS = ("source", "key", "found_as", "weights")
_ALL, _TITLED = "all of them", "in the title"  # what is asked for stands in for these


def _whole(narrowed: Narrowed, at: dt.datetime) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(_visible(narrowed, at), position=0)


def _first_of(narrowed: Narrowed, at: dt.datetime, asked: str, titled: str) -> QuerySet[Any]:
    """Things that have what is asked for: those that have it in their title first, then the
    newest."""
    named = SearchEntry.objects.filter(HasSigns(titled), position=0).values("pk")
    return (
        _whole(narrowed, at)
        .filter(HasSigns(asked))
        .order_by(Case(When(pk__in=named, then=0), default=1), "-key", "source")
        .values_list(*_COLUMNS)
    )


@lru_cache(maxsize=64)
def _prepared(kinds: frozenset[str]) -> Prepared:
    """The same for a search that is narrowed to kinds alone: composed once."""
    return Prepared(lambda *, at: _first_of(Narrowed(kinds), at, _ALL, _TITLED))


def _first(groups: list[tuple[str, ...]], narrowed: Narrowed, at: dt.datetime) -> list[Row]:
    asked = written(groups)
    titled = written([[f"{IN_TITLE}{sign}" for sign in group] for group in groups])
    if narrowed.plans is not None:
        return list(_first_of(narrowed, at, asked, titled)[: MOST + 1])
    instead = {_ALL: asked, _TITLED: titled}
    return _prepared(narrowed.kinds).rows(at=at, most=MOST + 1, instead=instead)


def _rows(asked: PublicSearch, narrowed: Narrowed, at: dt.datetime) -> tuple[list[Row], bool]:
    groups = [term.signs for term in asked.terms]
    if asked.phrases:
        return _phrased(groups, asked, narrowed, at), False
    first = _first(groups, narrowed, at)
    if len(first) <= MOST:
        return first, False
    # Too many to be weighed: beside the first of them those that can be answered now.
    urgent = Q(pk__in=())
    for one in sources():
        if one.urgent is not None and narrowed.wants(*one.kinds):
            urgent |= Q(source=one.key, key__in=one.urgent(at))
    rows = _whole(narrowed, at).filter(HasSigns(written(groups))).filter(urgent)
    open_now = rows.order_by("-key", "source").values_list(*_COLUMNS)[:MOST]
    return list({row[:2]: row for row in (*first[:MOST], *open_now)}.values()), True


def _phrased(
    groups: list[tuple[str, ...]], asked: PublicSearch, narrowed: Narrowed, at: dt.datetime
) -> list[Row]:
    """Those in one place of which each phrase stands word for word."""
    rows = _whole(narrowed, at).filter(HasSigns(written(groups)))
    for phrase in asked.phrases:
        words = written([(f"s{stem(word)}",) for word in phrase])
        said = SearchEntry.objects.filter(
            _visible(narrowed, at), HasSigns(words), folded__contains=f" {' '.join(phrase)} "
        )
        pairs = said.order_by("-key", "source").values_list("source", "key").distinct()[:_PHRASED]
        by_source: dict[str, list[int]] = {}
        for name, key in pairs:
            by_source.setdefault(name, []).append(key)
        rows = rows.filter(_any_of(by_source))
    return list(rows.order_by("-key", "source").values_list(*_COLUMNS)[:MOST])


def _any_of(keys: dict[str, list[int]]) -> Q:
    wanted = Q(pk__in=())
    for name, some in keys.items():
        wanted |= Q(source=name, key__in=some)
    return wanted


def _some(asked: PublicSearch, narrowed: Narrowed, at: dt.datetime) -> tuple[list[Row], bool]:
    first = _first([tuple(sorted(asked.signs))], narrowed, at)
    return first[:MOST], len(first) > MOST


def _candidates(rows: list[Row], asked: PublicSearch, at: dt.datetime) -> list[Candidate]:
    keys: dict[str, list[int]] = {}
    for name, key, *_rest in rows:
        keys.setdefault(name, []).append(key)
    stands = {name: source(name).stands(some, at) for name, some in keys.items()}
    candidates = []
    for name, key, found_as, stored in rows:
        if key not in stands[name]:
            continue
        where = stands[name][key]
        band, weight, there = weighed(stored, asked)
        missing = len(asked.terms) - there
        candidates.append(
            Candidate(name, key, found_as, where, band, weight * where.weight, missing)
        )
    return sorted(candidates, key=lambda one: one.order)


def _lines(candidates: list[Candidate]) -> tuple[tuple[Candidate, ...], ...]:
    """What is one line of the answer together, in the place of the first of it."""
    lines: dict[str, list[Candidate]] = {}
    for one in candidates:
        lines.setdefault(one.found_as, []).append(one)
    return tuple(tuple(line) for line in lines.values())


# --- the lines of a page --------------------------------------------------------------------------


def hits(
    lines: Iterable[tuple[Candidate, ...]], asked: PublicSearch, *, at: dt.datetime
) -> list[FoundLine]:
    """Some lines, as they are shown: what is best in each is named, the others of it as places."""
    shown = [line[: PLACES + 1] for line in lines]
    keys: dict[str, list[int]] = {}
    for line in shown:
        for one in line:
            keys.setdefault(one.source, []).append(one.key)
    cards = {name: source(name).cards(some, at) for name, some in keys.items()}
    entries = _entries(keys, asked)
    answer = []
    for line in shown:
        known = [one for one in line if one.key in cards[one.source]]
        if known:
            answer.append(_hit(known, cards, entries, asked))
    return answer


Entries = dict[tuple[str, int], list[SearchEntry]]


def _entries(keys: dict[str, list[int]], asked: PublicSearch) -> Entries:
    """The wholes of some things, and the places in which words stand: those with all of them
    first."""
    if not keys:
        return {}
    every = written(term.signs for term in asked.terms)
    some = HasSigns(written([sorted(asked.signs)]))
    rows = SearchEntry.objects.filter(_any_of(keys), some | Q(position=0)).defer("signs")
    all_there = SearchEntry.objects.filter(HasSigns(every), _any_of(keys)).values("pk")
    numbered = rows.annotate(
        nth=Window(
            RowNumber(),
            partition_by=[F("source"), F("key")],
            order_by=[
                Case(When(position=0, then=0), When(pk__in=all_there, then=1), default=2),
                F("position"),
                F("pk"),
            ],
        )
    )
    chosen: Entries = {}
    for row in numbered.filter(nth__lte=_LOOKED_AT).order_by("source", "key", "position", "pk"):
        chosen.setdefault((row.source, row.key), []).append(row)
    return chosen


def _hit(
    line: list[Candidate], cards: dict[str, dict[int, Card]], entries: Entries, asked: PublicSearch
) -> FoundLine:
    first, *others = line
    card = cards[first.source][first.key]
    whole, places = _of(first, entries, asked)
    text = whole.text if whole and excerpts.places(whole.text, asked) else ""
    shown = [_place(card.address, row, asked) for row in places]
    for other in others:
        theirs = cards[other.source][other.key]
        own, there = _of(other, entries, asked)
        best = there[0] if there else None
        where = best or own
        if where is not None and source(other.source).together:
            shown.append(_place(theirs.address, where, asked, named=theirs.title))
    return FoundLine(
        card,
        excerpts.excerpt(text, asked) if text else None,
        tuple(shown[:PLACES]),
    )


def _of(
    one: Candidate, entries: Entries, asked: PublicSearch
) -> tuple[SearchEntry | None, list[SearchEntry]]:
    """The whole of a thing, and its best places in the order of the page."""
    rows = entries.get((one.source, one.key), [])
    whole = next((row for row in rows if row.position == 0), None)
    weights = {row.pk: _weight(row, asked) for row in rows if row.position}
    best = sorted((row for row in rows if row.position and weights[row.pk][1]),
                  key=lambda row: (*(-much for much in weights[row.pk]), row.position))  # fmt: skip
    if best:
        most = weights[best[0].pk][:2]
        best = [row for row in best if weights[row.pk][:2] == most][:PLACES]
    return whole, best


def _weight(row: SearchEntry, asked: PublicSearch) -> tuple[int, int, float]:
    there, weight = place_weight(row.weights, asked)
    return int(bool(asked.phrases) and excerpts.has_phrases(row.folded, asked)), there, weight


def _place(address: str, row: SearchEntry, asked: PublicSearch, *, named: str = "") -> FoundPlace:
    to = address
    if row.place:
        to += row.place if row.place.startswith("?") else f"#{row.place}"
    snippet = excerpts.excerpt(row.text, asked) if row.text else None
    return FoundPlace(to, row.kind, named or row.title, snippet)


# --- where nothing is found -----------------------------------------------------------------------


def meant(query: str, asked: PublicSearch, narrowed: Narrowed, *, at: dt.datetime) -> str:
    """The same search with words that stand in the titles of public pages in the place of those
    that stand in none, where there are near ones; "" where there are none."""
    titles = _whole(narrowed, at).order_by("-key", "source").values_list("title", flat=True)
    known = excerpts.known_words(list(titles[:_TITLES]))
    folded = set(known)
    changed = query
    for term in asked.terms:
        if len(term.typed) < 4 or not term.typed.isalpha() or _is_known(term.typed, folded):
            continue
        other = excerpts.near(term.typed, folded)
        if other:
            changed = excerpts.replaced(changed, term.typed, known[other])
    return changed if changed != query else ""


def _is_known(word: str, known: set[str]) -> bool:
    return any(other.startswith(word) for other in known)
