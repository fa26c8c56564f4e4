"""A calendar file as lines of a table, so that it is looked at and corrected as a paste is."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile

from kommuneplan.timespan.phrase import day_words
from plans.readers.calendar_file import MAX_BYTES, CalendarRow, check_calendar
from plans.readers.files.sandbox import calendar_in_sandbox
from plans.readers.files.upload import shown_name

from .last_year import WEEKDAYS

HEAD = "Dato\tTid\tSted\tMøde"


def lines_of_upload(upload: UploadedFile, *, year: int) -> str:
    """The meetings of a file in a year and the one after. Raises RefusedFile with what to do."""
    name, data = shown_name(upload.name or ""), upload.read(MAX_BYTES + 1)
    check_calendar(name, data)
    first, last = dt.date(year, 1, 1), dt.date(year + 1, 12, 31)
    found = calendar_in_sandbox(data, name, first=first.isoformat(), last=last.isoformat())
    rows = [CalendarRow.from_json(one) for one in found]
    return "\n".join([HEAD, *(_line(row) for row in rows)])


def _line(row: CalendarRow) -> str:
    words = [row.title]
    if row.moved_from:
        words.append(f"flyttet fra {day_words(row.moved_from)}")
    if row.cancelled:
        words.append("aflyst")
    clock = f"kl. {row.begins_at:%H.%M}" if row.begins_at else ""
    day = f"{WEEKDAYS[row.date.weekday()]} den {day_words(row.date)}"
    return "\t".join([day, clock, row.place, ", ".join(word for word in words if word)])
