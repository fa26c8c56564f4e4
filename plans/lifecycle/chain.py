"""The bodies that a plan usually goes through."""

from __future__ import annotations

from collections.abc import Iterable

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body
from plans.models import Plan


def proposed_bodies(plan: Plan) -> list[Body]:
    """The chain as it usually is, in order: the plan's body, the finance committee, the council."""
    return in_chain(plan, political_bodies())


def political_bodies(among: Iterable[Body] | None = None) -> list[Body]:
    """The bodies every plan may come to after its own, in order; ``among`` known bodies."""
    kinds = [BodyKind.FINANCE_COMMITTEE, BodyKind.COUNCIL]
    known = Body.objects.filter(kind__in=kinds) if among is None else among
    political = [body for body in known if body.kind in kinds]
    return sorted(political, key=lambda body: (body.kind == BodyKind.COUNCIL, body.sort_key))


def in_chain(plan: Plan, political: list[Body]) -> list[Body]:
    """The chain of one plan, with ``political_bodies`` asked for already."""
    return [plan.body, *(body for body in political if body.pk != plan.body_id)]
