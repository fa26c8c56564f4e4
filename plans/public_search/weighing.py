"""How much a thing or a place says of what was asked for, from what is stored of it alone. Pure, so
that both databases give one order.

What is stored is a line of words: each stem, date and number once, ``t`` before it where it stands
in the title, ``h`` in a heading, the name of a milestone or plain words, ``x`` elsewhere, and ``+``
after it where it comes often. Beginnings of compounds are found in the stems.

A word itself weighs most, then the last part of a compound, then a beginning; in a title more than
in a heading, there more than in running text; what comes often a little more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .asking import PublicSearch, SearchTerm

OFTEN = 4  # times in one thing
_WEIGHT = {"s": 6.0, "d": 9.0, "n": 12.0, "e": 4.0, "b": 3.0}
_TIERS = ("t", "h", "x")
_TIER_WEIGHT = (6.0, 2.5, 1.0)
_MORE = 0.5  # for what comes often


def weights(title: Mapping[str, int], heading: Mapping[str, int], text: Mapping[str, int]) -> str:
    """What is stored of signs with how often they come in title, headings and text."""
    return f" {' '.join(sorted(_stored(title, heading, text)))} "


def _stored(*tiers: Mapping[str, int]) -> Iterator[str]:
    for sign in {sign for tier in tiers for sign in tier}:
        if sign[0] != "b":
            times = [tier.get(sign, 0) for tier in tiers]
            best = next(name for name, count in zip(_TIERS, times, strict=True) if count)
            yield f"{best}{sign}{'+' if sum(times) >= OFTEN else ''}"


def weighed(stored: str, search: PublicSearch) -> tuple[int, float, int]:
    """Of a whole thing: its band (0 where all that was asked for stands in the title, 1 in title
    and headings, 2 in the text as well), its weight, and how many of the terms stand in it."""
    band, weight, there = 0, 0.0, 0
    for term in search.terms:
        where, much = _term(stored, term)
        band = max(band, where)
        weight += much
        there += much > 0
    return band, weight / max(1, len(search.terms)), there


def _term(stored: str, term: SearchTerm) -> tuple[int, float]:
    band, most = len(_TIERS) - 1, 0.0
    for sign in term.signs:
        where, often = _where(stored, sign)
        if where is None:
            continue
        band = min(band, where)
        most = max(most, _WEIGHT[sign[0]] * (_TIER_WEIGHT[where] + _MORE * often))
    return band, most


def _where(stored: str, sign: str) -> tuple[int | None, bool]:
    """In which of the tiers a sign stands, and whether it comes often there."""
    if sign[0] == "b":
        begins = [number for number, tier in enumerate(_TIERS) if f" {tier}s{sign[1:]}" in stored]
        return (begins[0] if begins else None), False
    for number, tier in enumerate(_TIERS):
        at = stored.find(f" {tier}{sign}")
        while at >= 0:
            after = stored[at + len(sign) + 2]
            if after in " +":
                return number, after == "+"
            at = stored.find(f" {tier}{sign}", at + 1)
    return None, False


def place_weight(stored: str, search: PublicSearch) -> tuple[int, float]:
    """Of a place: how many of the terms stand in it, and how well."""
    found = [_term(stored, term)[1] for term in search.terms]
    return sum(weight > 0 for weight in found), sum(found)
