"""How much a thing or a place says of what was asked for, from its stored signs alone. Pure, so
that both databases give one order.

A word itself weighs most, then the last part of a compound, then a beginning; in a title more than
in a heading, there more than in running text; what comes often a little more.
"""

from __future__ import annotations

from .asking import PublicSearch, SearchTerm
from .entries import COMES_OFTEN, IN_HEADING, IN_TITLE

_WEIGHT = {"s": 6.0, "d": 9.0, "n": 12.0, "e": 4.0, "b": 3.0}
_TITLE, _HEADING, _OFTEN = 6.0, 2.5, 0.5

TITLE_BAND, HEADING_BAND, TEXT_BAND = 0, 1, 2


def weighed(signs: str, asked: PublicSearch) -> tuple[int, float, int]:
    """Of a whole thing: its band (where all that was asked for stands: in the title, in title and
    headings, or in the text as well), its weight, and how many of the terms stand in it."""
    padded = f" {signs} "
    band, weight, there = TITLE_BAND, 0.0, 0
    for term in asked.terms:
        where, much = _term(padded, term)
        band = max(band, where)
        weight += much
        there += much > 0
    return band, weight / max(1, len(asked.terms)), there


def _term(padded: str, term: SearchTerm) -> tuple[int, float]:
    band, most = TEXT_BAND, 0.0
    for sign in term.signs:
        if f" {sign} " not in padded:
            continue
        weight = _WEIGHT[sign[0]]
        if f" {IN_TITLE}{sign} " in padded:
            band, much = TITLE_BAND, weight * _TITLE
        elif f" {IN_HEADING}{sign} " in padded:
            band, much = min(band, HEADING_BAND), weight * _HEADING
        else:
            much = weight
        much += weight * _OFTEN * (f" {COMES_OFTEN}{sign} " in padded)
        most = max(most, much)
    return band, most


def place_weight(signs: str, asked: PublicSearch) -> tuple[int, float]:
    """Of a place: how many of the terms stand in it, and how well."""
    padded = f" {signs} "
    weights = [
        max((_WEIGHT[sign[0]] for sign in term.signs if f" {sign} " in padded), default=0.0)
        for term in asked.terms
    ]
    return sum(weight > 0 for weight in weights), sum(weights)
