"""Meetings: on days nobody meets, and outside the body's calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.phrase import day_words

from .facts import CheckedMilestone, MeetingFact, ProcessFacts
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .stages import is_meeting

_ANY_DAY = re.compile(
    r"seminar|konference|borger|stormøde|topmøde|folkemøde|workshop|lejr|camp|temadag|offentligt",
    re.IGNORECASE,
)
NEAR = dt.timedelta(days=35)  # a four-week rhythm (practice §10)
_POLITICAL = {"council", "finance", "committee"}


def closed_day(day: dt.date) -> str:
    """Why nobody meets on a day, in words; empty on an ordinary one.

    Store bededag counts until 2023; Grundlovsdag, 24 and 31 December are no holidays, but the
    town halls are closed (practice §10).
    """
    if name := cal.holiday_name(day):
        return name.split(";")[0]
    special = {
        (6, 5): _("Constitution Day"),
        (12, 24): _("Christmas Eve"),
        (12, 31): _("New Year's Eve"),
    }
    if name := special.get((day.month, day.day)):
        return str(name)
    return {5: _("a Saturday"), 6: _("a Sunday")}.get(day.weekday(), "")


def on_closed_day(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A meeting on a weekend or a holiday."""
    for step in (one for one in facts.steps if is_meeting(one) and one.certain_day):
        why = closed_day(step.certain_day)
        is_seminar = step.meeting is not None and step.meeting.kind == "seminar"
        if why and not is_seminar and not _ANY_DAY.search(step.title):
            yield finding(
                "meeting-on-closed-day",
                _("%(step)s is on %(day)s, which is %(why)s.")
                % {"step": quoted(step), "day": day_words(step.certain_day), "why": why},
                _("Committees and councils do not usually meet on such a day; the day or the year "
                  "may be wrong."),
                _("the calendar"),
                step,
                certainty=Sureness.LOOK,
                to_day=_next_open(step.certain_day),
            )  # fmt: skip


def _next_open(day: dt.date | None) -> dt.date | None:
    """The next day that is neither on a weekend nor a holiday; three weeks hold one."""
    days = (day + dt.timedelta(days=n) for n in range(1, 22)) if day else ()
    return next((one for one in days if not closed_day(one)), None)


def outside_calendar(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The bodies' calendars are known for the time, and none of them meets then."""
    for step in facts.steps:
        if not is_meeting(step):
            continue
        if step.meeting is not None:
            if step.meeting.cancelled:
                yield _cancelled(step)
            continue
        yield from _none_of_the_days(facts, step)


def _cancelled(step: CheckedMilestone) -> CheckFinding:
    return finding(
        "meeting-cancelled",
        _("The meeting that %(step)s belongs to is cancelled.") % {"step": quoted(step)},
        _("The milestone takes its date from the meeting, so it needs another one."),
        _("the body's calendar of meetings"),
        step,
        certainty=Sureness.IMPOSSIBLE,
    )


def _none_of_the_days(facts: ProcessFacts, step: CheckedMilestone) -> Iterator[CheckFinding]:
    span = step.when
    if span is None or span.modifier or span.earliest is None or span.latest is None:
        return
    first, last = span.earliest, span.latest
    bodies = [b for b in step.bodies if b.kind in _POLITICAL | {"advisory"}]
    calendars = [_days(facts.calendars.get(b.uid, ())) for b in bodies]
    if not bodies or any(first <= day <= last for days in calendars for day in days):
        return
    around = [_is_known(days, first, last) for days in calendars]
    same_year = [any(day.year == first.year for day in days) for days in calendars]
    if not all(around) and not (step.certain_day and all(same_year)):
        return
    days = calendars[0]
    near = sorted(sorted(days, key=lambda day: (abs(day - first), day))[:2])
    yield finding(
        "meeting-outside-calendar",
        _("%(body)s has no meeting on %(day)s.") % {"body": bodies[0].name, "day": day_words(first)}
        if step.certain_day
        else _("%(body)s has no meeting in %(period)s.")
        % {"body": bodies[0].name, "period": date_of(step)},
        _("The nearest in its calendar: %(days)s.")
        % {"days": _(" and ").join(day_words(day) for day in near)},
        _("the body's calendar of meetings"),
        step,
        about=near,
        certainty=Sureness.IMPOSSIBLE if all(around) else Sureness.LOOK,
        action=Action.MOVE,
        to_day=min(days, key=lambda day: (abs(day - first), day), default=None),
    )


def _is_known(days: set[dt.date], first: dt.date, last: dt.date) -> bool:
    """Meetings shortly before and shortly after: the calendar of the time between is there."""
    before = any(first - NEAR <= day < first for day in days)
    return before and any(last < day <= last + NEAR for day in days)


def _days(calendar: tuple[MeetingFact, ...]) -> set[dt.date]:
    return {one.day for one in calendar if not one.cancelled}


MEETING_CHECKS = (on_closed_day, outside_calendar)
