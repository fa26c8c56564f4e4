"""The dates of plans as calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.documents.ical import Calendar, Event
from kommuneplan.timespan.span import Modifier, TimeSpan
from plans.consultations import RoundDeadline
from plans.document.date_words import shown_date
from plans.document.differences import turn_words, turns
from plans.document.plan_document import MilestoneLine, PlanDocument
from plans.document.told_dates import ToldDate, ToldDates
from plans.enums import CycleState, MilestoneKind, MilestoneState, PublicState
from plans.models import FrozenMilestone
from plans.public.standing import PlanStanding
from plans.public.standing_words import headline

from .words import Issue, paragraphs_of, sentence, titled


def plan_calendar(
    document: PlanDocument,
    *,
    issue: Issue,
    municipality: Municipality,
    home: str,
    told: ToldDates | None = None,
    standing: PlanStanding | None = None,
    more: Iterable[Event] = (),
) -> Calendar:
    """The dates of one plan. ``home`` is the absolute address of the list of plans; ``told``: its
    consultations as they are told now; ``standing``: where the plan stands, which each event
    tells; ``more``: deadlines of its rounds."""
    title = document.head.title
    address = f"{home}{issue.slug}/"
    withdrawn = document.head.state == CycleState.WITHDRAWN or (
        standing is not None and standing.state == PublicState.WITHDRAWN
    )
    stands = _stands(standing)
    events = []
    for line in document.dated():
        if line.when:
            event = _event(line, line.bodies, issue, address, withdrawn, [*stands, *_details(line)])
            events.append(_as_told(event, (told or {}).get(line.uid)))
    return Calendar(
        name=f"{title} – {municipality.name}",
        events=(*events, *more),
        url=f"{address}kalender.ics",
    )


def _stands(standing: PlanStanding | None) -> list[str]:
    return [words] if standing and (words := headline(standing)) else []


def _details(line: MilestoneLine) -> list[str]:
    moved = [
        turn_words(turn, before=shown_date(old), reason=sentence(old.reason))
        for old, turn in turns(line)
    ]
    return [*paragraphs_of(line.description), *moved]


def shared_calendar(
    rows: Iterable[FrozenMilestone],
    *,
    issues: dict[int, Issue],
    municipality: Municipality,
    home: str,
    told: ToldDates | None = None,
    standing: Mapping[int, PlanStanding] | None = None,
    body: str = "",
    more: Iterable[Event] = (),
    url: str = "",
) -> Calendar:
    """The dates of many plans, those of a ``body`` or all; ``issues`` are the publications by
    version, as ``standing``; ``told`` as in ``plan_calendar``; ``more``: meetings, and
    deadlines of rounds; ``url``: its own address."""
    name = _("%(municipality)s: dates in plans") % {"municipality": body or municipality.name}
    events = []
    for row in rows:
        issue = issues.get(row.version_id)
        if issue and row.precision:
            address = f"{home}{issue.slug}/"
            bodies = (row.bodies,) if row.bodies else ()
            stands = _stands((standing or {}).get(row.version_id))
            details = [issue.title, *stands]
            event = _event(row, bodies, issue, address, issue.withdrawn, details)
            events.append(_as_told(event, (told or {}).get(str(row.uid))))
    return Calendar(name=name, events=(*events, *more), url=url)


def _as_told(event: Event, told: ToldDate | None) -> Event:
    """An event, and for a consultation with the dates of its round the issue of it that is told
    now: each act of the round is a newer one."""
    if told is None:
        return event
    return replace(
        event,
        sequence=event.sequence + told.version,
        changed=max(event.changed, told.changed_at or event.changed),
    )


def deadline_events(
    deadlines: Iterable[RoundDeadline], titles: Mapping[int, str], *, site: str
) -> list[Event]:
    """Until when rounds can be answered, each with the way to the answer; ``titles``: of their
    plans, by key; ``site``: the address of the house."""
    return [_deadline(one, titles.get(one.plan_id, ""), site) for one in deadlines]


def _deadline(one: RoundDeadline, plan: str, site: str) -> Event:
    title = _("Deadline for responses: %(title)s") % {"title": one.title}
    closes = one.closes_at.astimezone(COPENHAGEN).time()
    address = f"{site}{one.answer}"
    way = _("Answer here: %(address)s") % {"address": address}
    if one.withdrawn:
        title = _("Cancelled: %(title)s") % {"title": title}
        address = f"{site}{one.address}"
        way = _("The consultation is withdrawn: %(address)s") % {"address": address}
    return Event(
        uid=f"{one.uid}-frist",
        summary=title,
        first=one.last_day,
        last=one.last_day,
        changed=one.changed_at,
        sequence=one.version,
        at=closes if closes != dt.time() else None,
        description="\n".join(filter(None, [plan, way])),
        category=_category(MilestoneKind.DEADLINE),
        url=address,
        cancelled=one.withdrawn,
    )


def meeting_events(meetings: Iterable[Meeting], *, site: str) -> list[Event]:
    """The public meetings of bodies (with their ``body``, and ``changed``: when last)."""
    return [_meeting(one, site) for one in meetings]


def _meeting(one: Meeting, site: str) -> Event:
    title = meeting_title(one)
    if one.cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
    return Event(
        uid=str(one.uid),
        summary=title,
        first=one.date,
        last=one.date,
        changed=one.changed,  # type: ignore[attr-defined]
        sequence=one.version,
        at=one.begins_at,
        place=one.place,
        category=_category(MilestoneKind.MEETING),
        url=f"{site}{reverse('plans:follow-body', args=[one.body.slug])}",
        cancelled=one.cancelled,
    )


def meeting_title(meeting: Meeting) -> str:
    """ "Socialudvalget: ordinært møde"."""
    facts = {"body": meeting.body.name, "kind": MeetingKind(meeting.kind).label}
    return _("%(body)s: %(kind)s") % facts


def _event(
    line: MilestoneLine | FrozenMilestone,
    bodies: tuple[str, ...],
    issue: Issue,
    address: str,
    withdrawn: bool,
    details: list[str],
) -> Event:
    when = line.when
    assert when is not None
    first, last = event_days(when, line.kind)
    title = titled(line.title, line.conditional)
    if not when.is_exact or (first, last) != (when.earliest, when.latest):
        title = f"{title} ({shown_date(line)})"
    cancelled = withdrawn or line.state == MilestoneState.CANCELLED
    if cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
    who = [_("Who: %(names)s") % {"names": ", ".join(bodies)}] if bodies else []
    return Event(
        uid=str(line.uid),
        summary=title,
        first=first,
        last=last,
        changed=issue.visible_from,
        sequence=issue.sequence,
        at=_clock(line.begins_at) if first == last else None,
        description="\n".join([*who, *details]),
        place=line.place,
        category=_category(line.kind),
        url=address,
        cancelled=cancelled,
        tentative=line.state == MilestoneState.PLANNED and (line.conditional or _is_guessed(when)),
    )


def _is_guessed(when: TimeSpan) -> bool:
    """It may be on another day than the calendar shows; what is to be done by a day may not."""
    return not when.is_exact and not (when.modifier is Modifier.BY and when.latest is not None)


def event_days(when: TimeSpan, kind: str) -> tuple[dt.date, dt.date]:
    """The days a calendar shows: a deadline on its last day, an open end on its first."""
    if when.latest is None:
        first = when.earliest_begin or when.latest_begin or when.earliest_end
        assert first is not None
        return first, first
    if when.modifier is Modifier.BY or kind == MilestoneKind.DEADLINE:
        return when.latest, when.latest
    return when.earliest or when.latest, when.latest


def _clock(words: str) -> dt.time | None:
    """ "17.30" as a time; None where there is none."""
    hour, _dot, minute = words.partition(".")
    return dt.time(int(hour), int(minute)) if hour.isdigit() and minute.isdigit() else None


def _category(kind: str) -> str:
    try:
        return capfirst(str(MilestoneKind(kind).label))
    except ValueError:  # a kind of an older schema
        return ""
