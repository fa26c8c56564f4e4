"""Running text → steps: a step for each date in a sentence, with its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kommuneplan.timespan import danish
from kommuneplan.timespan.span import TimeSpan

from ..files.messages import gettext as _
from .dating import Years
from .draft import DraftMilestone
from .steps import DateSpot, DraftStep, SkippedRow, sentences, spots
from .unwrapping import TextLine
from .vocabulary import FULL_YEAR, PAST

CLAUSE_JOINT = re.compile(
    r"[,;]\s*(?:og|samt|mens|hvorefter|således at|så at|inden)?\s*|\s(?:og|samt|hvorefter)\s"
)
TO_COME = re.compile(
    r"(?i)\b(?:ventes|forventes|planlægges|skal|vil|kan) (?:\w+ ){0,4}?"
    r"(?:vedtaget|godkendt|behandlet)\b"
)
A_DAY = re.compile(r"\d{1,2}(?:\. ?[a-zæøå-]|/\d|\.-)")
PLANS = re.compile(
    r"(?i)\b(?:[a-zæøå]{0,30}mødes?|workshop|seminar|konference|afholdes|holde[rs]|"
    r"behandle[rs]|drøfte[rs]|"
    r"høring[a-zæøå]{0,20}|vedtage[rs]|godkende[rs]|forelægge[rs]|"
    r"frist[a-zæøå]{0,3}|senest|træder i kraft|offentliggøres|inviteres)\b"
)
MENTIONED = re.compile(
    r"(?i)\b(?:(?:til|inden|før|efter|forud for) (?:[a-zæøå]{1,20} )?mødet?|"
    r"(?:udsat|flyttet|rykket|udskudt) (?:[a-zæøå]{1,20} ){0,2}?fra(?: mødet)?)"
    r" (?:den |d\. ?)?$"
)
IN_FORCE = re.compile(r"(?i)(?:gældende|gyldig|med virkning)\s")
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
            found = without_mentions(sentence, found)
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


def happened(step: DraftStep) -> bool:
    """Whether the words tell what has been, not what is to come ("ventes vedtaget")."""
    return bool(PAST.search(TO_COME.sub("", f"{step.text} {step.when}")))


def planned_beside(
    prose: Sequence[DraftStep], milestones: Sequence[DraftMilestone], years: Years
) -> list[DraftStep]:
    """What the text around a table or list plans on an exact day of its own, told nowhere else."""
    spans = [milestone.span for milestone in milestones if milestone.span]
    year = _only_year(spans)
    wanted = []
    for step in prose:
        span = (
            danish.read(step.when, year=year).span if year or FULL_YEAR.search(step.when) else None
        )
        if not span or not A_DAY.search(step.when) or happened(step):
            continue
        over = years.anchor and span.latest_end and span.latest_end < years.anchor
        if not over and span not in spans and PLANS.search(step.context):
            step.warnings.append(_("Found in the running text beside the plan."))
            step.year = year
            wanted.append(step)
    return wanted


def _only_year(spans: Sequence[TimeSpan]) -> int | None:
    """The year of the whole plan, where it lies in one."""
    days = [day for span in spans for day in (span.earliest_begin, span.latest_end) if day]
    years = {day.year for day in days}
    return years.pop() if len(years) == 1 else None


def _begin_and_end(sentence: str, found: list[DateSpot]) -> str:
    """ "… starter den 22. september og forløber frem til den 26. september": one span."""
    if len(found) != 2 or not BEGINS.search(sentence[: found[0].start]):
        return ""
    rest = sentence[found[0].end :]
    end = found[1].text
    if not ENDS.match(rest[: rest.index(end) + len(end)]):
        return ""
    return f"{found[0].text} - {TO.sub('', end)}"


def without_mentions(text: str, found: list[DateSpot]) -> list[DateSpot]:
    """The dates on which something happens: not the meeting a paper is for, what was moved, or
    from when a thing that is mentioned holds ("en ny struktur gældende fra 1. august")."""
    own = [spot for spot in found if not _is_mention(text, spot)]
    return own or found


def _is_mention(text: str, spot: DateSpot) -> bool:
    return bool(MENTIONED.search(text[: spot.start]) or IN_FORCE.match(spot.text))


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
