"""Calendars that other programs read as they are meant."""

import dataclasses
import datetime as dt

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.documents.ical import Calendar, Event, render_calendar
from kommuneplan.documents.memo import clean, on_one_line

CHANGED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
EVENT = Event("a-b-c", "Møde", dt.date(2026, 10, 1), dt.date(2026, 10, 3), CHANGED, sequence=3)


def parsed(*events, name="Planer"):
    return icalendar.Calendar.from_ical(render_calendar(Calendar(name, events)))


def test_days_are_whole_and_end_exclusively():
    (event,) = parsed(EVENT).walk("VEVENT")
    assert event["DTSTART"].dt == dt.date(2026, 10, 1)
    assert event["DTEND"].dt == dt.date(2026, 10, 4)
    assert (event["UID"], event["SEQUENCE"]) == ("a-b-c", 3)
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == CHANGED


def test_days_alone_need_no_time_zone():
    assert not parsed(EVENT).walk("VTIMEZONE")
    timed = dataclasses.replace(EVENT, at=dt.time(17, 30))
    calendar = parsed(timed)
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Copenhagen"
    begin = calendar.walk("VEVENT")[0]["DTSTART"].dt
    assert begin.astimezone(dt.UTC) == dt.datetime(2026, 10, 1, 15, 30, tzinfo=dt.UTC)
    assert "DTEND" not in calendar.walk("VEVENT")[0]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_comes_out_as_it_went_in(summary, description):
    event = dataclasses.replace(EVENT, summary=summary, description=description, place=summary)
    data = render_calendar(Calendar(summary, (event,)))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    (again,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(again["SUMMARY"]) == on_one_line(summary)
    if clean(description).strip():
        assert str(again["DESCRIPTION"]) == clean(description).strip()


def test_the_last_day_there_is_does_not_overflow():
    assert parsed(dataclasses.replace(EVENT, last=dt.date.max)).walk("VEVENT")
