"""The theories of change of the papers, as rows. Where a paper names a link of the chain and not
what stands in it, the row says so, and that it is missing: no goal is invented for it.

That of the plan that lives today is in ``living_effects``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from plans.enums import EffectKind, ReferenceKind
from plans.models import (
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    Milestone,
    Plan,
)


@dataclass(frozen=True, slots=True)
class DemoSource:
    """Where a claim comes from; ``key`` is how rows refer to it."""

    key: str
    kind: str
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DemoEffect:
    """A row. ``serves``: (key, assumption) of what it contributes to, in any theme of the plan or
    of a plan loaded before; ``steps``: keys of milestones; ``focus``, ``indicators``: by title."""

    key: str
    kind: str
    title: str
    serves: tuple[tuple[str, str], ...] = ()
    description: str = ""
    amount: int | None = None
    sources: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoTheme:
    """A theme with its rows, goals first."""

    title: str
    note: str = ""
    sources: tuple[str, ...] = ()
    rows: tuple[DemoEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoChain:
    """The theory of change of a plan."""

    themes: tuple[DemoTheme, ...] = ()
    sources: tuple[DemoSource, ...] = ()


GOAL, RESULT, ACTIVITY, RESOURCE = EffectKind

SOCIAL_PSYCHIATRY = DemoChain(
    themes=(
        DemoTheme(
            "Samlet forandringsteori",
            note=(
                "Udkastet til rammeplan rummer en samlet forandringsteori med politiske mål, og "
                "delstrategierne bygger på dem. Procesplanen nævner ikke målene, og ikke hvilke "
                "resultater, aktiviteter og ressourcer der hører til."
            ),
            rows=(
                DemoEffect(
                    "political-goals",
                    GOAL,
                    "Politiske mål (endnu ikke skrevet)",
                    description="Drøftes på udvalgets møde om høringsudgaven og på det "
                    "offentlige møde i høringsperioden.",
                    steps=("hearing-draft", "public-meeting"),
                ),
            ),
        ),
    ),
)

FAMILIES = DemoChain(
    sources=(
        DemoSource("council", ReferenceKind.CASE, "BR 644/05"),
        DemoSource("committee", ReferenceKind.CASE, "SUD 358/2007"),
    ),
    themes=(
        DemoTheme(
            "Kæden for hvert tema",
            note=(
                "Kæden tegnes for hvert tema i strategien, og indikatorer fra et tidligere "
                "projekt bruges igen. Temaerne og det, der skal stå i de fire led, er ikke fyldt "
                "ud i tids- og procesplanen. Effektmålene er grundlaget for den årlige revision."
            ),
            sources=("council", "committee"),
            rows=(
                DemoEffect(
                    "goal",
                    GOAL,
                    "Politisk effektmål (endnu ikke skrevet)",
                    description="Hvad temaet skal føre til for børnene og deres familier.",
                    sources=("council", "committee"),
                ),
                DemoEffect(
                    "result",
                    RESULT,
                    "Resultater (endnu ikke skrevet)",
                    (("goal", ""),),
                    description="Det, der kan ses på vej mod målet.",
                    sources=("council", "committee"),
                    indicators=("Indikatorer, der er fundet i et tidligere projekt",),
                ),
                DemoEffect(
                    "activity",
                    ACTIVITY,
                    "Aktiviteter (endnu ikke skrevet)",
                    (("result", ""),),
                    description=(
                        "De tilbud og udviklingsprojekter, der allerede findes, bliver bundet "
                        "sammen med de politiske mål."
                    ),
                ),
                DemoEffect(
                    "resource",
                    RESOURCE,
                    "Ressourcer (endnu ikke skrevet)",
                    (("activity", ""),),
                    description="Procesplanen nævner ingen beløb.",
                ),
            ),
        ),
    ),
)


def load(
    plan: Plan,
    chain: DemoChain,
    milestones: dict[str, Milestone],
    save: Callable[[models.Model], None],
) -> None:
    """The theory of change of a plan, marked public."""
    sources = {}
    for place, one in enumerate(chain.sources, start=1):
        facts = {"kind": one.kind, "number": one.number, "title": one.title}
        sources[one.key] = EffectReference(plan=plan, position=place, **facts)
        save(sources[one.key])
    nodes: dict[str, EffectNode] = {}
    for place, about in enumerate(chain.themes, start=1):
        theme = EffectTheme(plan=plan, position=place, title=about.title, note=about.note)
        theme.is_public = True
        save(theme)
        theme.references.set([sources[key] for key in about.sources])
        for position, row in enumerate(about.rows, start=1):
            nodes[row.key] = _node(theme, row, position, save)
    for about in chain.themes:
        for row in about.rows:
            _point(plan, nodes[row.key], row, sources, milestones)
            for key, assumption in row.serves:
                served = nodes.get(key) or _above(plan, key)
                save(EffectLink(node=nodes[row.key], serves=served, assumption=assumption))


def _node(
    theme: EffectTheme, row: DemoEffect, position: int, save: Callable[[models.Model], None]
) -> EffectNode:
    node = EffectNode(
        theme=theme,
        kind=row.kind,
        title=row.title,
        description=row.description,
        amount=row.amount,
        position=position,
        is_public=True,
    )
    save(node)
    return node


def _above(plan: Plan, title: str) -> EffectNode:
    """A goal of the plan above, by its title."""
    return EffectNode.objects.get(theme__plan=plan.parent, kind=EffectKind.GOAL, title=title)


def _point(
    plan: Plan,
    node: EffectNode,
    row: DemoEffect,
    sources: dict[str, EffectReference],
    milestones: dict[str, Milestone],
) -> None:
    node.references.set([sources[key] for key in row.sources])
    node.milestones.set([milestones[key] for key in row.steps])
    node.focus_areas.set(plan.focus_areas.filter(title__in=row.focus))
    node.indicators.set(plan.indicators.filter(indicator__name__in=row.indicators))
