"""What somebody searches for: words, phrases in quotation marks, dates and numbers. Pure.

Nothing in a search is an operator, and nothing in it is wrong: quotation marks without a partner,
signs and words of other programs are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kommuneplan.collation import fold, search_words

from . import words

MOST_WORDS = 12  # of a search; the database takes no search without end
_QUOTED = re.compile(r'["„”“«»]([^"„”“«»]*)["„”“«»]')
_NUMBER = re.compile(r"\d{4}-\d+(?:-\d+)?")
# Said in a question and found everywhere; left out where anything else is asked for.
_EVERYWHERE = frozenset(
    fold(
        "af alle alt at blev blive bliver da de den der deres det dets disse du efter eller en er"
        " et finde for fordi fra få får gå går gælder gør ham han har have hende her hun hvad hvem"
        " hver hvilke"
        " hvilken hvilket hvis hvor hvordan hvorfor hvornår i ikke ind jeg kan kom komme kommer"
        " kommunen kunne man med men mener mig min mit må nogen noget nu når nået og også om op os"
        " over på samt sig siger sin sit skal skulle som sted står så til ud under var ved vi vil"
        " ville være vores år"
    ).split()
)


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One thing that must be found: ``typed`` as it was written, folded; ``signs`` of which one
    must be there."""

    typed: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class PublicSearch:
    """A search: its terms, and the phrases that must stand word for word."""

    terms: tuple[SearchTerm, ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Is anything asked for?"""
        return bool(self.terms)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs of all terms."""
        return frozenset(sign for term in self.terms for sign in term.signs)


def asked(query: str) -> PublicSearch:
    """What was typed, understood."""
    query = query.replace("\x00", " ")
    phrases = [tuple(words.words_of(quoted)) for quoted in _QUOTED.findall(query)]
    phrases = [phrase[:MOST_WORDS] for phrase in phrases if phrase]
    loose = fold(_QUOTED.sub(" ", query))
    terms = [_exactly(word) for phrase in phrases for word in phrase]
    loose, dates = _dates_taken_out(loose)
    terms += dates
    terms += _loose(loose, alone=not terms)
    once = tuple(dict.fromkeys(terms))[:MOST_WORDS]
    return PublicSearch(once, tuple(phrase for phrase in phrases if len(phrase) > 1))


def _exactly(word: str) -> SearchTerm:
    return SearchTerm(word, (f"s{words.stem(word)}",))


def _dates_taken_out(folded: str) -> tuple[str, list[SearchTerm]]:
    terms, kept, at = [], [], 0
    for begin, end, signs in sorted(words.dates_in(folded), key=lambda one: (one[0], -one[1])):
        if begin >= at:
            terms.append(SearchTerm(folded[begin:end], signs[:1]))
            kept.append(folded[at:begin])
            at = end
    return " ".join([*kept, folded[at:]]), terms


def _loose(folded: str, *, alone: bool) -> list[SearchTerm]:
    terms, everywhere = [], []
    for word in search_words(folded):
        if _NUMBER.fullmatch(word):
            terms.append(SearchTerm(word, (words.number_sign(word),)))
            continue
        for part in map(words.one_word, words.WORD.findall(word)):
            kept = everywhere if part in _EVERYWHERE else terms
            kept.append(SearchTerm(part, words.found_by(part)))
    return terms or (everywhere if alone else [])
