"""What happened publicly since a day that somebody gives in Danish words, to one plan or to all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.timespan import danish
from kommuneplan.timespan.forms import FIRST_YEAR, LONGEST
from kommuneplan.timespan.span import Reading

from .happenings import happenings

MOST = 1000
PER_PAGE = 50
_YEAR = re.compile(r"\d{4}")
_TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Since:
    """The day from which on it is asked: as it was written, as it was read, or why it could not be
    read; the day is then the usual one."""

    day: dt.date
    written: str = ""
    fault: str = ""


def read_since(written: str, *, today: dt.date) -> Since:
    """ "1. november", "sidste måned", "uge 45": from its first day on. Nothing: a month back. Words
    without a year mean the last such day there was."""
    usual = _month_before(today)
    words = " ".join(written.replace("\x00", "").split())[:LONGEST]
    if not words:
        return Since(usual)
    first = _first_day(danish.read(words, anchor=today))
    if first and first > today and not _YEAR.search(words):
        first = _first_day(danish.read(words, year=today.year - 1))
    if first is None:
        fault = _("We could not read the day. Write it like “1. november” or “sidste måned”.")
    elif first > today:
        fault = _("That day has not come yet. Write a day that is past.")
    elif first.year < FIRST_YEAR:
        fault = _("The year is too long ago. Write a day of a later year.")
    else:
        return Since(first, words)
    return Since(usual, words, fault)


def _first_day(reading: Reading) -> dt.date | None:
    return reading.span.earliest_begin if reading.span else None


def _month_before(day: dt.date) -> dt.date:
    last = day.replace(day=1) - dt.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def since_page(written: str, page: int, *, at: dt.datetime, plan: str | None) -> dict[str, Any]:
    """What a page shows of it; ``plan``: the address of one plan, None for all."""
    since = read_since(written, today=local_day(at))
    begin = dt.datetime.combine(since.day, dt.time(), tzinfo=COPENHAGEN) - _TICK
    found = happenings(at=at, since=begin.astimezone(dt.UTC), plan=plan, most=MOST)
    shown = Paginator(found, PER_PAGE).get_page(page)
    return {
        "since": since,
        "total": len(found),
        "is_cut": len(found) == MOST,
        "page": shown,
        "days": [
            (day, list(inside))
            for day, inside in groupby(shown.object_list, key=lambda one: local_day(one.at))
        ],
    }
