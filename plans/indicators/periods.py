"""Periods of measurements: what they are called, which ones are expected, and when the next is due.
Pure.

Numbers of a period are there some time after it has ended; how long is said here, once. A
measurement is late when that time is over, never before.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from plans.enums import Interval

AFTER = {
    Interval.MONTHLY: 1,
    Interval.QUARTERLY: 2,
    Interval.HALF_YEARLY: 3,
    Interval.YEARLY: 4,
    Interval.EVERY_OTHER_YEAR: 4,
}
"""Months after the end of a period within which its numbers are to be there."""
REMINDED = 14
"""Days before that on which whoever measures is reminded."""

Days = tuple[dt.date, dt.date]
_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
           "oktober", "november", "december")  # fmt: skip


def period_words(first: dt.date, last: dt.date) -> str:
    """ "2024", "1. halvår 2024", "2. kvartal 2024", "marts 2024", "3. marts 2024" """
    months = months_between(first, last)
    if first == last:
        return day_words(first)
    if months is None:
        return f"{day_words(first)}–{day_words(last)}"
    year, place = first.year, first.month - 1
    if months == 12 and not place:
        return str(year)
    if months == 6 and place % 6 == 0:
        return _("half-year %(n)s of %(year)s") % {"n": place // 6 + 1, "year": year}
    if months == 3 and place % 3 == 0:
        return _("quarter %(n)s of %(year)s") % {"n": place // 3 + 1, "year": year}
    if months == 1:
        return f"{_MONTHS[place]} {year}"
    if months % 12 == 0 and not place:
        return f"{year}–{last.year}"
    return f"{_MONTHS[place]} {year}–{_MONTHS[last.month - 1]} {last.year}"


def months_between(first: dt.date, last: dt.date) -> int | None:
    """How many whole months a period is; None where it is not made of whole ones."""
    if first.day != 1 or last != end_of_month(last):
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


def end_of_month(day: dt.date) -> dt.date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day: dt.date, months: int) -> dt.date:
    """The last day of the month so many months after the one that a period ends in."""
    place = day.year * 12 + day.month - 1 + months
    return end_of_month(dt.date(place // 12, place % 12 + 1, 1))


def next_due(interval: str, last: dt.date | None) -> dt.date | None:
    """The day by which the next measurement is to be there, after one whose period ended on
    ``last``; None where nothing is due by itself."""
    months = Interval(interval).months
    if not months or last is None:
        return None
    return months_later(last, months + AFTER[Interval(interval)])


def due_by(interval: str, day: dt.date) -> dt.date | None:
    """The newest last day of a period after which the next measurement is due by ``day``; the
    other way round of ``next_due``, for a question to the database."""
    months = Interval(interval).months
    if not months:
        return None
    last = end_of_month(day) if day == end_of_month(day) else months_later(day, -1)
    return months_later(last, -(months + AFTER[Interval(interval)]))


def expected(interval: str, first: dt.date, last: dt.date) -> Iterator[Days]:
    """The periods from the one with ``first`` in it to the one that ends on ``last`` at the
    latest; none where nothing is due by itself."""
    months = Interval(interval).months
    if not months:
        return
    begin = (
        dt.date(first.year, (first.month - 1) // months * months + 1, 1)
        if months < 12
        else (dt.date(first.year, 1, 1))
    )
    while True:
        end = months_later(begin, months - 1)
        if end > last:
            return
        yield begin, end
        begin = end + dt.timedelta(days=1)
