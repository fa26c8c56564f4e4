"""From live rows to the facts of the checks (``plans.process.checks``)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from types import MappingProxyType

from django.db.models import Exists, F, OuterRef, Prefetch

from kommuneplan.clock import today
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, Municipality
from kommuneplan.richtext.blocks import plain
from kommuneplan.timespan.fields import sort_days
from plans import consultations
from plans.enums import Audience, PlanningAct, Purpose
from plans.lifecycle.chain import in_chain, political_bodies
from plans.models import (
    AcceptedFinding,
    Cycle,
    DateChange,
    Dependency,
    FrozenMilestone,
    Milestone,
    Plan,
    Section,
    Treatment,
)
from plans.models.plan import PlanQuerySet

from .checks import (
    BodyFact,
    CheckedMilestone,
    Depends,
    MeetingFact,
    ProcessFacts,
    Relative,
    RoundFact,
    Rules,
    TextFact,
    TreatmentFact,
)
from .kin import Instead, families

_WITH = ("phase", "meeting__body", "within", "cycle")


def in_order(rows: Iterable[Milestone]) -> list[Milestone]:
    """Milestones in the order of time; one that is a meeting stands at the meeting's day."""
    return sorted(rows, key=lambda row: (*sort_days(row.takes_place), row.position, row.pk))


def live_rows(cycle: Cycle | None, *, with_moves: bool = False) -> list[Milestone]:
    """The milestones of a cycle with all that the process plan's room shows of them; each knows
    whether it was ever in a publication (``was_published``). ``with_moves``: what their published
    dates were before, for the drawing."""
    if cycle is None:
        return []
    frozen = FrozenMilestone.objects.filter(
        uid=OuterRef("uid"), version__publications__audience=Audience.PUBLIC
    )
    rows = cycle.milestones.select_related(*_WITH)
    rows = rows.annotate(was_published=Exists(frozen), **_around())
    if with_moves:
        moved = DateChange.objects.select_related("decided_at__body")
        rows = rows.prefetch_related(Prefetch("date_changes", queryset=moved))
    return in_order(rows.prefetch_related("bodies"))


def _around() -> dict[str, Exists]:
    """Whether there is anything at all of what stands around a cycle's milestones: what is not
    there need not be asked for (``there_is``)."""
    cycle, plan = OuterRef("cycle"), OuterRef("cycle__plan")
    return {
        "has_depends": Exists(Dependency.objects.filter(milestone__cycle=cycle)),
        "has_turns": Exists(Treatment.objects.filter(matter__plans__cycle=cycle)),
        "has_sections": Exists(Section.objects.filter(plan=plan, retired_at__isnull=True)),
        "has_accepted": Exists(AcceptedFinding.objects.filter(plan=plan)),
        "has_gone": Exists(Milestone.history.filter(cycle_id=cycle, history_type="-")),
    }


def there_is(what: str, rows: Iterable[Milestone]) -> bool:
    """Is there any of it, as far as these rows know? Rows that were not asked do not know."""
    return any(getattr(row, f"has_{what}", True) for row in rows) or not rows


def at_meetings(rows: Iterable[Milestone], instead: Instead) -> list[Milestone]:
    """The rows as they would be with those meetings, in their new order; words of another day no
    longer hold. The rows themselves are left alone."""
    found = []
    for row in rows:
        meeting = instead.get(row.meeting_id) if row.meeting_id else None
        if meeting is not None:
            row = copy.copy(row)
            row.meeting, row.written = meeting, ""
        found.append(row)
    return in_order(found)


def gather_facts(
    plan: Plan,
    rows: list[Milestone],
    readable: PlanQuerySet,
    municipality: Municipality | None = None,
    instead: Instead = MappingProxyType({}),
) -> ProcessFacts:
    """The facts of a plan with these milestones. ``readable``: the plans that may be told of;
    ``instead``: meetings as they would be."""
    rows = at_meetings(rows, instead) if instead else rows
    cycle = rows[0].cycle if rows else plan.open_cycle
    rounds, bodies = held([cycle]) if cycle else {}, acting_bodies()
    return _facts(
        plan,
        rows,
        sections=_sections(plan) if there_is("sections", rows) else [],
        calendars=calendars(rows, instead),
        depends=list(dependencies(rows)) if there_is("depends", rows) else [],
        family=families([plan], readable, instead)[plan.pk],
        rounds=rounds.get(cycle.pk, ()) if cycle else (),
        treatments=(
            treatments([cycle], instead).get(cycle.pk, ())
            if cycle and there_is("turns", rows)
            else ()
        ),
        chain=chain_of(plan, political_bodies(bodies)),
        councils=councils_of(bodies),
        municipality=municipality or Municipality.current(),
    )


def _sections(plan: Plan) -> list[Section]:
    return list(plan.sections.filter(retired_at__isnull=True).order_by("position", "pk"))


def gather_many(
    plans: list[Plan],
    readable: PlanQuerySet,
    municipality: Municipality,
    instead: Instead = MappingProxyType({}),
) -> list[tuple[Plan, ProcessFacts]]:
    """The facts of the open cycles of many plans, as ``gather_facts`` has each; as many queries
    for one plan as for a hundred."""
    cycles = list(Cycle.objects.filter(plan__in=plans, closed_at__isnull=True))
    milestones = Milestone.objects.filter(cycle__in=cycles).select_related(*_WITH)
    by_cycle: dict[int, list[Milestone]] = {}
    for row in milestones.prefetch_related("bodies"):
        by_cycle.setdefault(row.cycle_id, []).append(row)
    by_cycle = {cycle: at_meetings(rows, instead) for cycle, rows in by_cycle.items()}
    every = [row for rows in by_cycle.values() for row in rows]
    sections: dict[int, list[Section]] = {}
    shown = Section.objects.filter(plan__in=plans, retired_at__isnull=True)
    for section in shown.order_by("position", "pk"):
        sections.setdefault(section.plan_id, []).append(section)
    links = list(dependencies(every))
    days, bodies = calendars(every, instead), acting_bodies()
    political, councils = political_bodies(bodies), councils_of(bodies)
    rounds, turns = held(cycles), treatments(cycles, instead)
    kin = families(plans, readable, instead)
    open_cycle = {cycle.plan_id: cycle for cycle in cycles}
    found = []
    for plan in plans:
        cycle = open_cycle.get(plan.pk)
        if cycle is None:
            continue
        rows = by_cycle.get(cycle.pk, [])
        uids = {str(row.uid) for row in rows}
        facts = _facts(
            plan,
            rows,
            sections=sections.get(plan.pk, []),
            calendars=days,
            depends=[one for one in links if one.step in uids],
            family=kin.get(plan.pk, []),
            rounds=rounds.get(cycle.pk, ()),
            treatments=turns.get(cycle.pk, ()),
            chain=chain_of(plan, political),
            councils=councils,
            municipality=municipality,
        )
        found.append((plan, facts))
    return found


def _facts(
    plan: Plan,
    rows: list[Milestone],
    *,
    sections: list[Section],
    calendars: dict[str, tuple[MeetingFact, ...]],
    depends: list[Depends],
    family: list[Relative],
    rounds: Iterable[RoundFact],
    treatments: Iterable[TreatmentFact],
    chain: tuple[str, ...],
    councils: tuple[BodyFact, ...],
    municipality: Municipality,
) -> ProcessFacts:
    uids = {row.pk: str(row.uid) for row in rows}
    steps = tuple(_step(row, uids) for row in rows)
    texts = [TextFact(row.title, row.description, str(row.uid)) for row in rows if row.description]
    for section in sections:
        words = "\n".join(map(plain, _htmls(section.blocks)))
        texts.append(TextFact(section.title, words, section=str(section.uid)))
    bodies = {body.uid for step in steps for body in step.bodies}
    return ProcessFacts(
        kind=plan.kind,
        title=plan.title,
        steps=steps,
        document_date=plan.document_date,
        rules=rules_for(plan, municipality),
        calendars={uid: days for uid, days in calendars.items() if uid in bodies},
        depends=tuple(depends),
        family=tuple(family),
        texts=tuple(texts),
        chain=chain,
        councils=councils,
        rounds=tuple(rounds),
        treatments=tuple(treatments),
        first_year=plan.first_year,
        last_year=plan.last_year,
    )


def held(cycles: Iterable[Cycle]) -> dict[int, list[RoundFact]]:
    """The announced rounds of each cycle, as the app above tells them (``plans.consultations``)."""
    found: dict[int, list[RoundFact]] = {}
    for one in consultations.rounds().held([cycle.pk for cycle in cycles]):
        fact = RoundFact(
            one.uid, one.title, one.first_day, one.last_day, one.address, one.withdrawn,
            one.milestone,
        )  # fmt: skip
        found.setdefault(one.cycle, []).append(fact)
    return found


def treatments(
    cycles: Iterable[Cycle], instead: Instead = MappingProxyType({})
) -> dict[int, list[TreatmentFact]]:
    """The bodies' turns with the matters of each cycle, in order."""
    pks = [cycle.pk for cycle in cycles]
    turns = Treatment.objects.filter(matter__plans__cycle__in=pks)
    turns = turns.annotate(of_cycle=F("matter__plans__cycle"), of_plan=F("matter__plans__pk"))
    turns = turns.select_related("matter", "body", "meeting__body")
    found: dict[int, list[TreatmentFact]] = {}
    for one in turns.order_by("of_plan", "position", "pk"):
        matter = one.matter
        meets = instead.get(one.meeting_id, one.meeting) if one.meeting_id else None
        fact = TreatmentFact(
            str(matter.uid),
            matter.title,
            _body(one.body),
            one.position,
            one.decided_on or (meets.date if meets else None),
            _meeting(meets) if meets else None,
            decided=bool(one.outcome),
            is_open=matter.closed_at is None,
            adopts=matter.purpose == Purpose.ADOPTION,
        )
        found.setdefault(one.of_cycle, []).append(fact)
    return found


def acting_bodies() -> list[Body]:
    """The bodies that any plan may come to: those that decide, and those that are heard."""
    kinds = [BodyKind.FINANCE_COMMITTEE, BodyKind.COUNCIL, BodyKind.ADVISORY]
    return list(Body.objects.filter(kind__in=kinds))


def councils_of(bodies: Iterable[Body]) -> tuple[BodyFact, ...]:
    """The advisory councils among some bodies."""
    return tuple(_body(body) for body in bodies if body.kind == BodyKind.ADVISORY)


def chain_of(plan: Plan, political: list[Body]) -> tuple[str, ...]:
    """The bodies in their order, as uids (``plans.lifecycle.chain``)."""
    return tuple(str(body.uid) for body in in_chain(plan, political))


def _body(body: Body) -> BodyFact:
    return BodyFact(str(body.uid), body.name, body.kind, body.abbreviation)


def _htmls(blocks: list[list[str]]) -> list[str]:
    return [html for _anchor, html in blocks]


def _step(row: Milestone, uids: dict[int, str]) -> CheckedMilestone:
    meeting = row.meeting
    return CheckedMilestone(
        uid=str(row.uid),
        title=row.title,
        when=row.takes_place,
        kind=row.kind,
        bodies=tuple(_body(body) for body in sorted(row.bodies.all(), key=lambda b: b.sort_key)),
        others=row.others,
        description=row.description,
        state=row.state_on(today())[0],
        conditional=row.conditional,
        meeting=_meeting(meeting) if meeting else None,
        done_on=row.done_on,
        within=uids.get(row.within_id or 0, ""),
        written=row.written,
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


def calendars(
    rows: Iterable[Milestone], instead: Instead = MappingProxyType({})
) -> dict[str, tuple[MeetingFact, ...]]:
    """The meetings of the bodies in these rows, in the years of the rows and the months around."""
    bodies = {body.pk for row in rows for body in row.bodies.all()}
    spans = [row.takes_place for row in rows]
    days = [day for span in spans if span for day in (span.earliest, span.latest) if day]
    found: dict[str, list[MeetingFact]] = {}
    if bodies and days:
        first, last = min(days).year, max(days).year
        years = range(first - 1, last + 2)
        stored = Meeting.objects.filter(body__in=bodies, date__year__range=(years[0], years[-1]))
        stored = stored.exclude(pk__in=[pk for pk in instead if pk]).select_related("body")
        there = [
            one for one in instead.values() if one.body_id in bodies and one.date.year in years
        ]
        for meeting in sorted([*stored, *there], key=lambda one: (one.date, one.pk or 0)):
            found.setdefault(str(meeting.body.uid), []).append(_meeting(meeting))
    return {uid: tuple(days) for uid, days in found.items()}


def dependencies(rows: list[Milestone]) -> Iterable[Depends]:
    """The dependencies between these milestones."""
    uids = {row.pk: str(row.uid) for row in rows}
    cycles = {row.cycle_id for row in rows}
    found = Dependency.objects.filter(milestone__cycle__in=cycles).order_by("pk")
    for step, after, days in found.values_list("milestone", "after", "days"):
        if step in uids and after in uids:
            yield Depends(uids[step], uids[after], days)
