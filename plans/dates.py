"""The words of a milestone's date: as written where that says what is not exact, and what it means."""

from __future__ import annotations

import dataclasses

from kommuneplan.timespan import danish
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan

from .document import MilestoneLine, Moved


def phrase(when: TimeSpan) -> str:
    return danish.phrase(when) if hasattr(danish, "phrase") else str(when.earliest)


def shown_date(line: MilestoneLine | Moved) -> str:
    """The date for a reader: exact dates in full, all others in the words they were written in.

    "22. april" is shown as "22. april 2015"; "ultimo 2008" stays "ultimo 2008". Without a date
    there are only the words ("afventer"), or nothing.
    """
    when, written = line.when, " ".join(line.written.split())
    if when is None:
        return written
    if when.is_exact or not written:
        return phrase(when)
    return written[:1].lower() + written[1:] if written[:1].isupper() else written


def meaning(line: MilestoneLine | Moved) -> str:
    """How a vague date is understood, day by day, where that says more than the words do.

    "ultimo oktober 2015" means "21. til 31. oktober 2015"; an exact or an open date means what
    it says, and a month, a quarter or a year needs no explaining.
    """
    when = line.when
    if when is None or when.is_exact or not (when.earliest and when.latest):
        return ""
    if when.modifier is Modifier.APPROX or when.precision not in _EXPLAINED:
        return ""
    window = phrase(TimeSpan.between(when.earliest, when.latest))
    return "" if window.casefold() in shown_date(line).casefold() else window


_EXPLAINED = {Precision.WEEK, Precision.PART_OF_MONTH, Precision.PART_OF_YEAR, Precision.SEASON,
              Precision.RANGE}  # fmt: skip


def short(when: TimeSpan) -> str:
    """The value in words, whatever was written."""
    return phrase(dataclasses.replace(when, written=""))
