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
BEGINS = re.compile(r"(?i)\b(?:start|begynd|indled|åbn|løb)\w*\b[^,;]{0,40}$")
ENDS = re.compile(
    r"(?i)^,?\s(?:og\s)?(?:(?:forløber|løber|varer|fortsætter|slutter|afsluttes|lukker|ender)\s)?"
    r"(?:(?:frem\s)?til(?:\sog\smed)?\s)?(?:den\s)?(?:frem til|til|til og med|den)?\s?(?:den\s)?\d"
)
TO = re.compile(r"(?i)^(?:frem til|til og med|til|senest|inden)\s+(?:den\s+)?")


def read_prose(lines: Iterable[TextLine]) -> tuple[list[DraftStep], list[SkippedRow]]:
    """Sentences with dates, a step for each date; what has none is left out."""
    steps: list[DraftStep] = []
    left: list[SkippedRow] = []
    for line in lines:
        made = False
        for sentence in sentences(line.text):
            found = [spot for spot in spots(sentence) if not spot.placeholder]
            span = _begin_and_end(sentence, found)
            if span:
                steps.append(DraftStep(span, sentence, list(line.rows), prose=True,
                                       context=sentence))  # fmt: skip
                made = True
                continue
            for spot, clause in clauses(sentence, found):
                steps.append(
                    DraftStep(spot.text, clause, list(line.rows), prose=True, context=sentence)
                )
                made = True
        if not made:
            left.append(SkippedRow(line.rows[0], line.text, _("Text without a date")))
    return steps, left


def _begin_and_end(sentence: str, found: list[DateSpot]) -> str:
    """ "… starter den 22. september og forløber frem til den 26. september": one span."""
    if len(found) != 2 or not BEGINS.search(sentence[: found[0].start]):
        return ""
    rest = sentence[found[0].end :]
    end = found[1].text
    if not ENDS.match(rest[: rest.index(end) + len(end)]):
        return ""
    return f"{found[0].text} - {TO.sub('', end)}"


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
