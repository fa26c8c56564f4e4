"""Words that run from right to left, and marks that turn the words after them round.

What a person has written must never turn round the words that stand beside it: it is isolated
wherever it stands in a line (Unicode Standard Annex 9). A page does it with ``<bdi>``, what is only
words with two signs around it. Danish words need neither, and get neither.
"""

from __future__ import annotations

import re

FIRST_STRONG_ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
# Hebrew, Arabic and their like; the marks, embeddings, overrides and isolates of directions.
_TURNS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_OPENED = re.compile("[\u2066-\u2068]")
_CLOSED = re.compile("[\u2069]")


def turns(text: str) -> bool:
    """Could the text turn round what stands beside it?"""
    return not text.isascii() and bool(_TURNS.search(text))


def isolated(text: str) -> str:
    """The text between signs that keep its direction to itself, where it needs them. Signs of its
    own that end nothing are left out, so that it cannot step out of them."""
    if not turns(text):
        return text
    kept, open_ones = [], 0
    for sign in text:
        if _CLOSED.match(sign):
            if not open_ones:
                continue
            open_ones -= 1
        elif _OPENED.match(sign):
            open_ones += 1
        kept.append(sign)
    return f"{FIRST_STRONG_ISOLATE}{''.join(kept)}{END_OF_ISOLATE * (open_ones + 1)}"
