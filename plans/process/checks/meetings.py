"""Meetings: on days nobody meets, outside the body's calendar, before the papers are ready."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import Answer
from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, MeetingFact, ProcessFacts
from .findings import CheckFinding, finding, quoted
from .order import hearings

_ANY_DAY = re.compile(
    r"seminar|konference|borger|stormøde|topmøde|folkemøde|workshop|lejr|camp|temadag|offentligt",
    re.IGNORECASE,
)
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


def _meetings(facts: ProcessFacts) -> list[CheckedMilestone]:
    """Milestones that are a meeting of somebody: by their kind, or because they point to one."""
    return [
        step
        for step in facts.steps
        if step.counts
        and (step.meeting is not None or step.kind in {Kind.MEETING, Kind.ADOPTION})
        and step.certain_day is not None
    ]


def on_closed_day(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A meeting on a weekend or a holiday."""
    for step in _meetings(facts):
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
            )  # fmt: skip


def outside_calendar(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The body has a calendar for the year, and the day is not in it."""
    for step in _meetings(facts):
        if step.meeting is not None:
            if step.meeting.cancelled:
                yield finding(
                    "meeting-cancelled",
                    _("The meeting that %(step)s belongs to is cancelled.")
                    % {"step": quoted(step)},
                    _("The milestone takes its date from the meeting, so it needs another one."),
                    _("the body's calendar of meetings"),
                    step,
                )
            continue
        day = step.certain_day
        bodies = [b for b in step.bodies if b.kind in _POLITICAL | {"advisory"}]
        known = [(b, _days(facts.calendars.get(b.uid, ()), day.year)) for b in bodies]
        if not bodies or any(not days or day in days for _b, days in known):
            continue
        body, days = known[0]
        near = sorted(sorted(days, key=lambda other: (abs(other - day), other))[:2])
        yield finding(
            "meeting-outside-calendar",
            _("%(body)s has no meeting on %(day)s.") % {"body": body.name, "day": day_words(day)},
            _("The nearest in its calendar: %(days)s.")
            % {"days": _(" and ").join(day_words(other) for other in near)},
            _("the body's calendar of meetings"),
            step,
            about=near,
        )


def _days(calendar: tuple[MeetingFact, ...], year: int) -> set[dt.date]:
    return {one.day for one in calendar if not one.cancelled and one.day.year == year}


def papers(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The consultation ends, or the draft is finished, after the papers had to be handed in."""
    adoptions = [s for s in facts.about(facts.of_kind(Kind.ADOPTION)) if s.certain_day]
    before = [*hearings(facts), *facts.about(facts.of_kind(Kind.DRAFTING))]
    for step in adoptions:
        due = _papers_due(facts, step)
        for work in before:
            end = work.certain_end
            if due is None or end is None or work.is_vague or end <= due:
                continue
            if work.when.before(step.when) is Answer.CERTAINLY:
                yield finding(
                    "papers",
                    _("%(work)s ends after the papers for %(step)s are due (%(due)s).")
                    % {"work": quoted(work), "step": quoted(step), "due": day_words(due)},
                    _("What comes in so late cannot be in the papers of the meeting."),
                    _("the body's deadline for papers"),
                    step,
                    work,
                    about=due,
                )


def _papers_due(facts: ProcessFacts, step: CheckedMilestone) -> dt.date | None:
    if step.meeting is not None:
        return None if step.meeting.cancelled else step.meeting.papers_due
    for body in step.bodies:
        for one in facts.calendars.get(body.uid, ()):
            if one.day == step.certain_day and not one.cancelled:
                return one.papers_due
    return None


MEETING_CHECKS = (on_closed_day, outside_calendar, papers)
