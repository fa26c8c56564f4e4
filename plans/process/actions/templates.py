"""Several milestones in one action: a treatment through the bodies, or a template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Outdated
from kommuneplan.timespan.phrase import phrase
from plans.document.plan_document import canonical
from plans.lifecycle.cycles import cycle_to_edit
from plans.models import Dependency, Milestone, Plan

from ..templates import COMMITTEE, COUNCIL, FINANCE, OFFICE, BodyCalendar, ProposedMilestone


class NoOpenCycle(Exception):
    """The plan has no open cycle to write in."""


def fingerprint(proposals: list[ProposedMilestone]) -> str:
    """What was shown before it is confirmed."""
    return digest(canonical([[p.title, p.kind, phrase(p.when), p.body, p.meeting]
                             for p in proposals]))  # fmt: skip


def calendars(bodies: Iterable[Body], first: dt.date) -> dict[str, BodyCalendar]:
    """Bodies by uid, with their meetings from a day on, two years ahead."""
    bodies = list(bodies)
    meetings: dict[int, list[tuple[dt.date, str]]] = {}
    last = first + dt.timedelta(days=800) if first.year < 9990 else first
    days = Meeting.objects.filter(body__in=bodies, date__range=(first, last), cancelled=False)
    for meeting in days.order_by("date", "pk"):
        meetings.setdefault(meeting.body_id, []).append((meeting.date, str(meeting.uid)))
    return {
        str(b.uid): BodyCalendar(str(b.uid), b.name, tuple(meetings.get(b.pk, ()))) for b in bodies
    }


def roles(plan: Plan, first: dt.date) -> dict[str, BodyCalendar]:
    """Who plays which role in a template: the plan's body, the finance committee, the council,
    and the administration where there is only one."""
    chosen: dict[str, Body] = {}
    kinds = [BodyKind.FINANCE_COMMITTEE, BodyKind.COUNCIL, BodyKind.ADMINISTRATION]
    by_kind: dict[str, list[Body]] = {}
    for body in Body.objects.filter(kind__in=kinds).order_by("pk"):
        by_kind.setdefault(body.kind, []).append(body)
    for role, kind in ((FINANCE, kinds[0]), (COUNCIL, kinds[1]), (OFFICE, kinds[2])):
        if len(by_kind.get(kind, [])) == 1:
            chosen[role] = by_kind[kind][0]
    chosen[COMMITTEE] = plan.body
    known = calendars(chosen.values(), first)
    return {role: known[str(body.uid)] for role, body in chosen.items()}


@transaction.atomic
def create_proposed(
    *, plan: Plan, proposals: list[ProposedMilestone], seen: str, by: User | None
) -> list[Milestone]:
    """Make what was shown, internal and in one go.

    Outdated when the proposals are no longer those that were shown, or when they have been made
    already (double click): then the same titles stand on the same days. Closed without a cycle.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = cycle_to_edit(plan)
    if cycle is None:
        raise NoOpenCycle
    if seen != fingerprint(proposals):
        raise Outdated
    there = {(row.title, row.takes_place) for row in cycle.milestones.select_related("meeting")}
    if all((one.title, one.when) in there for one in proposals):
        raise Outdated
    bodies = {
        str(b.uid): b for b in Body.objects.filter(uid__in={p.body for p in proposals} - {""})
    }
    meetings = Meeting.objects.filter(uid__in={p.meeting for p in proposals} - {""})
    by_uid = {str(meeting.uid): meeting for meeting in meetings}
    made: list[Milestone] = []
    for one in proposals:
        row = Milestone(cycle=cycle, title=one.title, kind=one.kind)
        row.meeting = by_uid.get(one.meeting)
        if row.meeting is None:
            row.when, row.written = one.when, phrase(one.when)
        row._history_user = by
        row.save()
        row.bodies.set([bodies[one.body]] if one.body in bodies else [])
        made.append(row)
        if one.after is not None:
            waits = Dependency(milestone=row, after=made[one.after], days=1)
            waits._history_user = by
            waits.save()
    return made
