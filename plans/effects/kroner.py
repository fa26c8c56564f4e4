"""Amounts in whole Danish kroner, as people write them: "4.000.000", "4 mio. kr."."""

from __future__ import annotations

import re
from decimal import Decimal

MOST = 10**12
_WRITTEN = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?")
_ENDINGS = (",-", "kr.", "kr", "kroner", "dkk")
_WORDS = {"mio": 10**6, "mill": 10**6, "millioner": 10**6, "million": 10**6,
          "mia": 10**9, "milliarder": 10**9, "t": 10**3, "tusind": 10**3}  # fmt: skip


def read_kroner(written: str) -> int | None:
    """The whole kroner that are meant; None where it is no such amount."""
    words = " ".join(written.lower().replace("\xa0", " ").split())
    words = words.removeprefix("dkk").strip()
    ending = next((one for one in _ENDINGS if words.endswith(one)), "")
    words = words.removesuffix(ending).strip()
    found = _WRITTEN.match(words)
    if not found:
        return None
    unit = words[found.end() :].strip().rstrip(".")
    if unit and unit not in _WORDS:
        return None
    whole = re.sub(r"[. ]", "", found[1])
    amount = Decimal(f"{whole}.{found[2] or 0}") * _WORDS.get(unit, 1)
    return int(amount) if amount == int(amount) and amount <= MOST else None


def kroner(amount: int | None) -> str:
    """ "4.000.000 kr." """
    return "" if amount is None else f"{amount:,} kr.".replace(",", ".")
