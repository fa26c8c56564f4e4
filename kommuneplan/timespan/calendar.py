"""The Danish calendar: holidays, ISO weeks, school breaks, seasons and parts of a period.

Windows are pairs of inclusive dates. The rules are the conventions of docs/datoer.md;
their numbers are given where a rule is used.
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import enum
from functools import lru_cache

import holidays as _holidays

Window = tuple[dt.date, dt.date]


class YearParts(enum.StrEnum):
    """What "primo", "medio" and "ultimo" of a year cover (convention 2; a setting)."""

    THIRDS = "thirds"  # Jan-Apr, May-Aug, Sep-Dec
    QUARTERS = "quarters"  # Jan-Mar, Apr-Sep, Oct-Dec
    MONTHS = "months"  # January, June-July, December


class Season(enum.IntEnum):
    """The seasons; the values are those of EDTF (ISO 8601-2)."""

    SPRING = 21
    SUMMER = 22
    AUTUMN = 23
    WINTER = 24


class Break(enum.StrEnum):
    """School breaks and feasts that municipal plans steer by."""

    WINTER_BREAK = "winter-break"
    EASTER = "easter"
    EASTER_BREAK = "easter-break"
    WHITSUN = "whitsun"
    SUMMER_BREAK = "summer-break"
    AUTUMN_BREAK = "autumn-break"
    CHRISTMAS = "christmas"
    CHRISTMAS_BREAK = "christmas-break"
    AFTER_CHRISTMAS = "after-christmas"
    TURN_OF_YEAR = "turn-of-year"


class Feast(enum.Enum):
    """Named single days: the days from Easter Sunday, or month and day."""

    MAUNDY_THURSDAY = -3
    GOOD_FRIDAY = -2
    EASTER_DAY = 0
    EASTER_MONDAY = 1
    PRAYER_DAY = 26
    ASCENSION_DAY = 39
    WHIT_SUNDAY = 49
    WHIT_MONDAY = 50
    NEW_YEARS_DAY = (1, 1)
    CONSTITUTION_DAY = (6, 5)
    CHRISTMAS_EVE = (12, 24)
    CHRISTMAS_DAY = (12, 25)
    SECOND_CHRISTMAS_DAY = (12, 26)
    NEW_YEARS_EVE = (12, 31)


DAY = dt.timedelta(days=1)


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> dict[dt.date, str]:
    return dict(_holidays.country_holidays("DK", years=year, language="da"))


def holiday_name(day: dt.date) -> str | None:
    """The Danish name of a public holiday, or ``None``.

    Store bededag is one until 2023 and none from 2024 (law of 2023).
    """
    return _holidays_of(day.year).get(day)


def is_holiday(day: dt.date) -> bool:
    """Is the day a Danish public holiday? Sundays alone are not counted."""
    return holiday_name(day) is not None


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and not is_holiday(day)


TOWN_HALLS_CLOSED = frozenset({(6, 5), (12, 24), (12, 31)})
"""No public holidays, but nobody is at work: Grundlovsdag, Christmas Eve and New Year's Eve."""


def is_office_day(day: dt.date) -> bool:
    """A working day on which the town halls are open."""
    return is_working_day(day) and (day.month, day.day) not in TOWN_HALLS_CLOSED


def office_days_after(day: dt.date, number: int) -> dt.date:
    """The day that lies so many office days after a day, which is not counted itself."""
    while number:
        day += dt.timedelta(days=1)
        number -= is_office_day(day)
    return day


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm), years 1583-9999."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = century // 4, century % 4
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)


def feast_day(year: int, feast: Feast) -> dt.date:
    """The day of a feast. Store bededag is told also after 2023, when it is no holiday."""
    if isinstance(feast.value, tuple):
        return dt.date(year, *feast.value)
    return easter(year) + int(feast.value) * DAY


def days_in_month(year: int, month: int) -> int:
    return _calendar.monthrange(year, month)[1]


def month_window(year: int, month: int) -> Window:
    return dt.date(year, month, 1), dt.date(year, month, days_in_month(year, month))


def months_window(year: int, first: int, last: int) -> Window:
    """From the first day of month ``first`` to the last of ``last``, in one year."""
    return dt.date(year, first, 1), month_window(year, last)[1]


def year_window(year: int) -> Window:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def quarter_window(year: int, quarter: int) -> Window:
    return months_window(year, 3 * quarter - 2, 3 * quarter)


def half_year_window(year: int, half: int) -> Window:
    return months_window(year, 6 * half - 5, 6 * half)


def weeks_in_year(year: int) -> int:
    """52 or 53 (ISO 8601, convention 4)."""
    return dt.date(year, 12, 28).isocalendar().week


def week_window(year: int, week: int) -> Window:
    """Monday to Sunday. Raises ``ValueError`` when the year has no such week."""
    monday = dt.date.fromisocalendar(year, week, 1)
    return monday, monday + 6 * DAY


def season_window(year: int, season: Season) -> Window:
    """Meteorological (convention 5); winter is named by the year it ends in."""
    if season is Season.WINTER:
        return dt.date(year - 1, 12, 1), month_window(year, 2)[1]
    first = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9}[season]
    return months_window(year, first, first + 2)


def third_of_month(year: int, month: int, third: int) -> Window:
    """1-10, 11-20, 21-last (convention 1); ``third`` is 0, 1 or 2."""
    last = days_in_month(year, month) if third == 2 else 10 * third + 10
    return dt.date(year, month, 10 * third + 1), dt.date(year, month, last)


def half_of_month(year: int, month: int, half: int) -> Window:
    """1-15 and 16-last; ``half`` is 0 or 1."""
    if half == 0:
        return dt.date(year, month, 1), dt.date(year, month, 15)
    return dt.date(year, month, 16), month_window(year, month)[1]


_YEAR_PARTS: dict[YearParts, tuple[tuple[int, int], ...]] = {
    YearParts.THIRDS: ((1, 4), (5, 8), (9, 12)),
    YearParts.QUARTERS: ((1, 3), (4, 9), (10, 12)),
    YearParts.MONTHS: ((1, 1), (6, 7), (12, 12)),
}


def part_of_year(year: int, third: int, parts: YearParts = YearParts.THIRDS) -> Window:
    """Convention 2; ``third`` is 0, 1 or 2."""
    first, last = _YEAR_PARTS[parts][third]
    return months_window(year, first, last)


def third_of_months(window: Window, third: int) -> Window:
    """A third of a quarter, half-year or season: whole months (convention 3)."""
    first, last = window
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    size = length // 3
    start = first.year * 12 + first.month - 1 + third * size
    begin, end = divmod(start, 12), divmod(start + size - 1, 12)
    return dt.date(begin[0], begin[1] + 1, 1), month_window(end[0], end[1] + 1)[1]


def part_of_week(year: int, week: int, third: int) -> Window:
    """Monday-Wednesday, Tuesday-Thursday for the middle, Thursday-Sunday (convention 3)."""
    monday = week_window(year, week)[0]
    first, last = ((0, 2), (1, 3), (3, 6))[third]
    return monday + first * DAY, monday + last * DAY


def break_window(year: int, name: Break) -> Window:
    """A school break or feast that begins in ``year``.

    Summer: the last Saturday of June to 10 August (convention 6). Winter: week 7 (many
    municipalities have week 8). Autumn: week 42. The turn of the year: 15 December to
    15 January (convention 7). Christmas break: 23 December to 2 January.
    """
    sunday = easter(year)
    match name:
        case Break.WINTER_BREAK:
            return week_window(year, 7)
        case Break.EASTER:
            return sunday - 3 * DAY, sunday + DAY
        case Break.EASTER_BREAK:
            return sunday - 8 * DAY, sunday + DAY
        case Break.WHITSUN:
            return sunday + 49 * DAY, sunday + 50 * DAY
        case Break.SUMMER_BREAK:
            june = dt.date(year, 6, 30)
            return june - ((june.weekday() - 5) % 7) * DAY, dt.date(year, 8, 10)
        case Break.AUTUMN_BREAK:
            return week_window(year, 42)
        case Break.CHRISTMAS:
            return dt.date(year, 12, 24), dt.date(year, 12, 26)
        case Break.CHRISTMAS_BREAK:
            return dt.date(year, 12, 23), dt.date(year + 1, 1, 2)
        case Break.AFTER_CHRISTMAS:
            return dt.date(year, 12, 27), dt.date(year, 12, 31)
        case Break.TURN_OF_YEAR:
            return dt.date(year, 12, 15), dt.date(year + 1, 1, 15)


def week_beside(window: Window, side: int) -> Window:
    """The last week whose working days lie before a break (-1), or the first after it (1)."""
    first, last = window
    if side < 0:
        before = first - DAY
        monday = before - ((before.weekday() - 4) % 7 + 4) * DAY
    else:
        monday = last + (-last.weekday() % 7) * DAY
    return monday, monday + 6 * DAY


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """The ``nth`` Monday (0), Tuesday ... of a month; -1 is the last; ``None`` if none is."""
    first, last = month_window(year, month)
    if nth < 0:
        return last - ((last.weekday() - weekday) % 7) * DAY
    day = first + (((weekday - first.weekday()) % 7) + 7 * (nth - 1)) * DAY
    return day if day.month == month else None


def nth_week_of_month(year: int, month: int, nth: int) -> Window:
    """The ``nth`` ISO week of a month; a week belongs to the month of its Thursday."""
    thursday = nth_weekday(year, month, 3, nth)
    if thursday is None:
        raise ValueError("no such week in the month")
    return thursday - 3 * DAY, thursday + 3 * DAY
