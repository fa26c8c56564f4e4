"""A span in words, from the value alone.

In Danish the words can be read again: ``read(phrase(span))`` gives the same span.
"""

from __future__ import annotations

import datetime as dt

from . import calendar as cal
from .calendar import Break, Season
from .names import Period, any_period, period
from .span import Modifier, Precision, TimeSpan
from .words import DANISH, ENGLISH, Words

_LANGUAGES = {"da": DANISH, "en": ENGLISH}


def phrase(span: TimeSpan, language: str = "da") -> str:
    """The span in words a committee secretary expects: lower-case months, en dash.

    ``language`` is "da" or "en" (``KeyError`` otherwise).
    """
    return Speaker(_LANGUAGES[language]).say(span)


def day_words(day: dt.date) -> str:
    """ "5. marts 2008"."""
    return Speaker(DANISH).day(day)


def can_say(span: TimeSpan) -> bool:
    """Has the span a name of its precision? What has none is told as plain days."""
    return Speaker(DANISH).named(span) is not None


class Speaker:
    """Tells spans in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def say(self, span: TimeSpan) -> str:
        text = self.named(span) or self._plain(span)
        return self.words.approx % text if span.modifier is Modifier.APPROX else text

    def named(self, span: TimeSpan) -> str | None:
        begin, end = span.earliest_begin, span.latest_end
        if begin is None and end is not None:
            return self._by(end, span.precision)
        if begin is not None and end is None:
            return self._from(begin, span.latest_begin, span.precision)
        if begin is None or end is None:
            return None
        if span.earliest_end == begin and span.latest_begin == end:
            found = period(begin, end, span.precision)
            return self.period(found, begin, end) if found else None
        return self._range(
            begin, span.latest_begin or begin, span.earliest_end or end, end, span.precision
        )

    def _plain(self, span: TimeSpan) -> str:
        """Only the outermost days, for a span that no words produce."""
        begin, end = span.earliest, span.latest
        if begin is not None and end is not None:
            return self.days(begin, end)
        if end is not None:
            return self.words.by % self.day(end)
        if begin is not None:
            return self.words.earliest % self.day(begin)
        inner = span.latest_begin or span.earliest_end
        return self.day(inner) if inner is not None else ""

    # Days

    def day(self, day: dt.date) -> str:
        return f"{self.words.day % day.day} {self.words.months[day.month - 1]} {day.year}"

    def days(self, first: dt.date, last: dt.date, year: bool = True) -> str:
        """ "21.–31. oktober 2015", "22. maj–20. juni 2008"."""
        if first == last:
            return self.day(first) if year else self.day(first)[:-5]
        end = self.day(last) if year or first.year != last.year else self.day(last)[:-5]
        if first.year != last.year:
            return f"{self.day(first)}–{end}"
        if first.month != last.month:
            return f"{self.day(first)[:-5]}–{end}"
        return f"{self.words.day % first.day}–{end}"

    def _months(self, first: dt.date, last: dt.date, year: bool = True) -> str:
        """ "maj–august 2009"."""
        names = self.words.months
        if first.month == last.month and first.year == last.year:
            text = names[first.month - 1]
        elif first.year == last.year:
            text = f"{names[first.month - 1]}–{names[last.month - 1]}"
        else:
            return f"{names[first.month - 1]} {first.year}–{names[last.month - 1]} {last.year}"
        return f"{text} {first.year}" if year else text

    def _gloss(self, first: dt.date, last: dt.date) -> str:
        """The window itself, for the brackets: whole months as months, else days."""
        whole = first.day == 1 and last == cal.month_window(last.year, last.month)[1]
        inside = self._months(first, last, False) if whole else self.days(first, last, False)
        return f" ({inside})"

    # Periods

    def period(self, found: Period, first: dt.date, last: dt.date, gloss: bool = True) -> str:
        """A period by name; parts, weeks and breaks with their days in brackets."""
        text = self._period_name(found, first)
        told = found.precision in (Precision.WEEK, Precision.PART_OF_MONTH, Precision.PART_OF_YEAR)
        return text + self._gloss(first, last) if gloss and told else text

    def _period_name(self, found: Period, first: dt.date) -> str:
        words, year = self.words, found.year
        match found.precision:
            case Precision.DAY:
                return self.day(first)
            case Precision.WEEK:
                return self._part(f"{words.week % found.number}, {year}", found.part)
            case Precision.PART_OF_MONTH:
                month = f"{words.months[found.number - 1]} {year}"
                if found.half is not None:
                    return words.halves[found.half] % month
                return words.month_parts[found.part or 0] % month
            case Precision.MONTH:
                return f"{words.months[found.number - 1]} {year}"
            case Precision.QUARTER:
                return f"{words.quarter % found.number} {year}"
            case Precision.HALF_YEAR:
                return f"{words.half_year % found.number} {year}"
            case Precision.SEASON:
                return self._season(found)
            case Precision.PART_OF_YEAR:
                return self._part_of_year(found)
        return str(year)

    def _part(self, text: str, part: int | None) -> str:
        return text if part is None else self.words.parts[part] % text

    def _season(self, found: Period, definite: bool = False) -> str:
        season = Season(found.number)
        table = self.words.season_definite if definite else self.words.seasons
        text = table[season]
        if found.part is not None:
            text = self.words.season_parts[season][found.part]
        return f"{text} {self._season_year(found)}"

    @staticmethod
    def _season_year(found: Period) -> str:
        if found.number == Season.WINTER:
            return f"{found.year - 1}/{found.year % 100:02}"
        return str(found.year)

    def _part_of_year(self, found: Period) -> str:
        if found.feast is not None:
            year = str(found.year)
            if found.feast is Break.TURN_OF_YEAR:
                year = f"{found.year}/{(found.year + 1) % 100:02}"
            return f"{self.words.breaks[found.feast]} {year}"
        if found.number:
            quarter = f"{self.words.quarter % found.number} {found.year}"
            return self._part(quarter, found.part)
        return self.words.year_parts[found.part or 0] % found.year

    # Ranges

    def _range(
        self,
        first: dt.date,
        first_end: dt.date,
        last_begin: dt.date,
        last: dt.date,
        precision: Precision,
    ) -> str | None:
        begin, end = any_period(first, first_end), any_period(last_begin, last)
        if begin is None or end is None:
            return None
        if begin.precision is Precision.DAY and end.precision is Precision.DAY:
            return self.days(first, last)
        if begin.precision is Precision.MONTH and end.precision is Precision.MONTH:
            return self._months(first, last)
        if begin.precision is Precision.YEAR and end.precision is Precision.YEAR:
            return f"{begin.year}–{end.year}"
        start = self._period_name(begin, first)
        stop = self._period_name(end, last_begin)
        if begin.precision is Precision.SEASON and end.precision is Precision.SEASON:
            sign = "/" if precision is Precision.SEASON else f" {self.words.to} "
            same = begin.year == end.year and begin.number != Season.WINTER != end.number
            return f"{start[:-5] if same else start}{sign}{stop}"
        if (
            begin.year == end.year
            and begin.precision is end.precision
            and (self.words is DANISH and end.precision in _COUNTED)
        ):
            number = begin.number
            short = self.words.week % number if end.precision is Precision.WEEK else f"{number}."
            rest = f"{end.number}, {end.year}" if end.precision is Precision.WEEK else stop
            return f"{short}–{rest}"
        if begin.year == end.year and {begin.precision, end.precision} <= _WITH_YEAR_LAST:
            start = start[:-5]
        thirds = begin.part is not None and end.part is not None
        if thirds and begin[:3] == end[:3] and begin.precision in _THIRDS:
            name = self.words.month_parts[begin.part or 0].replace(" %s", "")
            return f"{name}–{stop}" if self.words is DANISH else f"{start} {self.words.to} {stop}"
        if end.feast is not None:  # "til sommerferien" would end before it
            return f"{start}–{stop}"
        return f"{start} {self.words.to} {stop}"

    # Open sides

    def _by(self, limit: dt.date, precision: Precision) -> str | None:
        words = self.words
        if precision is Precision.DAY:
            return words.by % self.day(limit)
        if precision is Precision.PART_OF_YEAR:
            return self._by_part_of_year(limit)
        found = _ending(limit, precision)
        if found is None:
            return None
        name = self._period_name(found, limit)
        if found.part is not None or found.half is not None or precision is Precision.WEEK:
            return words.by % name
        if precision is Precision.SEASON:
            name = self._season(found, definite=True)
        return words.by_end % name

    def _by_part_of_year(self, limit: dt.date) -> str:
        words = self.words
        next_day = limit + cal.DAY
        for feast in _STEERED_BY:
            if cal.break_window(next_day.year, feast)[0] == next_day:
                day = words.by % self.day(limit)[:-5]
                return f"{words.before % words.breaks[feast]} {next_day.year} ({day})"
        name = words.year_parts[(limit.month - 1) // 4] % limit.year
        return f"{words.by % name} ({self.day(limit)[:-5]})"

    def _from(self, begin: dt.date, latest: dt.date | None, precision: Precision) -> str | None:
        words = self.words
        if latest is not None:
            exact = period(begin, latest, precision)
            return words.from_ % self.period(exact, begin, latest) if exact else None
        if precision is Precision.DAY:
            return words.earliest % self.day(begin)
        if precision is Precision.PART_OF_YEAR:
            return self._from_part_of_year(begin)
        found = _beginning(begin, precision)
        return words.earliest % self._period_name(found, begin) if found else None

    def _from_part_of_year(self, begin: dt.date) -> str:
        words = self.words
        last = begin - cal.DAY
        for feast in _STEERED_BY:
            if cal.break_window(last.year, feast)[1] == last:
                day = words.earliest % self.day(begin)[:-5]
                return f"{words.after % words.breaks[feast]} {last.year} ({day})"
        name = words.year_parts[(begin.month - 1) // 4] % begin.year
        return f"{words.earliest % name} ({self.day(begin)[:-5]})"


_COUNTED = (Precision.WEEK, Precision.QUARTER, Precision.HALF_YEAR)
_THIRDS = (Precision.PART_OF_MONTH, Precision.PART_OF_YEAR)
_WITH_YEAR_LAST = {Precision.DAY, Precision.MONTH, Precision.PART_OF_MONTH}
_STEERED_BY = (
    Break.SUMMER_BREAK,
    Break.EASTER,
    Break.EASTER_BREAK,
    Break.WHITSUN,
    Break.CHRISTMAS,
    Break.AUTUMN_BREAK,
    Break.WINTER_BREAK,
    Break.CHRISTMAS_BREAK,
)


def _candidates(day: dt.date, precision: Precision) -> list[tuple[dt.date, dt.date]]:
    """Periods of a precision around ``day``."""
    year, month = day.year, day.month
    match precision:
        case Precision.WEEK:
            iso = day.isocalendar()
            return [cal.week_window(iso.year, iso.week)] + [
                cal.part_of_week(iso.year, iso.week, third) for third in range(3)
            ]
        case Precision.PART_OF_MONTH:
            return [cal.third_of_month(year, month, third) for third in range(3)] + [
                cal.half_of_month(year, month, half) for half in range(2)
            ]
        case Precision.MONTH:
            return [cal.month_window(year, month)]
        case Precision.QUARTER:
            return [cal.quarter_window(year, (month + 2) // 3)]
        case Precision.HALF_YEAR:
            return [cal.half_year_window(year, 1 if month < 7 else 2)]
        case Precision.YEAR:
            return [cal.year_window(year)]
        case Precision.SEASON:
            wholes = [cal.season_window(y, s) for y in (year, year + 1) for s in Season]
            return wholes + [cal.third_of_months(w, t) for w in wholes for t in range(3)]
    return []


def _ending(day: dt.date, precision: Precision) -> Period | None:
    for first, last in _candidates(day, precision):
        if last == day:
            return period(first, last, precision)
    return None


def _beginning(day: dt.date, precision: Precision) -> Period | None:
    for first, last in _candidates(day, precision):
        if first == day:
            return period(first, last, precision)
    return None
