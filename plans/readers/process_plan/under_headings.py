"""A date that heads what stands below it, and for how long it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kommuneplan.timespan.span import Precision

from ..files.source import BULLET
from .steps import LONG, DateSpot, first_sentence
from .unwrapping import TextLine

MONTH_WORD = re.compile(r"jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec")


@dataclass
class DateGroup:
    """A date heading. A ``year`` heads bullets or short lines; other dates any text.

    ``shape`` is the form of what stands below a year, ``dated``: a line there has its own date.
    """

    when: str
    row: str
    day: bool
    month: bool = False
    titled: bool = False
    used: bool = False
    year: bool = False
    shape: str = ""
    dated: bool = False
    goes_on: bool = True

    def names(self, when: str) -> bool:
        """Whether a date lies in the month the heading names, so that it still holds."""
        if self.day:
            return False
        months = set(MONTH_WORD.findall(self.when.lower()))
        return bool(months & set(MONTH_WORD.findall(when.lower())))

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


def exact_day(found: list[DateSpot]) -> str | None:
    """The one day named in a text that stands under a month, if there is just one."""
    days = [spot.text for spot in found if spot.precision is Precision.DAY]
    return days[0] if len(days) == 1 else None
