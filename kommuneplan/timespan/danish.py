"""Danish date expressions: ``read`` a cell, ``find`` them in running text.

The conventions (what "ultimo" covers, which year is meant) are those of the domain notes.
What cannot be a date is left alone: an invented date is worse than a missed one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from .atoms import Expression, Unit
from .calendar import YearParts
from .lexicon import TokenKind
from .messages import note
from .phrase import phrase
from .relative import add_length, from_nearest_feast, length_start, read_relative
from .resolve import resolve
from .rules import is_rule, sounds_like_rule
from .scan import Hit, scan
from .span import DateInText, Reading, ReadingStatus, TimeSpan
from .tokens import cut
from .windows import Impossible, Missing
from .years import Context, Remarks

__all__ = ["DateInText", "find", "phrase", "read"]


def read(
    text: str,
    *,
    year: int | None = None,
    anchor: dt.date | None = None,
    previous: TimeSpan | None = None,
    year_parts: YearParts = YearParts.THIRDS,
) -> Reading:
    """Read a whole expression, such as a cell of a date column.

    ``year`` is the year of the surroundings (heading, document), ``anchor`` the date of the
    document or meeting, ``previous`` the span of the row above under the same heading: give
    ``None`` after a heading with a year of its own. Never raises on any text.
    """
    context = Context(year, anchor, previous, year_parts)
    return replace(_read(text, context), written=text)


def find(
    text: str,
    *,
    year: int | None = None,
    anchor: dt.date | None = None,
    previous: TimeSpan | None = None,
    year_parts: YearParts = YearParts.THIRDS,
) -> list[DateInText]:
    """Find date expressions in running text, in order; ``text[start:end]`` is what was read.

    An expression without a year, when nothing gives one, is found with status ``nodate`` and
    a note; an impossible one with ``reject``. Never raises on any text.
    """
    context = Context(year, anchor, previous, year_parts)
    plain, tokens = cut(text)
    found: list[DateInText] = []
    for hit in scan(tokens, plain, whole=False, anchored=anchor is not None):
        start = length_start(tokens, hit.start)
        if found and tokens[start].start < found[-1].end:
            start = hit.start
        first, last = tokens[start], tokens[hit.stop - 1]
        written = text[first.start : last.end]
        if start < hit.start:
            reading = _read(written, context)
        else:
            reading = _resolved([hit.expression], context)
        found.append(DateInText(first.start, last.end, replace(reading, written=written)))
    return found


MOST_LENGTHS = 3  # "2 uger efter 3 uger efter 1. maj"


def _read(text: str, context: Context, lengths: int = 0) -> Reading:
    plain, tokens = cut(text)
    if not tokens:
        return Reading(ReadingStatus.NODATE)
    special = read_relative(plain, context) if lengths < MOST_LENGTHS else None
    if isinstance(special, Reading):
        return special
    if special is not None:
        rest, length = special
        try:
            near = from_nearest_feast(rest, context)
            return add_length(length, _read(rest, near, lengths + 1))
        except (ValueError, OverflowError):
            return Reading(ReadingStatus.REJECT, notes=(note("The date is out of range."),))
    if is_rule(plain, tokens):
        return _a_rule()
    row, anchored = context.previous is not None, context.anchor is not None
    hits = scan(tokens, plain, True, anchored, row)
    if not hits:
        return _a_rule() if sounds_like_rule(plain) else Reading(ReadingStatus.NODATE)
    if any(token.kind is TokenKind.CLOCK and not _is_clock(token.raw) for token in tokens):
        return Reading(ReadingStatus.REJECT, notes=(note("There is no such time of day."),))
    return _resolved(_chosen(hits), context)


def _a_rule() -> Reading:
    return Reading(ReadingStatus.RECURRING, notes=(note("This is a rule, not a date."),))


def _is_clock(text: str) -> bool:
    """ "kl. 16.30-18": hours to 24, minutes to 59."""
    times = re.findall(r"(\d{1,2})(?:[.:](\d{2}))?", text)
    return all(int(hour) <= 24 and int(minute or 0) < 60 for hour, minute in times)


def _chosen(hits: list[Hit]) -> list[Expression]:
    """Where a day is named, a break or week beside it only describes it (D213)."""
    expressions = [hit.expression for hit in hits]
    if any(not _is_near(found) for found in expressions):  # "i dag, den 5. maj"
        expressions = [found for found in expressions if not _is_near(found)]
    if any(_has_day(found) for found in expressions) and len(expressions) > 1:
        days = [found for found in expressions if not _only_describes(found)]
        return days or expressions
    return expressions


def _has_day(found: Expression) -> bool:
    return any(atom.unit is Unit.DAY for atom in found.atoms)


def _is_near(found: Expression) -> bool:
    """Is it counted from the anchor?"""
    return all(atom.near is not None for atom in found.atoms)


def _only_describes(found: Expression) -> bool:
    return all(atom.unit in (Unit.BREAK, Unit.WEEK) for atom in found.atoms)


def _resolved(expressions: list[Expression], context: Context) -> Reading:
    """One reading of several expressions; any impossible one refuses them all."""
    remarks = Remarks()
    spans: list[TimeSpan] = []
    known = [atom.year for found in expressions for atom in found.atoms if atom.year is not None]
    try:
        for found in expressions:
            here = context
            if known and len(expressions) > 1:
                here = Context(known[0], context.anchor, parts=context.parts)
            spans += resolve(found.copied(), here, remarks)
    except Impossible as refusal:
        return Reading(ReadingStatus.REJECT, notes=(str(refusal),))
    except Missing as missing:
        return Reading(ReadingStatus.NODATE, notes=(str(missing),))
    except (ValueError, OverflowError):
        return Reading(ReadingStatus.REJECT, notes=(note("The date is out of range."),))
    status = ReadingStatus.AMBIGUOUS if remarks.ambiguous else ReadingStatus.OK
    return Reading(status, tuple(spans), tuple(remarks.notes), remarks.assumed_year)
