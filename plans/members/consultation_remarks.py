"""What was said about a frozen version in a consultation, as its members may read it beside the
paragraphs. Told by the app above, which registers in ``ready()``; without one nothing was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kommuneplan.core.models import User
from plans.models import PlanVersion
from plans.models.submitted import recused_plans


@dataclass(frozen=True, slots=True)
class Spoken:
    """A remark as it is published: who said it and what, about which block (empty: the whole), and
    what is answered (safe HTML) and proposed, in words, once that is told. ``quote``: the words of
    the block then, for a version that has it no more."""

    anchor: str
    who: str
    words: str
    quote: str = ""
    reply: str = ""
    proposal: str = ""
    alike: int = 1


Source = Callable[[PlanVersion, User, dt.datetime], Iterable[Spoken]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source; twice is as once."""
    if source not in _sources:
        _sources.append(source)


def spoken_of(version: PlanVersion, user: User, *, at: dt.datetime) -> list[Spoken]:
    """Everything that was said about a version and that this member may read at an instant;
    nothing of a plan whose matter they are inhabil in."""
    if recused_plans(user).filter(plan=version.plan_id).exists():
        return []
    return [one for source in _sources for one in source(version, user, at)]
