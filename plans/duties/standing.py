"""Where the duties of plans stand: what is due next of each, and what became of its turns."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kommuneplan.clock import local_day
from kommuneplan.timespan.phrase import phrase
from plans.enums import CycleState, MilestoneState, Purpose
from plans.models import Cycle, Duty, DutyFulfilment, Plan, Treatment
from plans.models.duties import DutyRule

from .recurrence import Adoption, DueRule, DutyTurn, Rule, next_turn, turns


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """A duty on a day: its next turn, or None; and the adoptions it was reckoned from."""

    duty: Duty
    day: dt.date
    turn: DutyTurn | None
    adoptions: tuple[Adoption, ...] = ()

    @property
    def is_late(self) -> bool:
        """The latest day of what is due next is past."""
        return self.turn is not None and self.turn.is_late(self.day)

    @property
    def last_day(self) -> dt.date | None:
        """The last day to do what is due next."""
        return self.turn.last_day if self.turn else None

    @property
    def due_words(self) -> str:
        """When that is, in words; "" where nothing is due, or nobody knows when."""
        return turn_words(self.turn) if self.turn else ""

    @property
    def is_near(self) -> bool:
        """The day of notice has come."""
        last = self.last_day
        notice = dt.timedelta(days=self.duty.notice_days)
        return last is not None and last - notice <= self.day

    @property
    def settled(self) -> list[DutyFulfilment]:
        """What became of its turns, the newest first."""
        return list(self.duty.fulfilments.all())


def turn_words(turn: DutyTurn) -> str:
    """When a turn is due: as it was written, else as we say it."""
    if turn.when is None:
        return ""
    return turn.when.written or phrase(turn.when)


def rule_of(duty: Duty) -> Rule:
    """The rule of a duty, of plain values. The date of what is due once is its milestone's; what
    recurs ends with the plan."""
    span = duty.milestone.takes_place if duty.milestone else duty.when
    plan = duty.plan
    last = min((day for day in (duty.ends, plan.expires_on, plan.repealed_on) if day), default=None)
    return Rule(
        DueRule(duty.rule),
        month=duty.month,
        day=duty.day,
        months=duty.months,
        span=span if duty.rule == DutyRule.ONCE else None,
        begins=duty.begins,
        ends=last if duty.rule == DutyRule.YEARLY else duty.ends,
    )


def standing_of(duty: Duty, adoptions: Iterable[Adoption], *, on: dt.date) -> DutyStanding:
    """Where one duty stands; its fulfilments are best fetched with it."""
    known = tuple(adoptions)
    settled = {row.occurrence for row in duty.fulfilments.all()}
    turn = next_turn(rule_of(duty), known, settled)
    if turn and duty.milestone and duty.milestone.state == MilestoneState.CANCELLED:
        turn = None
    return DutyStanding(duty, on, turn, known)


def of_running_plans(duties: QuerySet[Duty], *, on: dt.date) -> QuerySet[Duty]:
    """Those of plans that are worked on or in force: only of these is anybody reminded."""
    running = Cycle.objects.running(on=on).values("plan")
    return duties.filter(plan__in=running, plan__retired_at__isnull=True)


def standings(duties: QuerySet[Duty], *, on: dt.date) -> list[DutyStanding]:
    """Where duties stand; three queries, however many plans."""
    rows = list(with_what_counts(duties.filter(retired_at__isnull=True)))
    adopted = adoptions({row.plan_id for row in rows}) if rows else {}
    found = [standing_of(row, adopted.get(row.plan_id, ()), on=on) for row in rows]
    return sorted(found, key=lambda one: (one.last_day or dt.date.max, one.duty.pk))


def turns_within(
    duties: QuerySet[Duty], first: dt.date, last: dt.date
) -> list[tuple[Duty, DutyTurn, DutyFulfilment | None]]:
    """The turns that touch a stretch of days, each with what became of it; three queries."""
    rows = list(with_what_counts(duties.filter(retired_at__isnull=True), people=False))
    adopted = adoptions({row.plan_id for row in rows}) if rows else {}
    found = []
    for row in rows:
        became = {one.occurrence: one for one in row.fulfilments.all()}
        for turn in turns(rule_of(row), adopted.get(row.plan_id, ()), until=last):
            if turn.when and _touches(turn.when, first, last):
                found.append((row, turn, became.get(turn.key)))
    return found


def _touches(span: Any, first: dt.date, last: dt.date) -> bool:
    begin, end = span.earliest or span.latest, span.latest or span.earliest
    return bool(begin and end and begin <= last and end >= first)


def with_what_counts(duties: QuerySet[Duty], *, people: bool = True) -> QuerySet[Duty]:
    """Duties with all that their dates and their past are told from; ``people``: also who sees to
    them and who wrote it down, which no page for everybody says."""
    done = DutyFulfilment.objects.select_related("status", "frozen", "evaluation")
    duties = duties.select_related("plan", "milestone__meeting")
    if people:
        done, duties = done.select_related("recorded_by"), duties.select_related("person")
    return duties.prefetch_related(
        Prefetch("fulfilments", done.defer("frozen__content", "frozen__search_text"))
    )


def adoptions(plans: Collection[int]) -> dict[int, list[Adoption]]:
    """By plan (key), when it was adopted: the day of the decision, where a body decided it here."""
    decided = Treatment.objects.deciding(Purpose.ADOPTION).filter(
        matter__plans__cycle=OuterRef("pk")
    )
    day = Subquery(decided.order_by("-pk").values("decided_on")[:1])
    cycles = Cycle.objects.filter(
        plan__in=plans, state=CycleState.ADOPTED, closed_at__isnull=False
    ).annotate(decided=day)
    rows = cycles.order_by("plan", "number").values_list("plan", "number", "decided", "closed_at")
    found: dict[int, list[Adoption]] = defaultdict(list)
    for plan, number, decided_on, closed_at in rows:
        found[plan].append(Adoption(number, decided_on or local_day(closed_at)))
    return found


def duties_of(plan: Plan, *, on: dt.date) -> list[DutyStanding]:
    """The duties of one plan, what is due first on top."""
    return standings(Duty.objects.filter(plan=plan), on=on)
