"""The findings of a plan as pages show them: what somebody has let stand, what each is about, and
the one address where it is solved.

Everything that shows findings asks here: the room of the process plan, the overview and the pages
before publishing (``plans.templatetags.check_words``), the desk, the preview of a move and
``check_plan``; so they cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from django.urls import reverse

from kommuneplan.core.models import Municipality, User
from plans.enums import MilestoneState
from plans.models import AcceptedFinding, Milestone, Plan
from plans.models.plan import PlanQuerySet

from .check_facts import Instead, gather_facts, gather_many, live_rows, there_is
from .checks import Action, BodyFact, CheckedMilestone, CheckFinding, ProcessFacts, Sureness, check

MOST = 50  # plans whose process plans are looked at for one desk


@dataclass(frozen=True, slots=True)
class Place:
    """Something a finding is about, and where it stands."""

    title: str
    link: str


@dataclass(slots=True)
class FindingRow:
    """A finding as it is shown: open, or let stand by somebody."""

    finding: CheckFinding
    accepted: AcceptedFinding | None = None
    about: list[Place] = field(default_factory=list)
    link: str = ""
    action: Action = Action.EDIT  # what is done there
    to_day: dt.date | None = None  # where it could be moved to, on the page ``move``
    move: str = ""
    body: BodyFact | None = None  # who could be put on the milestone at ``put``
    put: str = ""
    number: int = 0  # in the one list of the room, of those that are open

    @property
    def is_open(self) -> bool:
        """Nobody has let it stand."""
        return self.accepted is None


@dataclass(slots=True)
class PlanFindings:
    """All that is found in a plan, each once."""

    plan: Plan
    shown: list[FindingRow]

    @property
    def open(self) -> list[FindingRow]:
        """Those nobody has let stand, the surest first."""
        rank = list(Sureness)
        waiting = [one for one in self.shown if one.is_open]
        return sorted(waiting, key=lambda one: rank.index(one.finding.certainty))

    @property
    def accepted(self) -> list[FindingRow]:
        """Those that somebody has let stand."""
        return [one for one in self.shown if not one.is_open]

    @property
    def impossible(self) -> list[FindingRow]:
        """What no reading of the dates allows, and nobody has let stand."""
        return self._of(Sureness.IMPOSSIBLE)

    @property
    def doubtful(self) -> list[FindingRow]:
        """What should be looked at."""
        return self._of(Sureness.LOOK)

    @property
    def advice(self) -> list[FindingRow]:
        """What convention or the house's own rules say."""
        return self._of(Sureness.ADVICE)

    @property
    def waiting(self) -> int:
        """How many are more than advice."""
        return len(self.impossible) + len(self.doubtful)

    @property
    def accepted_impossible(self) -> int:
        """How many of what is impossible somebody has let stand: it is so all the same."""
        return sum(one.finding.certainty is Sureness.IMPOSSIBLE for one in self.accepted)

    def _of(self, certainty: Sureness) -> list[FindingRow]:
        return [one for one in self.shown if one.is_open and one.finding.certainty is certainty]


def shown_findings(
    plan: Plan, facts: ProcessFacts, accepted: Iterable[AcceptedFinding]
) -> PlanFindings:
    """What the checks say of some facts of a plan."""
    known = {(one.code, one.key): one for one in accepted}
    rows = []
    for one in check(facts):
        places = list(_places(plan, facts, one))
        action, link = solved_at(plan, facts, one)
        row = FindingRow(one, known.get((one.code, one.key)), places, link, action)
        rows.append(_with_proposal(row, plan, facts))
    return PlanFindings(plan, rows)


def findings_of(
    plan: Plan,
    rows: list[Milestone],
    *,
    readable: PlanQuerySet,
    municipality: Municipality | None = None,
    instead: Instead = MappingProxyType({}),
) -> tuple[PlanFindings, ProcessFacts]:
    """What is found in a plan with these milestones, and the facts it was found in; ``instead``:
    meetings as they would be."""
    facts = gather_facts(plan, rows, readable, municipality, instead)
    known = plan.accepted_findings.select_related("accepted_by")
    accepted = known if there_is("accepted", rows) else ()
    return shown_findings(plan, facts, accepted), facts


def findings_now(plan: Plan, *, user: User, municipality: Municipality) -> PlanFindings:
    """What is found in a plan as it is; nothing where no cycle is open."""
    cycle = plan.open_cycle
    if cycle is None:
        return PlanFindings(plan, [])
    readable = Plan.objects.readable_by(user)
    found, _facts = findings_of(
        plan, live_rows(cycle), readable=readable, municipality=municipality
    )
    return found


def findings_for(
    plans: PlanQuerySet, *, readable: PlanQuerySet, municipality: Municipality
) -> list[PlanFindings]:
    """The same for many plans, in as many queries as for one; those with more than advice."""
    found = all_findings(plans, readable=readable, municipality=municipality)
    return [one for one in found if one.waiting]


def all_findings(
    plans: PlanQuerySet,
    *,
    readable: PlanQuerySet,
    municipality: Municipality,
    instead: Instead = MappingProxyType({}),
) -> list[PlanFindings]:
    """The same of each of the plans that are worked on, in their order."""
    rows = list(plans.select_related("body").order_by("sort_key", "pk")[:MOST])
    accepted: dict[int, list[AcceptedFinding]] = {}
    for one in AcceptedFinding.objects.filter(plan__in=rows):
        accepted.setdefault(one.plan_id, []).append(one)
    return [
        shown_findings(plan, facts, accepted.get(plan.pk, ()))
        for plan, facts in gather_many(rows, readable, municipality, instead)
    ]


def _with_proposal(row: FindingRow, plan: Plan, facts: ProcessFacts) -> FindingRow:
    """With what would solve it in one press, where there is such a thing."""
    one = row.finding
    if one.to_day and row.action is Action.MOVE:
        step = next(step for step in facts.steps if step.uid == one.milestones[0])
        if step.meeting is None:
            row.to_day = dt.date.fromisoformat(one.to_day)
            row.move = reverse("plans:milestone", args=[plan.slug, step.uid]) + f"?dag={one.to_day}"
    if one.to_body:
        row.body = next(body for body in facts.councils if body.uid == one.to_body)
        row.put = reverse("plans:milestone-body", args=[plan.slug, one.target])
    return row


# --- where things stand -------------------------------------------------------------------------


def _places(plan: Plan, facts: ProcessFacts, one: CheckFinding) -> Iterable[Place]:
    steps = {step.uid: step for step in facts.steps}
    room = reverse("plans:work-plan", args=[plan.slug])
    for uid in one.milestones:
        yield Place(steps[uid].title, f"{room}#m-{uid}")
    sections = {text.section: text.title for text in facts.texts if text.section}
    for uid in one.sections:
        yield Place(sections[uid], reverse("plans:section", args=[plan.slug, uid]))
    rounds = {round.uid: round for round in facts.rounds}
    for uid in one.rounds:
        yield Place(rounds[uid].title, rounds[uid].address)
    if one.action is Action.MATTER:
        title = next(t.title for t in facts.treatments if t.matter == one.target)
        yield Place(title, reverse("plans:matter", args=[plan.slug, one.target]))


def solved_at(plan: Plan, facts: ProcessFacts, one: CheckFinding) -> tuple[Action, str]:
    """The one place where a finding is solved: what is done there, and its address. A consultation
    that has its dates from a round is moved there."""
    rounds = {round.uid: round for round in facts.rounds}
    if one.action is Action.MATTER:
        return one.action, reverse("plans:matter", args=[plan.slug, one.target])
    if one.action is Action.SECTION:
        return one.action, reverse("plans:section", args=[plan.slug, one.target])
    if one.action is Action.ROUND:
        return one.action, rounds[one.target].address
    if one.action is Action.ADD or not one.milestones:
        return Action.ADD, reverse("plans:milestone-add", args=[plan.slug])
    step = next(step for step in facts.steps if step.uid == one.milestones[0])
    owner = next((round for round in facts.rounds if round.milestone == step.uid), None)
    if owner is not None and one.action in {Action.MOVE, Action.STATUS}:
        return Action.ROUND, owner.address
    return one.action, reverse(f"plans:{_page(one.action, step)}", args=[plan.slug, step.uid])


def _page(action: Action, step: CheckedMilestone) -> str:
    if action is Action.STATUS:
        return "milestone-done"
    if action is Action.MOVE and step.meeting is not None:
        return "milestone-meeting"
    if action is Action.MOVE and step.when and step.state == MilestoneState.PLANNED:
        return "milestone-move"
    return "milestone"
