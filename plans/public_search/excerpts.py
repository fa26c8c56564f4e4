"""The words of a text that was found, with what stands around them. Pure."""

from __future__ import annotations

from kommuneplan.collation import fold
from kommuneplan.richtext.highlighting import Snippet, Span

from . import words
from .asking import PublicSearch

_LENGTH = 230  # letters of an excerpt
_BEFORE = 60  # of them before the first word


def excerpt(text: str, asked: PublicSearch) -> Snippet:
    """The stretch of a text in which most of what was asked for stands, each of it marked; the
    beginning of the text where nothing stands in it."""
    text = " ".join(text.split())
    found = places(text, asked)
    begin = _best(found)
    left = _word_edge(text, max(0, begin - _BEFORE))
    right = _last_edge(text, left, left + _LENGTH)
    pieces: list[tuple[str, bool]] = [("… ", False)] if left else []
    at = left
    for first, last in (span for span, _term in found):
        if first < at or last > right:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:right], False))
    pieces += [(" …", False)] if right < len(text) else []
    return Snippet(tuple(piece for piece in pieces if piece[0]))


def places(text: str, asked: PublicSearch) -> list[tuple[Span, int]]:
    """Where what was asked for stands: from where to where, and which of the terms it is."""
    wanted = {sign: number for number, term in enumerate(asked.terms) for sign in term.signs}
    found: list[tuple[Span, int]] = _dates(text, wanted)
    for match in words.WORD.finditer(text):
        folded = "".join(words.words_of(match[0]))
        number = next((wanted[one] for one in words.signs_of(folded) if one in wanted), None)
        if number is not None:
            found.append((match.span(), number))
    return sorted(found)


def _dates(text: str, wanted: dict[str, int]) -> list[tuple[Span, int]]:
    """Dates and record numbers, looked for in the text as it is: case alone is minded not."""
    lower = text.lower()
    if len(lower) != len(text):
        return []
    found = []
    for begin, end, signs in words.dates_in(lower):
        number = next((wanted[sign] for sign in signs if sign in wanted), None)
        if number is not None:
            found.append(((begin, end), number))
    return found


def _best(found: list[tuple[Span, int]]) -> int:
    """Where the stretch begins that holds the most different terms."""
    best, most = 0, 0
    for at, (span, _term) in enumerate(found[:200]):
        within = {term for (first, _), term in found[at : at + 20] if first < span[0] + _LENGTH}
        if len(within) > most:
            best, most = span[0], len(within)
    return best


def _word_edge(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at and " " in text[at : at + 40] else at


def _last_edge(text: str, left: int, at: int) -> int:
    if at >= len(text):
        return len(text)
    edge = text.rfind(" ", left, at)
    return edge if edge > left else at


def has_phrases(folded: str, asked: PublicSearch) -> bool:
    """Do all phrases stand in words in their order?"""
    return all(f" {' '.join(phrase)} " in folded for phrase in asked.phrases)


def near(word: str, known: set[str]) -> str:
    """The known word that is the nearest to one that nothing is found by: one letter more, less or
    other, or two letters changed about, two in longer words; the first letter holds. "" where
    there is none."""
    most = 1 if len(word) < 7 else 2
    best, least = "", most + 1
    for other in sorted(known):
        if other[0] == word[0] and abs(len(other) - len(word)) <= most and other != word:
            distance = _distance(word, other, most)
            if distance < least:
                best, least = other, distance
    return best


def _distance(one: str, other: str, most: int) -> int:
    """How many letters differ; more than ``most`` is told as that much."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def known_words(titles: list[str]) -> dict[str, str]:
    """The words of some titles by how they are compared: as they are written."""
    known: dict[str, str] = {}
    for title in titles:
        for match in words.WORD.finditer(title):
            if len(match[0]) > 3:
                known.setdefault(fold(match[0]), match[0])
    return known


def replaced(query: str, typed: str, other: str) -> str:
    """A search with one of its words, known as it is folded, changed for another."""
    for match in words.WORD.finditer(query):
        if fold(match[0]) == typed:
            return f"{query[: match.start()]}{other}{query[match.end() :]}"
    return query
