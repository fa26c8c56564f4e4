"""The form field for a date in Danish words, with a calendar to fall back on.

The words rule: "ultimo oktober 2015" is read as a secretary would read it. Where the words
cannot be read, two native date inputs say from when until when, and the words are kept beside
them. What was typed always comes back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from . import danish
from .calendar import YearParts
from .phrase import phrase
from .span import Reading, ReadingStatus, TimeSpan

LONGEST = 200
FIRST_YEAR, LAST_YEAR = (
    1900,
    2199,
)  # years; others are slips of the hand (0206), and no page can draw them


def in_reach(day: dt.date) -> None:
    """Refuse a day of a year that cannot be meant, by ValidationError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("The year %(year)s cannot be right. Write a year between %(first)s and %(last)s."),
            params={"year": f"{day.year:04}", "first": FIRST_YEAR, "last": LAST_YEAR},
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a form says of a date: a span, or words without one ("afventer"), or nothing at all.

    ``notes`` are the reader's assumptions, finished sentences.
    """

    span: TimeSpan | None = None
    written: str = ""
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.span is not None or bool(self.written)


class TimeSpanWidget(forms.MultiWidget):
    """A line for the words with their interpretation below, and the calendar in a disclosure."""

    template_name = "timespan/widget.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None, year: int | None = None) -> None:
        day = {"type": "date", "class": "form-input"}
        super().__init__(
            {
                "": forms.TextInput(
                    {"class": "form-input", "maxlength": LONGEST, "autocomplete": "off"}
                ),
                "from": forms.DateInput(day, format="%Y-%m-%d"),
                "to": forms.DateInput(day, format="%Y-%m-%d"),
            },
            attrs,
        )
        self.year = year

    def decompress(self, value: Any) -> list[Any]:
        """The words of a span; the calendar only where there are no words to show."""
        if isinstance(value, Chosen):
            value = replace(value.span, written=value.written) if value.span else value.written
        if isinstance(value, TimeSpan):
            return [value.written or phrase(value), None, None]
        return [value or "", None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three inputs, what the words mean now, and where to ask while typing."""
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for day in parts[1:]:
            day["attrs"].pop("required", None)
        words, first, last = (part["value"] for part in parts)
        context["widget"].update(
            reading=understood(words or "", year=self.year),
            ask=reverse_lazy("plans:read-date"),
            year=self.year,
            calendar_open=bool(first or last),
        )
        return context

    def id_for_label(self, id_: str) -> str:
        """The label belongs to the words; the subwidget's own suffix is ``_0``."""
        return f"{id_}_0" if id_ else id_


class TimeSpanField(forms.Field):
    """A date in Danish words. ``clean`` gives a ``Chosen``.

    ``undated`` allows words that hold no date ("afventer"). An impossible date, several dates
    or a recurrence is refused with the reason, unless the calendar says which day is meant.
    """

    widget = TimeSpanWidget
    default_error_messages = {
        "required": _("Write when, for example “ultimo oktober 2015” or “uge 34”."),
        "several": _(
            "These are several dates. Write one here and make a milestone for each of the others."
        ),
        "recurring": _(
            "This repeats and is not one date. Write the first time, or choose it in the calendar."
        ),
        "no_date": _(
            "No date could be read here. Write it like “21. maj 2015” or choose it in the calendar."
        ),
        "order": _("The calendar says an end before the beginning. Exchange the two days."),
        "day": _("This is not a day in the calendar. Choose it again."),
        "differ": _(
            "The words and the calendar say different dates. Empty the one that does not hold."
        ),
        "long": _("The words of a date can be at most %(limit)s characters. Shorten them."),
    }

    def __init__(
        self,
        *,
        year: int | None = None,
        year_parts: YearParts = YearParts.THIRDS,
        undated: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.year_parts = year_parts
        self.undated = undated
        self.year = year

    @property
    def year(self) -> int | None:
        """The year of words that name none."""
        return self._year

    @year.setter
    def year(self, year: int | None) -> None:
        self._year = self.widget.year = year

    def clean(self, value: Any) -> Chosen:
        """Read the words, then the calendar; ValidationError says what is wrong and what to do."""
        words, first, last = self._parts(value)
        calendar = self._calendar(first, last)
        if not words:
            if calendar is None and self.required:
                raise self._error("required")
            return Chosen(calendar, phrase(calendar) if calendar else "")
        reading = danish.read(words, year=self.year, year_parts=self.year_parts)
        if (
            reading.status in (ReadingStatus.OK, ReadingStatus.AMBIGUOUS)
            and len(reading.spans) == 1
        ):
            span = reading.spans[0]
            if calendar and (calendar.earliest, calendar.latest) != (span.earliest, span.latest):
                raise self._error("differ")
            return Chosen(replace(span, written=words), words, reading.notes)
        if calendar:
            return Chosen(replace(calendar, written=words), words)
        self._refuse(reading)
        return Chosen(None, words, reading.notes)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else than before was typed."""
        before = cast(TimeSpanWidget, self.widget).decompress(initial)
        words, first, last = self._parts(data)
        return (words, first, last) != ((before[0] or "").strip(), "", "")

    def _parts(self, value: Any) -> tuple[str, str, str]:
        words, first, last = [*(value or []), "", "", ""][:3]
        # NUL is no word, and PostgreSQL cannot store it.
        words = " ".join((words or "").replace("\0", " ").split())
        if len(words) > LONGEST:
            raise self._error("long", limit=LONGEST)
        return words, (first or "").strip(), (last or "").strip()

    def _calendar(self, first: str, last: str) -> TimeSpan | None:
        if not first and not last:
            return None
        try:
            begin = dt.date.fromisoformat(first or last)
            end = dt.date.fromisoformat(last or first)
        except ValueError:
            raise self._error("day") from None
        in_reach(begin)
        in_reach(end)
        if end < begin:
            raise self._error("order")
        return TimeSpan.day(begin) if begin == end else TimeSpan.between(begin, end)

    def _refuse(self, reading: Reading) -> None:
        if reading.status is ReadingStatus.REJECT:
            raise forms.ValidationError(list(reading.notes) or [self._error("no_date")])
        if len(reading.spans) > 1:
            raise self._error("several")
        if reading.status is ReadingStatus.RECURRING and not self.undated:
            raise self._error("recurring")
        if not self.undated:
            raise self._error("no_date")

    def _error(self, code: str, **params: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code, params)


def understood(
    words: str, *, year: int | None = None, year_parts: YearParts = YearParts.THIRDS
) -> dict[str, Any]:
    """How words are understood, for the line below the input."""
    words = " ".join((words or "").split())[:LONGEST]
    if not words:
        return {"words": "", "status": ""}
    return shown(danish.read(words, year=year, year_parts=year_parts), words)


def shown(reading: Reading, words: str = "") -> dict[str, Any]:
    """A reading as templates show it: words, status, phrases of its spans, notes."""
    return {
        "words": words or reading.written,
        "status": reading.status.value,
        "dates": [phrase(span) for span in reading.spans],
        "notes": reading.notes,
    }
