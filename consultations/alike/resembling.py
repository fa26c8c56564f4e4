"""How much two remarks are about the same thing, told by the words they share. Pure.

A remark is the set of its words that carry something, each by its beginning, so that "cykelstien"
and "cykelstier" are one. A long word weighs more than a short one: in Danish the compound says what
it is about. ``ALIKE`` of the weight must be shared, by at least ``SHARED`` words: two
remarks about the same path, of which one wants light and the other asphalt, share a word or two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from kommuneplan.collation import fold

from .words import all_words, placed

ALIKE = 0.5
SHARED = 3
STEM = 7  # letters of a word that are compared
SHORTEST = 4
MOST = 400  # words of a remark that are looked at
_EMPTY_WORDS = """
alle alene alligevel altid andet andre anden bare bedre bedst beder begge begrund bemaerk
bestemt blev blevet blive bliver blot bliv boer borger borgere burde bort denne deres derfor
dermed derud desuden disse dette eller ellers endnu enkelt ende efter ethvert fart fint flere
flest foer forbind foresla forslag fordi forhold fortsat fremad frem ganske gerne giver give
godt gjort goer goere gode have haft hans hele helst heller hende herfra hermed herover hoering
hoerings hver hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornaar ifoelge igen ikke
imod imellem ingen inden ingenting intet jeres kommer komme kommun kommune kommunen kommunens
kunne kraever lidt lige mange maaske mangle mangler meget mellem mener mens mere mest mindst
mindre mine muligt naar naeste netop noget nogen nogle nyt nuvaere omkring opmaerk oensker over
ogsaa paa plan planen planens politik rigtig saadan saaledes samme samt selv side siden siger
sige sine skal skulle snart staar steder strateg synes tage taget tager tekst tilbage uden
udkast udsagn under vaere vaeret venlig vedroer vigtig vigtigt ville vores
"""
_EMPTY = frozenset(word[:STEM] for word in _EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much of two remarks is shared (0–1), and which words (stems)."""

    share: float
    shared: frozenset[str]

    @property
    def is_alike(self) -> bool:
        """Enough to offer the answer of one for the other."""
        return self.share >= ALIKE


def stem(word: str) -> str:
    """What is compared of a word; nothing where it says nothing."""
    folded = fold(word)
    found = folded[:STEM]
    return "" if len(folded) < SHORTEST or found in _EMPTY else found


def stems(text: str) -> frozenset[str]:
    """The words of a remark that carry something."""
    return frozenset(found for word in all_words(text)[:MOST] if (found := stem(word)))


def resemblance(one: frozenset[str], other: frozenset[str]) -> Resemblance:
    """How much two remarks (``stems``) are about the same."""
    shared = one & other
    if len(shared) < min(SHARED, max(len(one), len(other))):
        return Resemblance(0.0, shared)
    weight = sqrt(_weight(one) * _weight(other))
    return Resemblance(_weight(shared) / weight if weight else 0.0, shared)


def _weight(found: Iterable[str]) -> int:
    return sum(len(one) for one in found)


def marked(text: str, shared: frozenset[str]) -> list[tuple[str, bool]]:
    """A text in pieces, and whether each is a word that is shared."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for word in placed(text):
        if stem(word.key) in shared:
            pieces += [(text[at : word.begins], False), (text[word.begins : word.ends], True)]
            at = word.ends
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
