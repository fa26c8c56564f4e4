"""Where personal data lies, and what becomes of it when a person is erased.

Each app declares its places in ``ready()``; a test compares the declarations with every
model, history table and file field, so that a new place cannot be forgotten.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class ErasureAct(enum.StrEnum):
    """What erasing a person does in a place."""

    ERASE = "erase"
    REDACT = "redact"
    RETAIN = "retain"


@dataclass(frozen=True, slots=True)
class Term:
    """How long the rows of a place are kept: ``days`` from the time in the field ``since`` (which
    may lie in a related row). The worker takes older ones away, about every hour: ``by`` names
    what it looks after them with (``upkeep.hourly``)."""

    days: int
    since: str
    by: str = "core.terms"


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A field that may hold personal data: "core.User.email"."""

    field: str
    act: ErasureAct
    ground: str  # the legal basis, with its paragraph
    term: Term | None = None  # how long it is kept; None: as long as the thing itself


places: dict[str, DataPlace] = {}


def declare(*new: DataPlace) -> None:
    """Add places to the registry; a place is declared once."""
    for place in new:
        if place.field in places:
            raise ValueError(f"{place.field} is declared already")
        places[place.field] = place
