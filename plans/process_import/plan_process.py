"""The process plan as it is now, as an import is laid over it: gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommuneplan.collation import fold
from kommuneplan.core.models import Body
from plans.enums import Audience, MilestoneState
from plans.models import FrozenMilestone, Milestone, Plan

from .three_way import MilestoneFacts, PlanMilestone


@dataclass(frozen=True, slots=True)
class PlanProcess:
    """A plan with the milestones of its open cycle, or none when the import makes a new one.

    ``known_bodies``: the municipality's bodies, their own name by folded name and abbreviation.
    ``offered_bodies``: those a new plan may be made for.
    """

    plan: Plan | None
    milestones: tuple[PlanMilestone, ...]
    known_bodies: dict[str, str]
    offered_bodies: tuple[Body, ...]


def plan_process(plan: Plan | None, *, offered_bodies: Sequence[Body] = ()) -> PlanProcess:
    """Read everything an import compares with."""
    milestones = tuple(_milestones(plan)) if plan else ()
    return PlanProcess(plan, milestones, _known_bodies(), tuple(offered_bodies))


def _known_bodies() -> dict[str, str]:
    """A name goes before an abbreviation that is spelt the same."""
    bodies = list(Body.objects.all())
    short = {fold(body.abbreviation): body.name for body in bodies if body.abbreviation}
    return {**short, **{fold(body.name): body.name for body in bodies}}


def _milestones(plan: Plan) -> list[PlanMilestone]:
    cycle = plan.open_cycle
    if cycle is None:
        return []
    rows = list(
        cycle.milestones.select_related("phase", "meeting")
        .prefetch_related("bodies")
        .order_by("position", "sort_begin", "pk")
    )
    public = set(
        FrozenMilestone.objects.filter(
            version__plan=plan, version__publications__audience=Audience.PUBLIC
        ).values_list("uid", flat=True)
    )
    return [
        PlanMilestone(
            uid=str(row.uid),
            now=milestone_facts(row),
            before=MilestoneFacts.from_json(row.imported) if row.imported else None,
            published=row.uid in public,
            planned=row.state == MilestoneState.PLANNED and not row.follows_consultation,
            meets=not row.has_own_date,
        )
        for row in rows
    ]


def milestone_facts(row: Milestone) -> MilestoneFacts:
    """The facts of a milestone in the plan."""
    names = [body.name for body in row.bodies.all()]
    return MilestoneFacts(
        title=row.title,
        description=row.description,
        when=row.takes_place,
        written=row.written,
        kind=row.kind,
        bodies=tuple([*names, row.others] if row.others else names),
        phase=row.phase.title if row.phase else "",
        conditional=row.conditional,
    )
