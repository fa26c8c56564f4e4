"""What is known before a process plan is read; plain, and the same after JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kommuneplan.timespan.calendar import YearParts

from ..files.sandbox import plan_in_sandbox
from .bodies import KnownBody
from .draft import DraftPlan
from .vocabulary import BodyCategory


@dataclass(frozen=True, slots=True)
class Known:
    """The municipality's own bodies, how it divides a year, and the year that was said."""

    bodies: tuple[KnownBody, ...] = ()
    year_parts: YearParts = YearParts.THIRDS
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        bodies = [[one.name, one.abbreviation, one.kind.value] for one in self.bodies]
        return {"bodies": bodies, "year_parts": self.year_parts.value, "year": self.year}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Known:
        """The same from plain data."""
        bodies = tuple(
            KnownBody(name, short, BodyCategory(kind)) for name, short, kind in data["bodies"]
        )
        return cls(bodies, YearParts(data["year_parts"]), data["year"])


def understood(
    format: str, data: bytes, name: str = "", *, language: str, known: Known
) -> DraftPlan:
    """A process plan, opened and understood in the limited process. Raises RefusedFile."""
    said = known.to_json()
    return DraftPlan.from_json(plan_in_sandbox(format, data, name, language=language, known=said))
