"""What gates, approval and state ask of a plan, gathered in one query and handed on as arguments.

A list annotates its rows with ``content_facts``, the loader of a page its plan with
``with_facts``; ``of`` makes a value of such a row, and only the value is passed on. A plan that
was loaded without them is asked by ``plan_facts``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kommuneplan.clock import local_day, now
from kommuneplan.core.enums import PlanRole
from kommuneplan.core.models import Municipality
from kommuneplan.prepared import PreparedColumns
from plans.consultations import RoundsStage, moment_of, rounds
from plans.document.stamp import stamp_of, stamps
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Matter, Milestone, Plan, Publication, Section


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """What there is of a plan that may be put before the bodies."""

    has_text: bool
    has_milestones: bool
    has_hearing_to_come: bool

    @classmethod
    def of(cls, row: Any) -> ContentFacts:
        """From a row annotated by ``content_facts``."""
        return cls(row.has_text, row.has_milestones, row.has_hearing_to_come)


def content_facts(path: str, day: dt.date) -> dict[str, Any]:
    """The annotations that ``ContentFacts.of`` reads; ``path`` leads to the plan's key."""
    milestones = Milestone.objects.filter(
        cycle__plan=OuterRef(path), cycle__closed_at__isnull=True, is_public=True
    )
    hearings = milestones.filter(kind=MilestoneKind.HEARING).exclude(state=MilestoneState.CANCELLED)
    to_come = Q(meeting__date__gte=day) | Q(meeting__isnull=True, latest_end__gte=day)
    sections = Section.objects.filter(
        plan=OuterRef(path), is_public=True, retired_at__isnull=True
    ).exclude(text="")
    return {
        "has_text": Exists(sections),
        "has_milestones": Exists(milestones),
        "has_hearing_to_come": Exists(hearings.filter(to_come)),
    }


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the workspace asks of a plan. ``rounds_end``: the instant at which the last round of
    its open cycle ends, None without any; ``rounds_stage``: where they stand; ``approvers``: the
    municipality's steps of approval; ``published_number`` and ``published_from``: of its newest
    publication; ``stamp``: what tells its document as it is now from what it was."""

    content: ContentFacts
    has_matter: bool
    rounds_end: dt.datetime | None
    rounds_stage: RoundsStage
    approvers: tuple[PlanRole, ...]
    published_number: int | None
    published_from: dt.datetime | None
    stamp: tuple[int | None, ...]

    @classmethod
    def of(cls, row: Any) -> PlanFacts:
        """From a plan annotated by ``with_facts``."""
        return cls(
            content=ContentFacts.of(row),
            has_matter=row.has_matter,
            rounds_end=row.rounds_end,
            rounds_stage=RoundsStage(row.rounds_stage),
            approvers=tuple(PlanRole(step) for step in (row.approval_steps or "").split()),
            published_number=row.published_number,
            published_from=row.published_from,
            stamp=stamp_of(row),
        )


def with_facts(plans: QuerySet[Plan], *, on: dt.date) -> QuerySet[Plan]:
    """Plans with the annotations that ``PlanFacts.of`` reads. Those of today are composed once:
    every page of a plan asks for them."""
    at = now()
    if on == local_day(at):
        return _TODAY.added_to(plans, at=at)
    return plans.annotate(**_facts(on, at))


def _facts(day: dt.date, at: dt.datetime) -> dict[str, Any]:
    before_bodies = Matter.objects.filter(plans__cycle__plan=OuterRef("pk"), closed_at__isnull=True)
    newest = Publication.objects.current(at=at).filter(plan=OuterRef("pk")).newest_first()
    return {
        **content_facts("pk", day),
        "has_matter": Exists(before_bodies),
        "rounds_end": rounds().ends("pk"),
        "rounds_stage": rounds().stage("pk", moment_of(day)),
        "approval_steps": Subquery(Municipality.objects.filter(pk=1).values("approval_steps")[:1]),
        "published_number": Subquery(newest.values("version__public_number")[:1]),
        "published_from": Subquery(newest.values("visible_from")[:1]),
        **stamps(),
    }


_TODAY = PreparedColumns(lambda at: Plan.objects.annotate(**_facts(local_day(at), at)))


def plan_facts(plan: Plan, *, on: dt.date) -> PlanFacts:
    """The facts of one plan, asked for now."""
    return PlanFacts.of(with_facts(Plan.objects.only("pk"), on=on).get(pk=plan.pk))
