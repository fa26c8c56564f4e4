"""The page of a list that an address asks for."""

from __future__ import annotations

HIGHEST = 99_999
"""No list has so many pages; a higher number asks for the last."""


def page_number(asked: str | None) -> int:
    """From ``?side=``: 1 to ``HIGHEST``, and 1 for what is no number of a page."""
    words = asked or ""
    if not words.isascii() or not words.isdecimal():
        return 1
    digits = words.lstrip("0") or "1"
    return int(digits) if len(digits) <= len(str(HIGHEST)) else HIGHEST
