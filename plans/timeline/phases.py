"""Which rows stand under which heading: one order for the drawing and for the table of a room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans.document.plan_document import PhaseLine

UNDATED = "Uden dato"
OTHER = "Øvrige milepæle"


@dataclass(frozen=True, slots=True)
class PhasePart:
    """The rows of a phase, of what has no phase, or of what has no date."""

    kind: str  # "phase", "other", "only" (there are no phases) or "undated"
    uid: str
    title: str
    purpose: str
    rows: list[Any]


def under_headings(
    phases: Iterable[PhaseLine],
    rows: Iterable[Any],
    *,
    undated: str = UNDATED,
    other: str = OTHER,
) -> list[PhasePart]:
    """The rows in their order, each under its heading; headings without rows are left out.

    A row has its date (``when``) and the uid of its phase (``phase``). What has no phase stands
    above the phases where it comes before them.
    """
    rows, phases = list(rows), list(phases)
    dated, known = [row for row in rows if row.when], {phase.uid for phase in phases}
    by_phase: dict[str, list[Any]] = {}
    for row in dated:
        by_phase.setdefault(row.phase if row.phase in known else "", []).append(row)
    parts = [
        PhasePart("phase", phase.uid, phase.title, phase.purpose, by_phase.get(phase.uid, []))
        for phase in phases
    ]
    loose = by_phase.get("", [])
    kind = "other" if any(part.rows for part in parts) else "only"
    first = next((part.rows[0].when for part in parts if part.rows), None)
    early = bool(loose and first and loose[0].when < first)
    alone = PhasePart(kind, "", other if kind == "other" else "", "", loose)
    parts.insert(0 if early else len(parts), alone)
    parts.append(PhasePart("undated", "", undated, "", [row for row in rows if not row.when]))
    return [part for part in parts if part.rows]
