"""From a published plan to the plain words that documents and calendars are made of.

Takes a PlanDocument, or the frozen rows of many; knows no request and asks no live table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.documents.ical import Calendar, Event
from kommuneplan.documents.memo import Column, Memo, MemoRow
from kommuneplan.timespan import danish
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.span import Modifier, TimeSpan

from .dates import shown_date
from .document import MilestoneLine, Moved, PlanDocument
from .enums import CycleState, MilestoneKind, MilestoneState
from .models import FrozenMilestone
from .readers.vocabulary import CONDITIONAL


@dataclass(frozen=True, slots=True)
class Issue:
    """A publication as documents tell of it. ``replaced_at`` only when it is no longer current."""

    slug: str
    number: int
    visible_from: dt.datetime
    replaced_at: dt.datetime | None = None
    title: str = ""
    withdrawn: bool = False

    @property
    def words(self) -> str:
        """ "Version 3, published on 3 May 2015"."""
        facts = {"number": self.number, "date": _day(local_day(self.visible_from))}
        if self.replaced_at is None:
            return _("Version %(number)s, published on %(date)s") % facts
        later = _day(local_day(self.replaced_at))
        return _("Version %(number)s, published on %(date)s and replaced on %(later)s") % {
            **facts,
            "later": later,
        }


# The memo


def memo_of(
    document: PlanDocument, *, issue: Issue, municipality: Municipality, activity_first: bool
) -> Memo:
    """The process plan as a memo; *Tid | Emne*, or with ``activity_first`` *Aktivitet | Frist*."""
    head = document.head
    parts = YearParts(municipality.year_parts)
    rows = tuple(_rows(document, parts))
    return Memo(
        municipality=municipality.name,
        title=head.title,
        document_title=_("Process plan: %(title)s") % {"title": head.title},
        columns=_columns(activity_first, with_who=any(row.who for row in rows)),
        rows=rows,
        address=municipality.address,
        sender_unit=head.sender_unit,
        recipient=head.body,
        case_number=head.case_number,
        document_number=head.document_number,
        date=f"{head.document_date or local_day(issue.visible_from):%d-%m-%Y}",
        issue=issue.words,
        questions=tuple(
            (name, question, answer)
            for name, question, answer in (
                ("hvad_foreslås", _("What is proposed?"), head.proposal),
                ("hvad_kan_ændres", _("What can still be changed?"), head.still_open),
                ("hvem_beslutter", _("Who decides, and when?"), head.decided_by),
            )
            if answer.strip()
        ),
        labels={
            "page": _("Page {page} of {pages}"),
            "to": _("To"),
            "date": _("Date"),
            "case_number": _("Case no."),
            "document_number": _("Document no."),
            "empty": _("The process plan has no milestones yet."),
        },
        created=int(issue.visible_from.timestamp()),
    )


def _columns(activity_first: bool, *, with_who: bool) -> tuple[tuple[Column, str], ...]:
    if activity_first:
        columns = [(Column.WHAT, _("Activity")), (Column.WHEN, _("Deadline"))]
    else:
        columns = [(Column.WHEN, _("Time")), (Column.WHAT, _("Subject"))]
    return (*columns, *([(Column.WHO, _("Who"))] if with_who else []))


def _rows(document: PlanDocument, parts: YearParts) -> Iterator[MemoRow]:
    """What stands in no phase first, then each phase under its heading, in the order of time."""
    plan = document.process_plan
    known = {phase.uid for phase in plan.phases}
    yield from (_row(line, parts) for line in plan.milestones if line.phase not in known)
    for phase in plan.phases:
        inside = [line for line in plan.milestones if line.phase == phase.uid]
        if inside:
            yield MemoRow(phase=phase.title, notes=tuple(_paragraphs(phase.purpose)))
            yield from (_row(line, parts) for line in inside)


def _row(line: MilestoneLine, parts: YearParts) -> MemoRow:
    return MemoRow(
        when=date_words(line.when, line.written, parts) or _("Not fixed"),
        title=_titled(line.title, line.conditional),
        notes=tuple(_notes(line, parts)),
        who=line.bodies,
    )


def _titled(title: str, conditional: bool) -> str:
    """The title, with "(evt.)" where only a mark of its own tells that it depends on something."""
    if not conditional or CONDITIONAL.search(title):
        return title
    return _("%(title)s (if needed)") % {"title": title}


def _notes(line: MilestoneLine, parts: YearParts) -> Iterator[str]:
    yield from _paragraphs(line.description)
    if line.state == MilestoneState.CANCELLED:
        yield _("Cancelled.")
    elif line.state == MilestoneState.DONE and line.done_on and not _on_its_day(line):
        yield _("Done on %(date)s.") % {"date": _day(line.done_on)}
    elif line.state == MilestoneState.DONE:
        yield _("Done.")
    where = [_("At %(time)s") % {"time": line.begins_at}] if line.begins_at else []
    if line.place:
        where.append(line.place)
    if where:
        yield ", ".join(where)
    for moved in line.moved:
        yield _moved(moved, parts)


def _on_its_day(line: MilestoneLine) -> bool:
    """Was it done on the very day it was to happen? Then the day need not be said twice."""
    return line.when is not None and line.when == TimeSpan.day(line.done_on or dt.date.min)


def _moved(moved: Moved, parts: YearParts) -> str:
    """ "New date (was 3 October 2015). Why. Decided by …"."""
    before = date_words(moved.when, moved.written, parts) or _("not fixed")
    words = _("New date (was %(date)s). %(reason)s") % {
        "date": before,
        "reason": _sentence(moved.reason),
    }
    if moved.decided_at:
        decided = _("Decided: %(meeting)s.") % {"meeting": moved.decided_at}
        return f"{words} {decided}"
    return words


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def date_words(when: TimeSpan | None, written: str, parts: YearParts = YearParts.THIRDS) -> str:
    """The words of a date that can stand alone on paper.

    Those it was written in, when they say the same to whoever reads them without the plan around
    them; else the words of the value, which do. Without a date only what was written.
    """
    written = " ".join(written.split())
    if when is None:
        return written
    if written:
        reading = danish.read(written, year_parts=parts)
        if reading.assumed_year is None and [*map(_outline, reading.spans)] == [_outline(when)]:
            return written
    return danish.phrase(when)


def _outline(when: TimeSpan) -> tuple[object, ...]:
    """What a reader gets from the words; whether it lasts throughout, the kind tells."""
    return when.earliest, when.latest, when.precision, when.modifier


def _day(day: dt.date) -> str:
    return date_format(day, "j. F Y")


# Calendars


def plan_calendar(
    document: PlanDocument, *, issue: Issue, municipality: Municipality, home: str
) -> Calendar:
    """The dates of one plan. ``home`` is the absolute address of the list of plans."""
    title = document.head.title
    address = f"{home}{issue.slug}/"
    withdrawn = document.head.state == CycleState.WITHDRAWN
    events = [
        _event(line, line.bodies, issue, address, withdrawn, _details(line))
        for line in document.process_plan.milestones
        if line.when
    ]
    return Calendar(
        name=f"{title} – {municipality.name}", events=tuple(events), url=f"{address}kalender.ics"
    )


def _details(line: MilestoneLine) -> list[str]:
    moved = [
        _("New date (was %(date)s). %(reason)s")
        % {"date": shown_date(old) or _("not fixed"), "reason": _sentence(old.reason)}
        for old in line.moved
    ]
    return [*_paragraphs(line.description), *moved]


def shared_calendar(
    rows: Iterable[FrozenMilestone],
    *,
    issues: dict[int, Issue],
    municipality: Municipality,
    home: str,
) -> Calendar:
    """The dates of all plans; ``issues`` are the publications by version."""
    name = _("%(municipality)s: dates in plans") % {"municipality": municipality.name}
    events = []
    for row in rows:
        issue = issues.get(row.version_id)
        if issue and row.precision:
            address = f"{home}{issue.slug}/"
            bodies = (row.bodies,) if row.bodies else ()
            events.append(_event(row, bodies, issue, address, issue.withdrawn, [issue.title]))
    return Calendar(name=name, events=tuple(events))


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
    title = _titled(line.title, line.conditional)
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
        sequence=issue.number,
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
