"""Running text → steps: a step for each date in a sentence, with its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ..files.messages import gettext as _
from .steps import DateSpot, DraftStep, SkippedRow, sentences, spots
from .unwrapping import TextLine

CLAUSE_JOINT = re.compile(
    r"[,;]\s*(?:og|samt|mens|hvorefter|således at|så at|inden)?\s*|\s(?:og|samt|hvorefter)\s"
)


def read_prose(lines: Iterable[TextLine]) -> tuple[list[DraftStep], list[SkippedRow]]:
    """Sentences with dates, a step for each date; what has none is left out."""
    steps: list[DraftStep] = []
    left: list[SkippedRow] = []
    for line in lines:
        made = False
        for sentence in sentences(line.text):
            found = [spot for spot in spots(sentence) if not spot.placeholder]
            for spot, clause in clauses(sentence, found):
                steps.append(
                    DraftStep(spot.text, clause, list(line.rows), prose=True, context=sentence)
                )
                made = True
        if not made:
            left.append(SkippedRow(line.rows[0], line.text, _("Text without a date")))
    return steps, left


def clauses(sentence: str, found: list[DateSpot]) -> list[tuple[DateSpot, str]]:
    """A sentence with several dates is cut between them, so that each keeps its own words."""
    if len(found) < 2:
        return [(spot, sentence) for spot in found]
    starts, ends = [0], []
    for before, after in pairwise(found):
        between = sentence[before.end : after.start]
        joint = CLAUSE_JOINT.search(between)
        ends.append(before.end + (joint.start() if joint else 0))
        starts.append(before.end + (joint.end() if joint else 0))
    ends.append(len(sentence))
    return [
        (spot, sentence[a:b].strip(" ,;")) for spot, a, b in zip(found, starts, ends, strict=True)
    ]
