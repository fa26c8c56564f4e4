"""Steps → readings: which year each date belongs to, seen over the whole list.

Explicit > other half of the same range > weekday > row above > context > document date
(convention 9); the year of a title is the weakest. Lists with the newest first are read from
the bottom.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kommuneplan.timespan import danish
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.span import Reading, ReadingStatus, TimeSpan

from ..files.deadline import Deadline
from ..files.messages import gettext as _
from .draft import Strength
from .steps import PROVISIONAL_YEAR, DraftStep, with_slashes
from .vocabulary import FULL_YEAR, PAST, PLACEHOLDER

A_LIST = 3  # so many days in one line are a list of days
DAY_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")
NAMED_BY_YEAR = re.compile(
    r"(?i)\b(?:budget|regnskab|plan|strategi|politik)[a-zæøå]{0,20} (?:for )?(?:19|20)\d\d\b"
)
PLAN_OF_YEAR = re.compile(
    r"(?i)\b(?:proces(?:plan|sen)?|tids(?:-\s?og\s)?(?:proces)?plan|mødeplan|køreplan|kalender|årshjul|forløb)"
    r"(?:\s(?:i|for))?\s((?:19|20)\d\d)\b(?!\s?[-–/]\s?\d)"
)
END_OF_YEAR = re.compile(r"(?i)\bårets (?:udgang|slutning|afslutning)")
BUDGET_YEAR = re.compile(
    r"(?i)\bbudget(?!opfølg|kontrol|revision|regnskab|status|rapport)\w*\s+((?:19|20)\d\d)"
)


@dataclass(frozen=True)
class Years:
    """What is known of the year beside the dates themselves."""

    given: int | None = None
    anchor: dt.date | None = None
    title: str = ""
    text: str = ""
    parts: YearParts = YearParts.THIRDS


@dataclass(frozen=True)
class DatedSteps:
    """The readings of all steps, and what had to be assumed for the plan as a whole."""

    readings: list[Reading]
    warnings: list[str]


def date_steps(steps: Sequence[DraftStep], years: Years, deadline: Deadline) -> DatedSteps:
    """Read every step's date."""
    explicit = [_explicit(step, years) for step in deadline.over(steps)]
    order = list(range(len(steps)))
    newest_first = _newest_first(steps, explicit)
    if newest_first:
        order.reverse()
    warnings: list[str] = []
    fallback = years.given or _year_said_by_title(years)
    if fallback is None and years.anchor is None and not any(explicit):
        fallback = _year_of_text(years)
        if fallback is not None and any(step.year is None and step.when for step in steps):
            warnings.append(
                _("No date has a year: %(year)s is assumed from the rest of the document.")
                % {"year": fallback}
            )
    if fallback is None and years.anchor is None and not any(explicit) and _needs_year(steps):
        warnings.append(_("No date has a year, and the document says none. Give the year."))
    readings: dict[int, Reading] = {}
    ground = Strength.GUESSED if fallback is not None and years.given is None else Strength.FOLLOWS
    previous: TimeSpan | None = None
    told: TimeSpan | None = None
    several = False
    after = _following(explicit, order)
    in_sentence = _later_in_sentence(steps, explicit)
    for index in deadline.over(order):
        following = after[index]
        step = steps[index]
        above = told if step.prose else None if _begins_anew(step, several) else previous or told
        if later := in_sentence.get(index):
            above, following = None, later
        reading = _read(step, explicit[index], above, following, fallback, years)
        readings[index] = reading
        step.strength = _strength(step, reading, ground)
        several = len(reading.spans) >= A_LIST
        if reading.spans and not step.prose:
            previous = reading.spans[-1]
        if reading.spans and step.prose:
            told = _told_so_far(step, reading.spans[-1], told, years.anchor)
    if newest_first and len(steps) > 2:
        warnings.append(_("The list has the newest first; years are read from the bottom up."))
    return DatedSteps([readings[index] for index in range(len(steps))], warnings)


def _strength(step: DraftStep, reading: Reading, ground: Strength) -> Strength:
    """What the date rests on; ``ground``: what a year that nothing near it says rests on."""
    if step.strength is Strength.GUESSED or reading.assumed_year is None:
        return step.strength
    return Strength.FOLLOWS if step.year else ground


def _begins_anew(step: DraftStep, several: bool) -> bool:
    """A list of days of its own ("Byrådet: 3. februar, 26. maj, …") after another such list."""
    if step.apart or not several:
        return step.apart
    return len(danish.read(step.when, year=PROVISIONAL_YEAR).spans) >= A_LIST


def _told_so_far(
    step: DraftStep, span: TimeSpan, told: TimeSpan | None, anchor: dt.date | None
) -> TimeSpan | None:
    """What running text goes on from: this date, or the one before where this one tells of what
    happened before the document; what has been so since then leads to the document's own day."""
    over = anchor is not None and (span.latest_end or _begin(span)) < anchor
    if not (over and PAST.search(f"{step.text} {step.when}")):
        return span
    return told if span.latest_end else None


def year_of_axis(years: Years) -> int | None:
    """The year in which a table with time as columns begins, where no column says it."""
    return years.given or _year_of_title(years) or (years.anchor and years.anchor.year) or (
        _year_of_text(years))  # fmt: skip


def _following(
    explicit: Sequence[TimeSpan | None], order: Sequence[int]
) -> dict[int, TimeSpan | None]:
    """For each step the next one, in the order of reading, whose words hold a year."""
    after: dict[int, TimeSpan | None] = {}
    found: TimeSpan | None = None
    for index in reversed(order):
        after[index] = found
        found = explicit[index] or found
    return after


def _later_in_sentence(
    steps: Sequence[DraftStep], explicit: Sequence[TimeSpan | None]
) -> dict[int, TimeSpan]:
    """For a date without a year the one behind it in the same sentence that has one: "efter
    sommerferien kan der være et oplæg i foråret 2026" begins in 2025."""
    pairs = pairwise(enumerate(steps))
    return {
        index: span
        for (index, step), (after, other) in pairs
        if step.prose and step.context == other.context and not explicit[index]
        and (span := explicit[after]) is not None
    }  # fmt: skip


def _needs_year(steps: Sequence[DraftStep]) -> bool:
    return any(
        step.year is None and danish.read(step.when, year=PROVISIONAL_YEAR).span
        for step in steps
        if step.when
    )


def _explicit(step: DraftStep, years: Years) -> TimeSpan | None:
    """The span when the words themselves hold the year."""
    if not step.when or PLACEHOLDER.search(step.when):
        return None
    reading = danish.read(step.when, year=PROVISIONAL_YEAR, year_parts=years.parts)
    return reading.span if reading.assumed_year is None and _has_year(step.when) else None


def _has_year(text: str) -> bool:
    return bool(
        FULL_YEAR.search(text) or re.search(r"\d[./-]\d{1,2}[./-]\d\d|(?i:[a-z])\.? '?\d\d\b", text)
    )


def _newest_first(steps: Sequence[DraftStep], explicit: list[TimeSpan | None]) -> bool:
    """Whether the list runs backwards: by full dates, else by day and month in one year."""
    keys = [_begin(span) for span in explicit if span]
    if len(keys) < 3:
        spans = [
            danish.read(step.when, year=step.year or PROVISIONAL_YEAR).span
            for step in steps
            if step.when
        ]
        keys = [_begin(span).replace(year=PROVISIONAL_YEAR) for span in spans if span]
    down = sum(a > b for a, b in pairwise(keys))
    up = sum(a < b for a, b in pairwise(keys))
    prose = any(step.prose for step in steps)
    return not prose and down >= 2 and down > 2 * up


def _begin(span: TimeSpan) -> dt.date:
    known = span.earliest_begin or span.latest_begin or span.earliest_end or span.latest_end
    assert known is not None
    return known


def _read(
    step: DraftStep,
    explicit: TimeSpan | None,
    previous: TimeSpan | None,
    following: TimeSpan | None,
    fallback: int | None,
    years: Years,
) -> Reading:
    words = _as_date(step.when.strip())
    if not words:
        return Reading(ReadingStatus.NODATE)
    if PLACEHOLDER.search(words):
        return Reading(ReadingStatus.NODATE, written=words)
    parts = years.parts
    if explicit:
        reading = danish.read(
            words, year=step.year or fallback, anchor=years.anchor, year_parts=parts
        )
    elif step.year:
        reading = danish.read(words, year=step.year, year_parts=parts)
    elif step.prose and following and not previous:
        reading = _before(words, following, parts)
    elif previous and END_OF_YEAR.search(words):
        reading = danish.read(words, year=_begin(previous).year, year_parts=parts)
    elif previous:
        reading = danish.read(
            words, year=fallback, anchor=years.anchor, previous=previous, year_parts=parts
        )
    elif fallback:
        reading = danish.read(words, year=fallback, year_parts=parts)
    elif following:
        reading = _before(words, following, parts)
    else:
        reading = danish.read(words, anchor=years.anchor, year_parts=parts)
    return reading if reading.written else replace(reading, written=words)


def _as_date(words: str) -> str:
    """ "15.04" in a column of dates is a day and month, though it could be an hour elsewhere."""
    return f"{words}." if DAY_MONTH.fullmatch(words) else with_slashes(words)


def _before(words: str, following: TimeSpan, parts: YearParts) -> Reading:
    """A date that stands above the first one with a year, and is not later than it."""
    limit = following.latest_end or _begin(following)
    reading = danish.read(words, year=limit.year, year_parts=parts)
    if reading.span and _begin(reading.span) > limit:
        reading = danish.read(words, year=limit.year - 1, year_parts=parts)
    return reading


def _year_said_by_title(years: Years) -> int | None:
    """ "Tidsplan for proces i 2016", "Mødeplan 2027": the year in which it all happens; of a plan's
    or budget's own name it says nothing."""
    found = PLAN_OF_YEAR.search(years.title)
    return int(found[1]) if found else None


def _year_of_title(years: Years) -> int | None:
    """The year of the title; a budget is made the year before."""
    budget = BUDGET_YEAR.search(years.title)
    if budget:
        return int(budget[1]) - 1
    return min(map(int, FULL_YEAR.findall(years.title)), default=None)


def _year_of_text(years: Years) -> int | None:
    """From the title, else the year named most."""
    if year := _year_of_title(years):
        return year
    found = [int(match) for match in FULL_YEAR.findall(NAMED_BY_YEAR.sub("", years.text))]
    if found:
        return max(set(found), key=found.count)
    number = re.search(r"\b(20[0-6]\d)-\d{4,}", years.text)
    return int(number[1]) if number else None
