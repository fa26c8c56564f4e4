"""What an indicator lacks, told beside its row. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words

from .periods import period_words
from .series import Series


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing: a code, the words, and where it is put right: at the indicator
    itself ("definition"), its measurements, or the targets of the plan."""

    code: str
    words: str
    where: str


def lacks(series: Series, *, on: dt.date, by_reference: bool = False) -> Iterator[Lack]:
    """What is missing, the most important first."""
    if by_reference:
        yield Lack(
            "unnamed",
            _("It is only referred to: write out what is measured, and how."),
            "definition",
        )
        return
    if not series.wanted:
        yield Lack("no-target", _("There is no target."), "target")
    for one in series.wanted:
        if one.year is None:
            yield Lack("no-year", _("A target has no year."), "target")
    if series.baseline is None:
        yield Lack("no-baseline", _("There is no baseline."), "measurement")
    if series.newest is None:
        yield Lack("no-measurement", _("It has not been measured yet."), "measurement")
    due = series.next_due
    if due is not None and due < on:
        late = _("The next measurement should have been there on %(day)s.")
        yield Lack("late", late % {"day": day_words(due)}, "measurement")
    if series.missing:
        periods = ", ".join(period_words(*days) for days in series.missing[:6])
        gap = _("Not measured: %(periods)s.")
        yield Lack("gap", gap % {"periods": periods}, "measurement")
