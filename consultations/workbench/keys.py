"""The keys of the workbench: which step each of them takes, for whom. Every step is a button too,
and a person may change each key or turn all of them off (WCAG 2.1.4).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Subquery

from consultations.models import WorkKeys
from kommuneplan.core.models import User


class KeyStep(enum.StrEnum):
    """What a key does, as the buttons name it (``data-act``). New ones come last: the letters of a
    person are kept in this order."""

    NEXT = "next"
    PREVIOUS = "previous"
    SAVE = "save"
    CLEAR = "clear"
    EACH = "each"
    OUT = "out"


FIRST = "jkgohf"  # what nobody has changed: next, previous, gem, offentliggør, hvert, fjern
NO_KEY = " "


@dataclass(frozen=True)
class Keys:
    """The keys of a person: the letter of each step that has one."""

    is_on: bool = True
    letters: Mapping[KeyStep, str] = field(default_factory=lambda: _letters(FIRST))

    @classmethod
    def read(cls, kept: str | None) -> Keys:
        """What is kept of a person's keys: "+" or "-" for on or off, then a letter a step."""
        return cls(kept[0] == "+", _letters(kept[1:])) if kept else cls()

    @property
    def kept(self) -> str:
        """The same, to be kept."""
        letters = (self.letters.get(step, NO_KEY) for step in KeyStep)
        return ("+" if self.is_on else "-") + "".join(letters)

    @property
    def for_script(self) -> dict[str, str]:
        """The step of each letter; none when they are turned off."""
        return {one: step.value for step, one in self.letters.items()} if self.is_on else {}


def _letters(kept: str) -> dict[KeyStep, str]:
    kept += FIRST[len(kept) :]
    return {step: one for step, one in zip(KeyStep, kept, strict=False) if one != NO_KEY}


def kept_keys(user: User) -> Subquery:
    """What is kept of a person's keys, to be read in the query of something else."""
    return Subquery(WorkKeys.objects.filter(user=user.pk).values("kept")[:1])
