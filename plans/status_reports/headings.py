"""What the parts of a status report are called: our words, or those of the municipality."""

from __future__ import annotations

from kommuneplan.core.models import Municipality
from plans.enums import ReportPart

LONGEST = 100  # letters of a heading


def headings_of(house: Municipality) -> dict[ReportPart, str]:
    """The heading of each part, in the order of the parts; a line that is empty keeps our word."""
    own = [line.strip()[:LONGEST] for line in house.status_headings.splitlines()]
    own += [""] * len(ReportPart)
    return {part: line or str(part.label) for part, line in zip(ReportPart, own, strict=False)}
