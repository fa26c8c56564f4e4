"""Amounts of money as people write them, read as whole kroner, and said again. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

MINUS = "−"
_UNITS = {
    "": 1,
    "t": 10**3,
    "tusind": 10**3,
    "mio": 10**6,
    "mill": 10**6,
    "million": 10**6,
    "millioner": 10**6,
    "mia": 10**9,
    "milliard": 10**9,
    "milliarder": 10**9,
}
_WRITTEN = re.compile(
    r"(?P<sign>[-−–])? ?(?P<whole>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,15})"
    r"(?:,(?P<part>[0-9]{1,9}))? ?(?P<unit>[a-z]{0,12})"
)


class NotAnAmount(ValueError):
    """No amount of whole kroner can be read."""


def read_kroner(words: str) -> int:
    """ "4.000.000 kr.", "4 mio. kr.", "4,5 mio.", "750 t.kr.", "-1000": whole kroner.

    A dot stands between thousands and a comma before decimals, as in Danish. Raises NotAnAmount.
    """
    text = " ".join(words.casefold().replace("\u00a0", " ").split())
    text = text.removesuffix(",-").removesuffix("kr.").removesuffix("kroner").removesuffix("kr")
    text = text.removesuffix(".").strip().removesuffix(".").strip()
    found = _WRITTEN.fullmatch(text)
    if found is None or found["unit"] not in _UNITS:
        raise NotAnAmount(words)
    whole = re.sub(r"[. ]", "", found["whole"])
    kroner = Decimal(f"{whole}.{found['part'] or 0}") * _UNITS[found["unit"]]
    if kroner != int(kroner):
        raise NotAnAmount(words)
    return -int(kroner) if found["sign"] else int(kroner)


def kroner_words(amount: int) -> str:
    """ "4.000.000 kr." """
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"{MINUS if amount < 0 else ''}{digits} kr."
