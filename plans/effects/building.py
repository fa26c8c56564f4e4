"""From live rows to a chain: what is public, for a version; or all of it, for those who write."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from kommuneplan.clock import now
from kommuneplan.core.models import User
from plans.document import plan_document as doc
from plans.enums import EffectKind
from plans.models import (
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    Plan,
    PlanIndicator,
    Publication,
)

from .chain import ChainLink, EffectChain, EffectThemeLine, InheritedGoal, NodeLine, SourceLine
from .part import KEY


def public_chain(plan: Plan) -> EffectChain:
    """What a version may hold: what is marked public, and goals that are read already in what is
    published of the plans above."""
    rows = chain_rows(plan)
    rows = [row for row in rows if row.is_public and row.theme.is_public]
    themes = plan.effect_themes.filter(retired_at__isnull=True, is_public=True)
    inherited = published_goals(above(plan))
    return chain_of(themes.prefetch_related("references"), rows, inherited, public=True)


def chain_rows(plan: Plan) -> list[EffectNode]:
    """The nodes of a plan that stand, in their order, with all they point to."""
    links = EffectLink.objects.select_related("serves__theme").order_by("serves__position", "pk")
    uses = PlanIndicator.objects.filter(retired_at__isnull=True).select_related("indicator")
    rows = EffectNode.objects.filter(
        theme__plan=plan, retired_at__isnull=True, theme__retired_at__isnull=True
    )
    return list(
        rows.select_related("theme")
        .prefetch_related(
            Prefetch("links", queryset=links),
            Prefetch("indicators", queryset=uses),
            "references",
            "focus_areas",
            "milestones",
            "efforts",
        )
        .order_by("theme__position", "theme_id", "position", "pk")
    )


def chain_of(
    themes: Iterable[EffectTheme],
    rows: list[EffectNode],
    above: tuple[InheritedGoal, ...],
    *,
    public: bool = False,
) -> EffectChain:
    """The chain of some rows; what they point to is left out where it is not among them.
    ``public``: of focus areas and milestones, those that are public."""
    seen = {str(row.uid) for row in rows} | {goal.uid for goal in above}
    lines = tuple(_node(row, seen, public=public) for row in rows)
    shown = tuple(
        EffectThemeLine(str(row.uid), row.title, row.note, _sources(row.references.all()))
        for row in themes
    )
    used = {uid for one in (*lines, *shown) for uid in one.sources}
    sources = EffectReference.objects.filter(uid__in=used).order_by("position", "pk")
    return EffectChain(shown, lines, above, tuple(_source(row) for row in sources if used))


def _node(row: EffectNode, seen: set[str], *, public: bool) -> NodeLine:
    links = [ChainLink(str(one.serves.uid), one.assumption) for one in row.links.all()]
    return NodeLine(
        uid=str(row.uid),
        kind=row.kind,
        title=row.title,
        theme=str(row.theme.uid),
        description=row.description,
        amount=row.amount,
        links=tuple(link for link in links if link.to in seen),
        sources=_sources(row.references.all()),
        focus=_uids(row.focus_areas.all(), public=public),
        milestones=_uids(row.milestones.all(), public=public),
        indicators=_uids(row.indicators.all(), public=public),
        efforts=_uids(row.efforts.all(), public=public),
    )


def _sources(rows: Iterable[EffectReference]) -> tuple[str, ...]:
    return tuple(str(row.uid) for row in rows if row.retired_at is None)


def _uids(rows: Iterable[Any], *, public: bool) -> tuple[str, ...]:
    shown = [
        row
        for row in rows
        if getattr(row, "retired_at", None) is None and (row.is_public or not public)
    ]
    return tuple(str(row.uid) for row in shown)


def _source(row: EffectReference) -> SourceLine:
    return SourceLine(str(row.uid), row.kind, row.number, row.title, row.link)


# --- what the plans above let a plan inherit ---------------------------------------------------


def above(plan: Plan) -> list[Plan]:
    """The plans it stands under, the nearest first."""
    found: list[Plan] = []
    parent = plan.parent
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parent.parent
    return [one for one in found if one.retired_at is None]


def goals_known_to(plan: Plan, user: User) -> tuple[InheritedGoal, ...]:
    """The goals of the plans above, as they stand where the person works with the plan."""
    plans = above(plan)
    own = set(Plan.objects.readable_by(user).filter(pk__in=[one.pk for one in plans]))
    live = live_goals([one for one in plans if one in own])
    return (*live, *published_goals([one for one in plans if one not in own]))


def goals_in(plans: Collection[Plan]) -> QuerySet[EffectNode]:
    """The goals of some plans that stand, in their order."""
    rows = EffectNode.objects.filter(
        theme__plan__in=plans,
        kind=EffectKind.GOAL,
        retired_at__isnull=True,
        theme__retired_at__isnull=True,
    )
    return rows.select_related("theme__plan").order_by("theme__position", "position", "pk")


def live_goals(plans: Collection[Plan]) -> tuple[InheritedGoal, ...]:
    """The goals of some plans as they stand, internal ones too."""
    rows = goals_in(plans) if plans else ()
    return tuple(
        InheritedGoal(str(row.uid), row.title, row.theme.plan.title, row.theme.plan.slug)
        for row in rows
    )


def published_goals(plans: Collection[Plan]) -> tuple[InheritedGoal, ...]:
    """The goals that everybody reads in some plans: nothing of a draft comes out by way of a plan
    below it."""
    if not plans:
        return ()
    found: list[InheritedGoal] = []
    current = Publication.objects.current(at=now()).filter(plan__in=plans)
    for publication in current.select_related("version", "plan").order_by("plan__sort_key", "pk"):
        document = doc.from_json(publication.version.content)
        chain = document.more.get(KEY, EffectChain())
        found += [
            InheritedGoal(node.uid, node.title, document.head.title, publication.plan.slug)
            for node in chain.nodes
            if node.kind == EffectKind.GOAL
        ]
    return tuple(found)
