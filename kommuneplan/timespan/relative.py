"""Lengths from a date, and dates that lean on the row above.

Both ways of counting weeks are in use (practice notes, section 4): start + 7·n days, and
n·7 days with the first counted. The first is taken, and the user is told.
"""

from __future__ import annotations

import datetime as dt
import re

from . import calendar as cal
from .lexicon import COUNTS, LEXICON, WEEKDAYS, TokenKind, fold
from .messages import note
from .span import Modifier, Precision, Reading, ReadingStatus, TimeSpan
from .tokens import Token
from .years import Context

_LENGTH = re.compile(
    r"^\W*+(?:i )?(?P<limit>senest|inden(?: for)?|tidligst|ca\.?|cirka)?\s*+"
    r"(?:(?P<count>\d{1,3}|" + "|".join(COUNTS) + r")\s*+"
    r"(?P<unit>uger?|dage?|hverdage?|arbejdsdage?|maneder?|mdr\.?|ar)|dagen)\s++"
    r"(?P<side>regnet fra|gaeldende fra|fra(?: og med)?|efter|fgr|inden)\s++"
    r"(?P<rest>(?!i ?dag\b|nu\b|dags dato).+)",
    re.DOTALL,
)
_WEEKDAYS = [fold(names.split()[0]) for names in WEEKDAYS.values()]
_BESIDE = re.compile(
    r"^\W*+(?:pa )?(?P<limit>senest )?(?:den )?(?:(?:fgrste|sidste|1\.) )?"
    r"(?P<day>(?:" + "|".join(_WEEKDAYS) + r")(?:en)?|hverdag|arbejdsdag) "
    r"(?P<side>efter|fgr|inden) (?P<rest>.+)",
    re.DOTALL,
)
_UNIT = re.compile(r"uger?|dage?|hverdage?|arbejdsdage?|maneder?|mdr|ar")
_NEW_YEAR = re.compile(r"^nytar(?:et)?(?= |$)")
_SAME = re.compile(r"^\W*(samme (?:dag|dato)|(?:dagen|dag) (efter|fgr))\W*$")


def read_relative(plain: str, context: Context) -> tuple[str, re.Match[str]] | Reading | None:
    """ "samme dag" as a reading, a length with the text of its date, or ``None``."""
    key = fold(plain)
    if "dag" in key or "dato" in key:
        same = _SAME.match(key)
        if same is not None:
            return _beside_row(same, context)
    if " " not in key.strip():
        return None
    match = _LENGTH.match(key) or _BESIDE.match(key)
    if match is None:
        return None
    # New Year has no length there: "ugen efter nytår" counts from the day
    rest = _NEW_YEAR.sub("nytarsdag", match["rest"])
    return rest, match


def length_start(tokens: list[Token], start: int) -> int:
    """Where "senest 4 uger efter 1. maj" begins, when ``start`` is at "efter"; else ``start``."""
    if start < 2 or tokens[start].kind not in (TokenKind.AFTER, TokenKind.BEFORE, TokenKind.FROM):
        return start
    unit, count = tokens[start - 1], tokens[start - 2]
    if _UNIT.fullmatch(unit.text) is None or unit.line or tokens[start].line:
        return start
    if count.kind is not TokenKind.NUMBER and count.text not in COUNTS:
        return start
    limit = tokens[start - 3].text if start > 2 and not count.line else ""
    return start - 3 if limit in ("senest", "inden", "tidligst", "inden for") else start - 2


def _beside_row(match: re.Match[str], context: Context) -> Reading:
    previous = context.previous
    if previous is None:
        return Reading(
            ReadingStatus.NODATE, notes=(note("There is no row above to take a date from."),)
        )
    if match[2] is None:
        return Reading(ReadingStatus.OK, (previous,))
    if not previous.is_exact:
        return Reading(ReadingStatus.NODATE, notes=(note("The row above has no exact day."),))
    day = previous.latest if match[2] == "efter" else previous.earliest
    assert day is not None
    step = cal.DAY if match[2] == "efter" else -cal.DAY
    return Reading(ReadingStatus.OK, (TimeSpan.day(day + step),))


def from_nearest_feast(rest: str, context: Context) -> Context:
    """ "en uge efter langfredag" without a year counts from the one nearest to the document."""
    feast = LEXICON.get(rest.split()[0].strip(".,"))
    anchor = context.anchor
    if anchor is None or context.year is not None or feast is None:
        return context
    if feast.kind is not TokenKind.FEAST:
        return context
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    year = min(years, key=lambda year: abs(cal.feast_day(year, feast.value) - anchor))
    return Context(year, anchor, context.previous, context.parts)


def add_length(match: re.Match[str], base: Reading) -> Reading:
    """The reading of a length, or a weekday, before, after or from the date in ``base``."""
    if base.status in (ReadingStatus.REJECT, ReadingStatus.NODATE) or len(base.spans) != 1:
        return (
            base
            if base.status is ReadingStatus.REJECT
            else Reading(ReadingStatus.NODATE, notes=base.notes)
        )
    start = base.spans[0]
    if match.re is _BESIDE:
        return _day_beside(match, start, base)
    if start.precision is not Precision.DAY or start.earliest is None or start.latest is None:
        return Reading(
            ReadingStatus.NODATE, notes=(note("A length needs an exact day to count from."),)
        )
    count = _count(match["count"] or "1")
    end = _shift(start.earliest, count, match["unit"] or "dag", match["side"] in ("fgr", "inden"))
    limit = (match["limit"] or "").split(" ")[0]
    if "fra" not in match["side"]:
        span = _limited(end, limit)
        return Reading(ReadingStatus.OK, (span,), base.notes, base.assumed_year)
    notes = (
        *base.notes,
        note(
            "Counted as whole weeks, months or days from the date; if the "
            "first day counts, it ends the day before."
        ),
    )
    span = _limited(end, limit)
    if not limit and end > start.earliest:
        span = TimeSpan.between(start.earliest, end)
    return Reading(ReadingStatus.AMBIGUOUS, (span,), notes, base.assumed_year)


def _day_beside(match: re.Match[str], start: TimeSpan, base: Reading) -> Reading:
    """ "første hverdag efter 1. maj", "sidste fredag før jul": the nearest on that side."""
    after = match["side"] == "efter"
    day = start.latest if after else start.earliest
    if start.modifier is not Modifier.NONE or day is None:
        return Reading(ReadingStatus.NODATE, notes=base.notes)
    wanted = match["day"].removesuffix("en")
    step = cal.DAY if after else -cal.DAY
    day += step
    while not (
        _WEEKDAYS[day.weekday()] == wanted if wanted in _WEEKDAYS else cal.is_working_day(day)
    ):
        day += step
    span = TimeSpan.by(day) if match["limit"] else TimeSpan.day(day)
    return Reading(ReadingStatus.OK, (span,), base.notes, base.assumed_year)


def _limited(day: dt.date, limit: str) -> TimeSpan:
    if limit in ("senest", "inden"):
        return TimeSpan.by(day)
    if limit == "tidligst":
        return TimeSpan.from_(day)
    return TimeSpan.day(day, Modifier.APPROX if limit else Modifier.NONE)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else COUNTS[text]


def _shift(day: dt.date, count: int, unit: str, back: bool) -> dt.date:
    sign = -1 if back else 1
    if unit.startswith("uge"):
        return day + sign * count * 7 * cal.DAY
    if unit.startswith("dag"):
        return day + sign * count * cal.DAY
    if unit.startswith(("hverdag", "arbejdsdag")):
        for _working_day in range(count):
            day += sign * cal.DAY
            while not cal.is_working_day(day):
                day += sign * cal.DAY
        return day
    months = count * 12 if unit == "ar" else count
    year, month = divmod(day.year * 12 + day.month - 1 + sign * months, 12)
    return dt.date(year, month + 1, min(day.day, cal.days_in_month(year, month + 1)))
