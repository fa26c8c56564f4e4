"""Rules are not dates: "hver torsdag", "én gang årligt"."""

from __future__ import annotations

import re

from kommuneplan.timespan.lexicon import Kind, fold
from kommuneplan.timespan.tokens import Token

_ALWAYS = re.compile(
    r"\b(?:arligt|manedligt|ugentligt|dagligt|kvartarligt|halvarligt|kvartalsvist?|manedsvist?"
    r"|hver(?:t|) "
    r"(?:(?:anden|andet|\d+\.?|tredje|fjerde|femte|sjette|fgrste|sidste) )?(?:\w+dag"
    r"|uge|maned|kvartal|halvar|halve ar|ar|dag|den fgrste|den sidste"
    r"|forar|efterar|sommer|vinter|januar|februar|marts|april|maj"
    r"|juni|juli|august|september|oktober|november|december)\b"
    r"|gang(?:e)? (?:om|i|pr\.?|per) (?:aret|ar|maneden|maned|ugen|uge|kvartalet|kvartal|halvaret"
    r"|halvar|dagen)"
    r"|i hver maned|i hvert kvartal|alle (?:hverdage|\w+dage))\b"
)
_ADJECTIVE = re.compile(r"\b(?:arlig|arlige|manedlig|manedlige|ugentlig|ugentlige|kvartalsvise)\b")


def is_rule(plain: str, tokens: list[Token]) -> bool:
    """Does the text say how often rather than when?"""
    if any(token.kind is Kind.WEEKDAYS for token in tokens):
        return True
    key = fold(plain)
    return ("h" in key or "ig" in key or "gang" in key or "vis" in key) and bool(
        _ALWAYS.search(key)
    )
