"""From live rows to the facts of the checks (``plans.plan_checks``)."""

from __future__ import annotations

from collections.abc import Iterable

from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.richtext import plain
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.span import TimeSpan

from .enums import MilestoneKind, MilestoneState, PlanningAct
from .models import Cycle, Dependency, Milestone, Plan
from .models.plan import PlanQuerySet
from .plan_checks import (
    BodyFact,
    Depends,
    MeetingFact,
    PlanFacts,
    Relative,
    Rules,
    Step,
    TextFact,
)


def in_order(rows: Iterable[Milestone]) -> list[Milestone]:
    """Milestones in the order of time; one that is a meeting stands at the meeting's day."""
    return sorted(rows, key=lambda row: (*sort_days(row.takes_place), row.position, row.pk))


def live_rows(cycle: Cycle | None) -> list[Milestone]:
    """The milestones of a cycle with all that the process plan's room shows of them."""
    if cycle is None:
        return []
    rows = cycle.milestones.select_related("phase", "meeting__body", "within", "cycle")
    return in_order(rows.prefetch_related("bodies", "date_changes__decided_at__body"))


def gather_facts(plan: Plan, rows: list[Milestone], readable: PlanQuerySet) -> PlanFacts:
    """The facts of a plan with these milestones. ``readable``: the plans that may be told of."""
    steps = tuple(_step(row) for row in rows)
    texts = [TextFact(row.title, row.description, str(row.uid)) for row in rows if row.description]
    for section in plan.sections.order_by("position", "pk"):
        texts.append(TextFact(section.title, "\n".join(map(plain, _htmls(section.blocks)))))
    return PlanFacts(
        kind=plan.kind,
        title=plan.title,
        steps=steps,
        document_date=plan.document_date,
        rules=rules_for(plan),
        calendars=_calendars(steps),
        depends=tuple(dependencies(rows)),
        family=tuple(_family(plan, readable)),
        texts=tuple(texts),
    )


def _htmls(blocks: list[list[str]]) -> list[str]:
    return [html for _anchor, html in blocks]


def _step(row: Milestone) -> Step:
    meeting = row.meeting
    return Step(
        uid=str(row.uid),
        title=row.title,
        when=row.takes_place,
        kind=row.kind,
        bodies=tuple(BodyFact(str(b.uid), b.name, b.kind) for b in row.bodies.all()),
        others=row.others,
        description=row.description,
        state=row.state,
        conditional=row.conditional,
        meeting=_meeting(meeting) if meeting else None,
    )


def _meeting(meeting: Meeting) -> MeetingFact:
    return MeetingFact(meeting.date, meeting.papers_due_on, meeting.kind, meeting.cancelled)


def rules_for(plan: Plan) -> Rules:
    """The law that the plan follows, and the municipality's own rules."""
    municipality = Municipality.current()
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


def _calendars(steps: tuple[Step, ...]) -> dict[str, tuple[MeetingFact, ...]]:
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
    kin = list(readable.filter(retired_at__isnull=True).filter(pk=plan.parent_id))
    kin += list(readable.filter(retired_at__isnull=True, parent=plan))
    adoptions: dict[int, TimeSpan] = {}
    rows = Milestone.objects.filter(
        cycle__plan__in=kin, kind=MilestoneKind.ADOPTION, cycle__number=1
    ).exclude(state=MilestoneState.CANCELLED)
    for row in rows.select_related("meeting", "cycle") if kin else ():
        span, known = row.takes_place, adoptions.get(row.cycle.plan_id)
        if span and (known is None or known.sort_key < span.sort_key):
            adoptions[row.cycle.plan_id] = span
    for other in kin:
        yield Relative(
            str(other.uid),
            other.title,
            other.kind,
            adoptions.get(other.pk),
            other.pk == plan.parent_id,
        )
