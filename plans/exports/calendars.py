"""The dates of plans as calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.core.models import Municipality
from kommuneplan.documents.ical import Calendar, Event
from kommuneplan.timespan.span import Modifier, TimeSpan
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
) -> Calendar:
    """The dates of one plan. ``home`` is the absolute address of the list of plans; ``told``: its
    consultations as they are told now, whose deadlines are events of their own; ``standing``:
    where the plan stands, which each event tells."""
    title = document.head.title
    address = f"{home}{issue.slug}/"
    withdrawn = document.head.state == CycleState.WITHDRAWN or (
        standing is not None and standing.state == PublicState.WITHDRAWN
    )
    stands = _stands(standing)
    events = []
    for line in document.process_plan.milestones:
        if line.when:
            event = _event(line, line.bodies, issue, address, withdrawn, [*stands, *_details(line)])
            events += _with_deadline(event, line, (told or {}).get(line.uid))
    return Calendar(
        name=f"{title} – {municipality.name}", events=tuple(events), url=f"{address}kalender.ics"
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
) -> Calendar:
    """The dates of all plans; ``issues`` are the publications by version, as ``standing``;
    ``told`` as in ``plan_calendar``."""
    name = _("%(municipality)s: dates in plans") % {"municipality": municipality.name}
    events = []
    for row in rows:
        issue = issues.get(row.version_id)
        if issue and row.precision:
            address = f"{home}{issue.slug}/"
            bodies = (row.bodies,) if row.bodies else ()
            stands = _stands((standing or {}).get(row.version_id))
            details = [issue.title, *stands]
            event = _event(row, bodies, issue, address, issue.withdrawn, details)
            events += _with_deadline(event, row, (told or {}).get(str(row.uid)))
    return Calendar(name=name, events=tuple(events))


def _with_deadline(
    event: Event, line: MilestoneLine | FrozenMilestone, told: ToldDate | None
) -> list[Event]:
    """An event, and for a consultation with the dates of its round the last day by itself. Each
    act of the round is a newer issue of both."""
    if told is None:
        return [event]
    newer = replace(
        event,
        sequence=event.sequence + told.version,
        changed=max(event.changed, told.changed_at or event.changed),
    )
    words = _("Deadline for responses: %(title)s") % {"title": line.title}
    if newer.cancelled:
        words = _("Cancelled: %(title)s") % {"title": words}
    deadline = replace(
        newer,
        uid=f"{event.uid}-frist",
        summary=words,
        first=event.last,
        category=_category(MilestoneKind.DEADLINE),
    )
    return [newer, deadline]


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
        at=_clock(getattr(line, "begins_at", "")) if first == last else None,
        description="\n".join([*who, *details]),
        place=getattr(line, "place", ""),
        category=_category(line.kind),
        url=address,
        cancelled=cancelled,
    )


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
