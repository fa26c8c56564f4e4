"""The desk of a person: what waits, what is due, the next meeting, what others have changed, and
the plans they work with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality, User
from plans.models import Plan
from plans.process.known_findings import Found, check_stamp, found_in
from plans.versions.unpublished import Unpublished, unpublished

from . import own_plans
from .agenda import MeetingAhead, next_meeting, turns_to_come
from .due import SOON, Dues, Papers, dues, papers, steps_ahead
from .news import News, news
from .next_step import NextStep, next_step
from .own_plans import OwnPlan, listed, own_plan
from .tasks import Me, Waiting, tasks_and_facts

PER_PAGE = 25
BLOCKS = 12  # plans whose tasks stand unfolded


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A plan with what is found in its process plan."""

    plan: Plan
    found: Found


@dataclass(slots=True)
class PlanBlock:
    """What waits in one plan: papers, checks and tasks; and what is told beside it."""

    title: str
    slug: str = ""
    papers: list[Papers] = field(default_factory=list)
    checks: list[FoundIn] = field(default_factory=list)
    waits: list[Waiting] = field(default_factory=list)
    facts: list[Waiting] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        """The first day by which something is to be done."""
        days = [one.day for one in (*self.papers, *self.waits) if one.day]
        return min(days, default=dt.date.max)


@dataclass(frozen=True, slots=True)
class NotPublished:
    """A plan with changes that nobody has published."""

    plan: Plan
    changes: Unpublished


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A row of the table: the plan, and what comes next in it."""

    own: OwnPlan
    step: NextStep | None
    changes: Unpublished | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk; a fixed number of queries, however many plans."""

    day: dt.date
    waits: list[Waiting]
    facts: list[Waiting]
    papers: list[Papers]
    checks: list[FoundIn]
    due: Dues
    meeting: MeetingAhead | None
    news: News
    not_published: list[NotPublished]
    plans: Page[PlanLine]

    @property
    def week(self) -> list[PlanBlock]:
        """What waits, one block a plan, the earliest first."""
        near = [one for one in self.papers if one.day <= self.day + SOON]
        return blocks(near, self.checks, self.waits, self.facts)

    @property
    def first_blocks(self) -> list[PlanBlock]:
        """Those that stand unfolded."""
        return self.week[:BLOCKS]

    @property
    def other_blocks(self) -> list[PlanBlock]:
        """The others."""
        return self.week[BLOCKS:]

    @property
    def later_papers(self) -> list[Papers]:
        """Papers that are due within the month, and not this week."""
        return [one for one in self.papers if one.day > self.day + SOON]

    @property
    def lines(self) -> list[PlanLine]:
        """The rows of the table that stand unfolded."""
        return [one for one in self.plans if not one.own.is_over]

    @property
    def folded(self) -> list[PlanLine]:
        """Plans with which nothing is done any more."""
        return [one for one in self.plans if one.own.is_over]


def blocks(
    papers: Iterable[Papers],
    checks: Iterable[FoundIn],
    waits: Iterable[Waiting],
    facts: Iterable[Waiting],
) -> list[PlanBlock]:
    """One block for each plan in which something waits; what no plan is known of stands by its
    own title."""
    found: dict[str, PlanBlock] = {}

    def of(title: str, slug: str) -> PlanBlock:
        return found.setdefault(slug or title, PlanBlock(title, slug))

    for paper in papers:
        of(paper.plan.title, paper.plan.slug).papers.append(paper)
    for check in checks:
        of(check.plan.title, check.plan.slug).checks.append(check)
    for wait in waits:
        of(wait.plan, wait.slug).waits.append(wait)
    for fact in facts:
        if fact.slug in found:
            found[fact.slug].facts.append(fact)
    return sorted(found.values(), key=lambda one: one.day)


def whose(user: User, *, at: dt.datetime) -> Me:
    """The person, and the plans the desk is about; plans that are put away are not."""
    plans = Plan.objects.filter(retired_at__isnull=True)
    return Me(user, local_day(at), plans.readable_by(user), plans.run_by(user))


def desk_of(
    user: User, *, at: dt.datetime, page: str = "", municipality: Municipality | None = None
) -> Desk:
    """The desk as it stands at an instant; ``page`` of the list of plans, the nearest there is."""
    everything = whose(user, at=at)
    rows = listed(everything.plans, everything.run, on=everything.day)
    own = [own_plan(row) for row in rows[: own_plans.MOST + 1]]
    at_hand = len(own) <= own_plans.MOST
    me = _at_hand(everything, own) if at_hand else everything
    own = own[: own_plans.MOST]
    steps, turns = steps_ahead(me), turns_to_come(me)
    waits, facts = tasks_and_facts(me)
    due = dues(me, steps)
    changes = unpublished([one.plan for one in own], {one.plan.pk: one.facts.stamp for one in own})
    checks = found_in(
        [one.plan for one in own],
        {one.plan.pk: (*one.facts.stamp, *check_stamp(one.plan)) for one in own},
        readable=me.plans,
        user=user,
        municipality=municipality or Municipality.current(),
    )
    shown: Page[OwnPlan] = Paginator(
        own_plans.running_first(own) if at_hand else rows, PER_PAGE
    ).get_page(page or 1)
    status_days = {one.plan.pk: one.day for one in due.statuses}
    first_turns = {turn.of_plan: turn for turn in reversed(turns)}
    shown.object_list = [
        PlanLine(
            one,
            next_step(one, turn=first_turns.get(one.plan.pk), status=status_days.get(one.plan.pk)),
            changes.get(one.plan.pk),
        )
        for one in (row if at_hand else own_plan(row) for row in shown.object_list)
    ]
    return Desk(
        day=me.day,
        waits=waits,
        facts=facts,
        papers=papers(own, steps, me.day),
        checks=[
            FoundIn(one.plan, found)
            for one in own
            if (found := checks.get(one.plan.pk)) and found.waiting
        ],
        due=due,
        meeting=next_meeting(me, steps, turns),
        news=news(me, at=at),
        not_published=[
            NotPublished(one.plan, changes[one.plan.pk])
            for one in own
            if changes[one.plan.pk].total
        ],
        plans=shown,
    )


def _at_hand(me: Me, own: list[OwnPlan]) -> Me:
    """The same person, with plans that the database finds by their keys: composing who may know of
    them into each question takes longer than all the answers."""
    run = [one.plan.pk for one in own if one.plan.is_run]
    plans = Plan.objects.filter(pk__in=[one.plan.pk for one in own])
    return Me(me.user, me.day, plans, Plan.objects.filter(pk__in=run))
