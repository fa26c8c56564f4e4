"""What came from a form in which an answer is written; plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from a form. ``words``: by field name (``text``, ``answers.<uid>``,
    ``remarks.<uid>``); ``seen``: the marks of what the form held before; ``new``: anchor and
    marked words of remarks that may not be there yet; ``sender``: fields that hold water."""

    words: Mapping[str, str]
    seen: Mapping[str, str]
    new: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sender: Mapping[str, Any] = field(default_factory=dict)
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two have changed one field: what was typed here, and what is stored."""

    name: str
    mine: str
    theirs: str


def mark(words: str) -> str:
    """What a form carries of the words it began with."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]
