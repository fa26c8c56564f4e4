"""The signs that a text is found by. Pure.

A sign is a few ASCII letters and digits, the first of which says what it stands for:

* ``s`` the stem of a word ("boligerne" and "bolig" are one),
* ``b`` the beginning of a longer word ("bolig" of "boligstrategi"),
* ``e`` the last part of a compound ("strategi" of "boligstrategi"), where it is one of a list,
* ``d`` a date: ``d0522`` a day of any year, ``d20270522`` a day, ``d202705`` a month,
* ``n`` a case or document number in its one spelling.

Whoever changes what is made here adds one to ``EDITION``: the index is then made anew.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

from kommuneplan.collation import fold, record_numbers

EDITION = 1
LONGEST = 40  # letters of a word that count

WORD = re.compile(r"[^\W_]+")
_SHORTEST_BEGINNING = 3
_SHORTEST_REST = 3
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun", "juli jul",
         "august aug", "september sep sept", "oktober okt", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"((?:19|20)\d\d)"
_DAY_OF_MONTH = re.compile(rf"\b(\d{{1,2}})\.? ?{_MONTH}(?: ?{_YEAR}\b)?")
_FIRST_OF_TWO = re.compile(
    rf"\b(\d{{1,2}})\. ?(?:-|–|til|og) ?\d{{1,2}}\. ?{_MONTH}(?: ?{_YEAR}\b)?"
)
_MONTH_OF_YEAR = re.compile(rf"\b{_MONTH} {_YEAR}\b")
_FIGURES = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2}))?(?![./-]?\d)")
_ISO = re.compile(rf"\b{_YEAR}-(\d{{2}})-(\d{{2}})\b")

# What a word is bent with: a beginning with nothing but this after it is no part of a compound.
_ENDINGS = (
    "ede eden edes else elsen elser eren erens erer eres erne ernes este ende endes enes ens ets"
    " ene ers ere ing ingen inger lige ligt hed heden heder ning"
)
_BENT = frozenset(_ENDINGS.split())
_ENDS = (
    "ernes", "erne", "enes", "ene", "ens", "ets", "ers", "en", "et", "er", "es", "e", "s", "n", "r",
    "t",
)  # fmt: skip
# Last parts of compounds that a municipality writes, and that stand for something by themselves.
_LAST_PARTS = (
    "affald aftale areal arbejde behandling beskæftigelse bibliotek bolig borger budget by bygning"
    " børn cykel dagtilbud erhverv ejendom energi evaluering familie forebyggelse forening forslag"
    " forsyning forvaltning fritid frist gruppe hal havn handicap hjem hjælp hus høring idræt"
    " indsats indstilling institution klima kommune konference kultur kvarter landsby leder lokale"
    " miljø mål målsætning møde natur notat omlægning område parkering park personale plads plan"
    " planlægning pleje politik princip proces program projekt psykiatri rapport redegørelse"
    " regler rehabilitering råd samarbejde skole skov sprog station sti strand strategi struktur"
    " støtte sundhed svar tilbud tilskud trafik træning uddannelse udvalg udvikling undervisning"
    " vand vedtægt vej virksomhed værksted økonomi ældre"
)


@lru_cache(maxsize=50_000)
def one_word(folded: str) -> str:
    """A folded word in letters and digits of ASCII alone: others by their number."""
    word = folded[:LONGEST]
    if word.isascii():
        return word
    return "".join(one if one.isascii() else f"u{ord(one):x}" for one in word)[:LONGEST]


def words_of(text: str) -> list[str]:
    """The words of a text in its order, folded."""
    return [one_word(word) for word in WORD.findall(fold(text))]


_stemmer = snowballstemmer.stemmer("danish")
_one_at_a_time = threading.Lock()  # a stemmer holds the word it works on


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; a number is its own."""
    if not word.isalpha():
        return word
    with _one_at_a_time:
        return str(_stemmer.stemWord(word))


@lru_cache(maxsize=1)
def _last_stems() -> tuple[str, ...]:
    stems = {stem(one_word(fold(word))) for word in _LAST_PARTS.split()}
    return tuple(sorted((one for one in stems if len(one) > 2), key=len, reverse=True))


@lru_cache(maxsize=50_000)
def signs_of(word: str) -> tuple[str, ...]:
    """Everything one folded word is found by."""
    own = stem(word)
    signs = [f"s{own}"]
    if word.isalpha():
        signs += [f"b{beginning}" for beginning in _beginnings(word)]
        longest = next((one for one in _last_stems() if _ends_with(own, one)), "")
        signs += [f"e{longest}"] if longest else []
    return tuple(signs)


def _ends_with(own: str, last: str) -> bool:
    return own.endswith(last) and len(own) - len(last) >= _SHORTEST_REST


def _beginnings(word: str) -> Iterator[str]:
    """The beginnings of a compound: what is left is more than an ending."""
    for end in range(_SHORTEST_BEGINNING, len(word) - _SHORTEST_REST + 1):
        if word[end:] not in _BENT and (end > _SHORTEST_BEGINNING or len(word) - end > 3):
            yield word[:end]


@lru_cache(maxsize=5_000)
def found_by(word: str) -> tuple[str, ...]:
    """The signs of which a text must have one for a word that is searched for."""
    own = stem(word)
    signs = [f"s{own}"]
    if word.isalpha():
        begins = {word, *(word.removesuffix(end) for end in _ENDS)}
        signs += sorted(f"b{one}" for one in begins if one == word or len(one) > 3)
        signs += [f"e{own}"] if own in _last_stems() else []
    return tuple(sign for sign in signs if len(sign) > 1)


# --- dates and numbers ----------------------------------------------------------------------------


def dates_in(folded: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The dates of a folded text: from where to where, and their signs, the most exact first."""
    found = []
    for match in _DAY_OF_MONTH.finditer(folded):
        found.append((*match.span(), day_signs(match[1], _MONTHS[match[2]], match[3])))
    for match in _FIRST_OF_TWO.finditer(folded):
        found.append((*match.span(), day_signs(match[1], _MONTHS[match[2]], match[3])))
    for match in _MONTH_OF_YEAR.finditer(folded):
        found.append((*match.span(), (f"d{match[2]}{_MONTHS[match[1]]:02}",)))
    for match in _ISO.finditer(folded):
        found.append((*match.span(), day_signs(match[3], match[2], match[1])))
    for match in _FIGURES.finditer(folded):
        if match[2] == "/" or match[4]:
            found.append((*match.span(), day_signs(match[1], match[3], _whole(match[4]))))
    return [one for one in found if one[2]]


def _whole(year: str | None) -> str | None:
    return f"20{year}" if year and len(year) == 2 else year


def day_signs(day: str | int, month: str | int, year: str | int | None) -> tuple[str, ...]:
    """The signs of a day, the most exact first; none for what is no day."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return ()
    of_any_year = f"d{int(month):02}{int(day):02}"
    if not year:
        return (of_any_year,)
    return (f"d{year}{int(month):02}{int(day):02}", of_any_year, f"d{year}{int(month):02}")


def number_signs(folded: str) -> Iterator[str]:
    """The signs of the case and document numbers in a folded text: the number, and of a document's
    number the case's too."""
    for number in record_numbers(folded):
        parts = number.split("-")
        for length in range(2, len(parts) + 1):
            yield number_sign("-".join(parts[:length]))


def number_sign(number: str) -> str:
    """The sign of a number in its one spelling."""
    return "n" + number.replace("-", "x")


def text_signs(texts: Iterable[str]) -> Iterator[str]:
    """All signs of some texts, as often as they come."""
    for text in texts:
        folded = fold(text)
        for word in WORD.findall(folded):
            yield from signs_of(one_word(word))
        for _begin, _end, signs in dates_in(folded):
            yield from signs
        yield from number_signs(folded)
