"""The words of a milestone's date: as written where that is vague, and what it means."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from kommuneplan.timespan import danish
from kommuneplan.timespan.certainty import certainty, certainty_words, modifier_of
from kommuneplan.timespan.danish import phrase
from kommuneplan.timespan.phrase import can_say
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import MilestoneKind

from .plan_document import MilestoneLine, Moved

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_EXPLANATION = re.compile(r" \([^()]*\)$")  # what ``meaning`` tells on a line of its own
# A month, a quarter or a year needs no explaining; a week, "ultimo" or a season does.
_EXPLAINED = {
    Precision.WEEK,
    Precision.PART_OF_MONTH,
    Precision.PART_OF_YEAR,
    Precision.SEASON,
    Precision.RANGE,
}


def apart(when: TimeSpan, written: str) -> str:
    """The words a date was written with, where they say something else than the date in words."""
    return "" if _plain(phrase(when)).startswith(_plain(written)) else written


def _plain(words: str) -> str:
    return re.sub(r" ?[-–] ?| til ", "-", " ".join(words.casefold().split()))


def short(when: TimeSpan) -> str:
    """The date on one line: without what its words cover ("medio maj 2027 (11.–20. maj)")."""
    return _EXPLANATION.sub("", phrase(when))


def shown_date(line: MilestoneLine | Moved) -> str:
    """The date for a reader: exact dates in full, all others in the words they were written in.

    "22. april" is shown as "22. april 2015", "ultimo 2008" stays so, and "primo august" gets its
    year. Without a date there are only the words ("afventer"), or nothing.
    """
    when, written = line.when, " ".join(line.written.split())
    if when is None:
        return written
    if when.is_exact or not written or (not _YEAR.search(written) and can_say(when)):
        return _EXPLANATION.sub("", phrase(when))
    return written[:1].lower() + written[1:] if written[1:2].islower() else written


def meaning(line: MilestoneLine | Moved) -> str:
    """How a vague date is understood where that says more than the words: "ultimo oktober 2015"
    is "21.–31. oktober 2015", "ultimo 2008" is "september–december 2008". Else nothing."""
    when = line.when
    if when is None or when.is_exact or when.earliest is None or when.latest is None:
        return ""
    if when.modifier is Modifier.APPROX or when.precision not in _EXPLAINED:
        return ""
    window = phrase(_window(when.earliest, when.latest))
    return "" if window.casefold() == shown_date(line).casefold() else window


def precision(line: MilestoneLine) -> str:
    """What a drawing tells of a date by its pattern, in words: "hele perioden", "et tidspunkt i
    perioden", "senest". Nothing of a day, or where the words of the date say it already."""
    when = line.when
    return precision_beside(shown_date(line), when, line.kind) if when else ""


def precise_date(line: MilestoneLine) -> str:
    """The date with what is known of it, where both stand in a sentence: "maj 2027 (et tidspunkt i
    perioden)"."""
    known = precision(line)
    return f"{shown_date(line)} ({known})" if known else shown_date(line)


def precision_beside(told: str, when: TimeSpan, kind: str) -> str:
    """The same for a date that stands there as ``told``."""
    known = certainty(when, lasts=MilestoneKind(kind).lasts)
    modifier = modifier_of(known)
    if modifier is not Modifier.NONE and _says(told, modifier):
        return ""
    return certainty_words(known)


@lru_cache(2048)
def _says(told: str, modifier: Modifier) -> bool:
    return any(span.modifier is modifier for span in danish.read(told).spans)


def _window(first: dt.date, last: dt.date) -> TimeSpan:
    """The days, or the months where they are whole."""
    if (
        first.day != 1
        or last != _month_end(last)
        or (first.year, first.month) == (last.year, last.month)
    ):
        return TimeSpan.between(first, last)
    return TimeSpan(
        first, _month_end(first), last.replace(day=1), last, precision=Precision.MONTH_RANGE
    )


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
