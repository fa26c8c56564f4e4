"""The bodies that a plan usually goes through."""

from __future__ import annotations

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body
from plans.models import Plan


def proposed_bodies(plan: Plan) -> list[Body]:
    """The chain as it usually is, in order: the plan's body, the finance committee, the council."""
    political = list(Body.objects.filter(kind__in=[BodyKind.FINANCE_COMMITTEE, BodyKind.COUNCIL]))
    political.sort(key=lambda body: (body.kind == BodyKind.COUNCIL, body.sort_key))
    return [plan.body, *(body for body in political if body.pk != plan.body_id)]
