"""A date that heads what stands below it, and for how long it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kommuneplan.timespan.span import Precision

from ..files.source import BULLET, HEADING
from .steps import (
    LONG,
    DateSpot,
    DraftStep,
    first_sentence,
    is_date,
    sentences,
    spots,
    tidy,
)
from .unwrapping import TextLine
from .vocabulary import FULL_YEAR, PHASE

DAYS = (Precision.DAY, Precision.RANGE)
IN_BRACKETS = re.compile(r"\(([^()]{3,60})\)\W{0,5}$")
DAY_CELL = re.compile(
    r"(?i)(?P<lead>senest|inden|fra|efter)?\s?(?:den |d\. ?)?"
    r"(?P<days>\d{1,2}\.(?:\s?(?:[-–]|og|til)\s?\d{1,2}\.)?)(?:\s?kl\.? ?[\d.:-]{1,11})?"
)
_WEEKDAY = r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag)"
WEEKDAY = re.compile(rf"(?i)\b{_WEEKDAY} ")
WEEKDAYS_ONLY = re.compile(rf"(?i)^{_WEEKDAY}\b[ ,:–-]*")
LEADS = ("(den", ": den", "- den", "– den")
DAY_OF_MONTH = re.compile(
    r"(?i)(?:\b(?P<lead>fra|senest|inden|efter|til og med)\s+)?(?<![\w.])(?:den|d\.)\s?"
    rf"(?P<days>\d{{1,2}}(?:\.|$)(?:\s?(?:[-–]|og|til)\s?(?:{_WEEKDAY} )?(?:den\s)?\d{{1,2}}\.)?)"
    r"(?!\s*(?:\d|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|\.))"
)
DAY_FIRST = re.compile(
    r"(?i)(?P<lead>fra|senest|inden|efter)?\s?"
    r"(?P<days>\d{1,2}\.(?:\s?(?:[-–]|og|til)\s?\d{1,2}\.)?)(?P<sign>\s?[:–-]\s|:$)?"
)
MONTH_WORD = re.compile(r"jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec")


@dataclass
class DateGroup:
    """A date heading. A ``year`` heads bullets or short lines; other dates any text.

    ``shape`` is the form of what stands below a year, ``dated``: a line there has its own date;
    ``wide``: a month or more, in which a line may name its own day; ``titles``: the last line
    below it is a title, no sentence.
    """

    when: str
    row: str
    day: bool
    month: bool = False
    titled: bool = False
    used: bool = False
    titles: bool = False
    year: bool = False
    shape: str = ""
    dated: bool = False
    goes_on: bool = True
    wide: bool = False
    phase: bool = False

    @property
    def own_year(self) -> int | None:
        """The one year the heading names."""
        years = {int(year) for year in FULL_YEAR.findall(self.when)}
        return years.pop() if len(years) == 1 else None

    def names(self, when: str) -> bool:
        """Whether a date lies in the month the heading names, so that it still holds."""
        if self.day or self.phase:
            return self.phase
        return names_same_month(self.when, when)

    def holds(self, line: TextLine) -> bool:
        """Whether a line without a date happens in the year: all have one form, none is prose."""
        bullet = line.shape == BULLET
        prose = len(line.text) > LONG or bool(first_sentence(line.text)[1])
        other_form = self.shape not in ("", line.shape) and (line.gap_before or bullet)
        if prose or other_form or (self.dated and not bullet):
            self.goes_on = not (line.gap_before or prose or other_form)
            return False
        self.shape = line.shape
        return True


def phase_with_date(text: str, line: TextLine) -> DateGroup | None:
    """ "Fase 1 - Analyse (1. kvartal 2026)": the phase, and the time of what stands below it."""
    match = IN_BRACKETS.search(text)
    if not match or not PHASE.match(text) or not is_date(match[1]) or not line.leads:
        return None
    wide = not any(spot.precision in DAYS for spot in spots(match[1]))
    return DateGroup(match[1].strip(), line.rows[0], False, phase=True, wide=wide)


def ends_phase(line: TextLine, rank: int) -> bool:
    """Whether a heading of the same rank begins; a phase on a line of its own ends at the next.

    ``rank``: of the phase's heading; 0 unknown, -1 a line that stood alone.
    """
    if line.shape == HEADING:
        return rank <= 0 or line.level <= rank
    short = len(line.text) < 60 and line.text[:1].isupper() and line.text[-1:].isalpha()
    return rank < 0 and line.alone and line.shape != BULLET and short and not spots(line.text)


def phase_name(text: str) -> str:
    """The heading without its date in brackets."""
    match = IN_BRACKETS.search(text)
    bare = text[: match.start()] if match and is_date(match[1]) else text
    return bare.strip(" :–-")


def days_of_month(cells: list[str]) -> str:
    """A row with a day and no month ("Senest 15." | "Idéer afleveres"), as a line of its month."""
    match = DAY_CELL.fullmatch(cells[0].strip()) if len(cells) > 1 else None
    if not match:
        return ""
    return f"{match['lead'] or ''} den {match['days']} {' – '.join(cells[1:])}".strip()


def days_in_month(line: TextLine, month: str) -> list[DraftStep]:
    """The sentences of a line that each begin with a day of the month above, as steps."""
    made: list[DraftStep] = []
    for sentence in sentences(line.text):
        match = _day_first(sentence) or DAY_OF_MONTH.search(sentence)
        if match is None and not made:
            return []
        if match is None:
            made[-1].details.append(sentence)
            continue
        text = tidy(f"{sentence[: match.start()]} {sentence[match.end() :]}")
        days = WEEKDAY.sub("", match["days"]).rstrip(".") + "."
        when = f"{(match['lead'] or '').lower()} {days} {month}".strip()
        text = WEEKDAYS_ONLY.sub("", text).strip()
        made.append(DraftStep(when, text or sentence, list(line.rows), context=sentence))
    return made


def _day_first(sentence: str) -> re.Match[str] | None:
    """ "21.: Svar er fremme", "Senest 21. er svar fremme"; "4. Svar" alone may be a number."""
    match = DAY_FIRST.match(sentence)
    return match if match and (match["lead"] or match["sign"]) else None


def mentions_another(line: TextLine, found: list[DateSpot]) -> bool:
    """A bullet below a day that names another in its middle ("… til mødet den 20. maj")."""
    if line.shape != BULLET or not found or found[0].start < 4:
        return False
    before = line.text[: found[0].start].rstrip()
    return not before.endswith((":", "(", "–", "-")) and not before.lower().endswith(LEADS)


def names_same_month(first: str, second: str) -> bool:
    """Whether two texts name the same month by its word."""
    months = set(MONTH_WORD.findall(first.lower()))
    return bool(months & set(MONTH_WORD.findall(second.lower())))


def exact_day(found: list[DateSpot]) -> str | None:
    """The one day named in a text that stands under a month, if there is just one."""
    days = [spot.text for spot in found if spot.precision is Precision.DAY]
    return days[0] if len(days) == 1 else None
