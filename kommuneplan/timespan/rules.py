"""Rules are not dates: "hver torsdag", "én gang årligt"."""

from __future__ import annotations

import re

from .lexicon import TokenKind, fold
from .tokens import Token

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
_DAYS = r"(?:man|tirs|ons|tors|fre|lgr|lor|sgn|son)dag"
_WITHOUT_A_DATE = re.compile(
    r"\b(?:(?:halv)?arlige?|manedlige?|ugent[il]ige?t?|daglige?|kvartalsvise?|kvarta[il]svist?"
    r"|halvarsvist?|manedsvise?|u?lige uger"
    rf"|(?:fgrste|forste|anden|tredje|fjerde|sidste|[1-5]\.|den [123]?\d\.) ?(?:{_DAYS}|dag)?"
    r" i (?:hver )?maneden"
    rf"|(?:om )?{_DAYS}(?:en|e)|{_DAYS} ?(?:-|til|og) ?{_DAYS}|(?<!\d )hverdage"
    r"|hvert? (?:eneste \w+|\w+ (?:uge|dag|maned|ar|kvartal)|skolear|budgetar|valgperiode|mgde)"
    r"|gange? i (?:hver )?valgperioden?)\b"
)


def sounds_like_rule(plain: str) -> bool:
    """As ``is_rule``, for text that holds no date: "årlig status", "mandag-fredag"."""
    return bool(_WITHOUT_A_DATE.search(fold(plain)))


def is_rule(plain: str, tokens: list[Token]) -> bool:
    """Does the text say how often rather than when?"""
    if any(token.kind is TokenKind.WEEKDAYS for token in tokens):
        return True
    key = fold(plain)
    return ("h" in key or "ig" in key or "gang" in key or "vis" in key) and bool(
        _ALWAYS.search(key)
    )
