"""Several entries in one paragraph: "date: text. date: text" → a step for each."""

from __future__ import annotations

import re

from .steps import DraftStep, sentences, spots, tidy
from .unwrapping import SIGN, TextLine

FEWEST_RUN_ON = 3
LEAD_IN = re.compile(r"(?i)^\W*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\w{0,20},?\s*+)?"
                     r"(?:(?:den|d\.?|"
r"i|fra|"
                     r"senest|inden|hvert år|hver|årligt|frem til|ca\.?|omkring|primo|medio|"
                     r"ultimo|pr\.|frist:?|dato:?|"
                     r"tid:?|deadline:?)\s*+)*$")  # fmt: skip


def entries(line: TextLine) -> list[DraftStep]:
    """A paragraph of "date: text." after each other: a step for each, with what follows it."""
    steps: list[DraftStep] = []
    for sentence in sentences(line.text):
        first = next(iter(spots(sentence)), None)
        sign = SIGN.match(sentence[first.end :]) if first else None
        if first and sign and sign[0].strip() and LEAD_IN.match(sentence[: first.start]):
            text = sentence[first.end + sign.end() :].strip()
            steps.append(DraftStep(sentence[: first.end], text, list(line.rows)))
        elif steps:
            steps[-1].details.append(sentence)
        else:
            return []
    return steps if len(steps) > 1 and all(step.text for step in steps) else []


def run_on(line: TextLine) -> list[DraftStep]:
    """ "Januar 2010: forhøring 4. okt. 2010: høring 6. april 2011: …": entries that lost the breaks
    between them. Three dates with a colon, the first at the head, are no sentence."""
    text = line.text
    heads = [spot for spot in spots(text) if re.match(r"\s?:\s", text[spot.end :])]
    if len(heads) < FEWEST_RUN_ON or not LEAD_IN.match(text[: heads[0].start]):
        return []
    ends = [spot.start for spot in heads[1:]] + [len(text)]
    bodies = [tidy(text[spot.end : end]) for spot, end in zip(heads, ends, strict=True)]
    if not all(bodies):
        return []
    return [
        DraftStep(spot.text, body, list(line.rows))
        for spot, body in zip(heads, bodies, strict=True)
    ]
