"""The process plan as a memo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.documents.memo import Column, Memo, MemoRow
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.span import TimeSpan
from plans.document.date_words import precision_beside
from plans.document.differences import Turn, turn_words, turns
from plans.document.plan_document import MilestoneLine, Moved, PlanDocument
from plans.enums import MilestoneState
from plans.public.standing import PlanStanding
from plans.public.standing_words import as_text

from .words import Issue, date_words, long_day, paragraphs_of, questions_of, sentence, titled


def memo_of(
    document: PlanDocument,
    *,
    issue: Issue,
    municipality: Municipality,
    activity_first: bool,
    standing: PlanStanding | None = None,
) -> Memo:
    """The process plan as a memo; *Tid | Emne*, or with ``activity_first`` *Aktivitet | Frist*."""
    head = document.head
    parts = YearParts(municipality.year_parts)
    rows = tuple(rows_of(document, parts))
    return Memo(
        municipality=municipality.name,
        title=head.title,
        document_title=_("Process plan: %(title)s") % {"title": head.title},
        columns=columns_of(activity_first, with_who=any(row.who for row in rows)),
        rows=rows,
        address=municipality.address,
        sender_unit=head.sender_unit,
        recipient=", ".join(head.recipients) or head.body,
        annex_number=head.annex_number,
        case_worker=head.case_worker,
        case_number=head.case_number,
        document_number=head.document_number,
        date=f"{head.document_date or local_day(issue.visible_from):%d-%m-%Y}",
        issue=_issue(issue, standing),
        questions=questions_of(head, standing),
        labels={
            "page": _("Page {page} of {pages}"),
            "to": _("To"),
            "date": _("Date"),
            "case_number": _("Case no."),
            "document_number": _("Document no."),
            "annex_number": _("Annex"),
            "case_worker": _("Case worker"),
            "empty": _("The process plan has no milestones yet."),
        },
        created=int(issue.visible_from.timestamp()),
        link=issue.link,
    )


def _issue(issue: Issue, standing: PlanStanding | None) -> str:
    """The edition and, since every template has its place, what was decided."""
    stands = as_text(standing).splitlines() if standing else []
    return " ".join([sentence(issue.words), *stands]) if stands else issue.words


def columns_of(activity_first: bool, *, with_who: bool) -> tuple[tuple[Column, str], ...]:
    """The columns of the table with their headings."""
    if activity_first:
        columns = [(Column.WHAT, _("Activity")), (Column.WHEN, _("Deadline"))]
    else:
        columns = [(Column.WHEN, _("Time")), (Column.WHAT, _("Subject"))]
    return (*columns, *([(Column.WHO, _("Who"))] if with_who else []))


def rows_of(document: PlanDocument, parts: YearParts) -> Iterator[MemoRow]:
    """What stands in no phase first, then each phase under its heading, in the order of time."""
    plan = document.process_plan
    known = {phase.uid for phase in plan.phases}
    yield from (_row(line, parts) for line in plan.milestones if line.phase not in known)
    for phase in plan.phases:
        inside = [line for line in plan.milestones if line.phase == phase.uid]
        if inside:
            yield MemoRow(phase=phase.title, notes=tuple(paragraphs_of(phase.purpose)))
            yield from (_row(line, parts) for line in inside)


def _row(line: MilestoneLine, parts: YearParts) -> MemoRow:
    return MemoRow(
        when=_when(line, parts) or _("Not fixed"),
        title=titled(line.title, line.conditional),
        notes=tuple(_notes(line, parts)),
        who=line.bodies,
    )


def _when(line: MilestoneLine, parts: YearParts) -> str:
    """ "oktober 2015 (et tidspunkt i perioden)": as the table on the page tells it."""
    told = date_words(line.when, line.written, parts)
    precise = precision_beside(told, line.when, line.kind) if line.when else ""
    return f"{told} ({precise})" if precise else told


def _notes(line: MilestoneLine, parts: YearParts) -> Iterator[str]:
    yield from paragraphs_of(line.description)
    told = list(turns(line))
    if line.state == MilestoneState.CANCELLED:
        if not told or told[-1][1] != Turn.CANCELLED:
            yield _("Cancelled.")
    elif line.state == MilestoneState.DONE and line.done_on and not _on_its_day(line):
        yield _("Done on %(date)s.") % {"date": long_day(line.done_on)}
    elif line.state == MilestoneState.DONE:
        yield _("Done.")
    where = [_("At %(time)s") % {"time": line.begins_at}] if line.begins_at else []
    if line.place:
        where.append(line.place)
    if where:
        yield ", ".join(where)
    for moved, turn in told:
        yield _moved(moved, turn, parts)


def _on_its_day(line: MilestoneLine) -> bool:
    """Was it done on the very day it was to happen? Then the day need not be said twice."""
    return line.when is not None and line.when == TimeSpan.day(line.done_on or dt.date.min)


def _moved(moved: Moved, turn: Turn, parts: YearParts) -> str:
    """ "New date (was 3 October 2015). Why. Decided by …"."""
    before = date_words(moved.when, moved.written, parts)
    words = turn_words(turn, before=before, reason=sentence(moved.reason))
    if moved.decided_at:
        decided = _("Decided: %(meeting)s.") % {"meeting": moved.decided_at}
        return f"{words} {decided}"
    return words
