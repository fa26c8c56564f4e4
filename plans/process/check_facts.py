"""From live rows to the facts of the checks (``plans.process.checks``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q

from kommuneplan.clock import today
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.richtext.blocks import plain
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import Audience, MilestoneKind, MilestoneState, PlanningAct
from plans.models import Cycle, DateChange, Dependency, FrozenMilestone, Milestone, Plan
from plans.models.plan import PlanQuerySet

from .checks import (
    BodyFact,
    CheckedMilestone,
    Depends,
    MeetingFact,
    ProcessFacts,
    Relative,
    Rules,
    TextFact,
)


def in_order(rows: Iterable[Milestone]) -> list[Milestone]:
    """Milestones in the order of time; one that is a meeting stands at the meeting's day."""
    return sorted(rows, key=lambda row: (*sort_days(row.takes_place), row.position, row.pk))


def live_rows(cycle: Cycle | None) -> list[Milestone]:
    """The milestones of a cycle with all that the process plan's room shows of them; each knows
    whether it was ever in a publication (``was_published``)."""
    if cycle is None:
        return []
    moved = DateChange.objects.select_related("decided_at__body")
    frozen = FrozenMilestone.objects.filter(
        uid=OuterRef("uid"), version__publications__audience=Audience.PUBLIC
    )
    rows = cycle.milestones.select_related("phase", "meeting__body", "within", "cycle")
    rows = rows.annotate(was_published=Exists(frozen))
    return in_order(rows.prefetch_related("bodies", Prefetch("date_changes", queryset=moved)))


def gather_facts(
    plan: Plan,
    rows: list[Milestone],
    readable: PlanQuerySet,
    municipality: Municipality | None = None,
) -> ProcessFacts:
    """The facts of a plan with these milestones. ``readable``: the plans that may be told of."""
    steps = tuple(_step(row) for row in rows)
    texts = [TextFact(row.title, row.description, str(row.uid)) for row in rows if row.description]
    for section in plan.sections.order_by("position", "pk"):
        texts.append(TextFact(section.title, "\n".join(map(plain, _htmls(section.blocks)))))
    return ProcessFacts(
        kind=plan.kind,
        title=plan.title,
        steps=steps,
        document_date=plan.document_date,
        rules=rules_for(plan, municipality or Municipality.current()),
        calendars=_calendars(steps),
        depends=tuple(dependencies(rows)),
        family=tuple(_family(plan, readable)),
        texts=tuple(texts),
    )


def _htmls(blocks: list[list[str]]) -> list[str]:
    return [html for _anchor, html in blocks]


def _step(row: Milestone) -> CheckedMilestone:
    meeting = row.meeting
    return CheckedMilestone(
        uid=str(row.uid),
        title=row.title,
        when=row.takes_place,
        kind=row.kind,
        bodies=tuple(BodyFact(str(b.uid), b.name, b.kind) for b in row.bodies.all()),
        others=row.others,
        description=row.description,
        state=row.state_on(today())[0],
        conditional=row.conditional,
        meeting=_meeting(meeting) if meeting else None,
    )


def _meeting(meeting: Meeting) -> MeetingFact:
    return MeetingFact(meeting.date, meeting.papers_due_on, meeting.kind, meeting.cancelled)


def rules_for(plan: Plan, municipality: Municipality) -> Rules:
    """The law that the plan follows, and the municipality's own rules."""
    act = PlanningAct(plan.planning_act) if plan.planning_act else None
    heard = {
        "disability": municipality.hears_disability_council,
        "seniors": municipality.hears_senior_council,
    }
    return Rules(
        law_weeks=act.weeks if act else None,
        law=act.paragraph if act else "",
        objections=act is not None and act is not PlanningAct.STRATEGY,
        shortest_hearing_days=municipality.shortest_hearing_days,
        hearing_weeks_outside_holidays=municipality.shortest_hearing_weeks,
        councils=tuple(council for council, wanted in heard.items() if wanted),
    )


def _calendars(steps: tuple[CheckedMilestone, ...]) -> dict[str, tuple[MeetingFact, ...]]:
    bodies = {body.uid for step in steps for body in step.bodies}
    years = {step.certain_day.year for step in steps if step.certain_day}
    found: dict[str, list[MeetingFact]] = {}
    meetings = Meeting.objects.filter(body__uid__in=bodies, date__year__in=years)
    for meeting in meetings.select_related("body") if bodies and years else ():
        found.setdefault(str(meeting.body.uid), []).append(_meeting(meeting))
    return {uid: tuple(days) for uid, days in found.items()}


def dependencies(rows: list[Milestone]) -> Iterable[Depends]:
    """The dependencies between these milestones."""
    found = Dependency.objects.filter(milestone__in=rows, after__in=rows)
    for one in found.select_related("milestone", "after"):
        yield Depends(str(one.milestone.uid), str(one.after.uid), one.days)


def _family(plan: Plan, readable: PlanQuerySet) -> Iterable[Relative]:
    """Parent and children that may be told of, with the last adoption in each one's plan."""
    first_making = Q(cycles__number=1, cycles__milestones__kind=MilestoneKind.ADOPTION)
    adoption = FilteredRelation(
        "cycles__milestones",
        condition=first_making & ~Q(cycles__milestones__state=MilestoneState.CANCELLED),
    )
    kin = readable.filter(retired_at__isnull=True).filter(Q(pk=plan.parent_id) | Q(parent=plan))
    columns = [f"adoption__{name}" for name in _SPAN]
    found: dict[int, Relative] = {}
    rows = kin.annotate(adoption=adoption).order_by("sort_key", "pk")
    for pk, uid, title, kind, *days in rows.values_list("pk", "uid", "title", "kind", *columns):
        *own, meets = days
        span = _span(own, meets)
        before = found.get(pk)
        if before is None or _later(span, before.adoption):
            found[pk] = Relative(str(uid), title, kind, span, pk == plan.parent_id)
    yield from sorted(found.values(), key=lambda one: not one.is_parent)


_SPAN = ("earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision", "modifier",
         "written", "meeting__date")  # fmt: skip


def _span(own: list[Any], meets: dt.date | None) -> TimeSpan | None:
    """A date as ``Milestone.takes_place`` has it, from its columns."""
    if meets:
        return TimeSpan.day(meets)
    *sides, precision, modifier, written = own
    if not precision:
        return None
    return TimeSpan(*sides, Precision(precision), Modifier(modifier), written)


def _later(span: TimeSpan | None, known: TimeSpan | None) -> bool:
    return span is not None and (known is None or known.sort_key < span.sort_key)
