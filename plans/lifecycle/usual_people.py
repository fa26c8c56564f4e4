"""Who leads and approves the plans of a body unless somebody else is named.

A person who has one of the roles of ``PlanRole`` in a body, and is the only one there who has it,
is put on the body's plans that have nobody in it: those there are when the role is taken, and those
begun later. On the plan it is an appointment like any other, and is ended there.
"""

from __future__ import annotations

from django.db import transaction

from kommuneplan.clock import today
from kommuneplan.core.accounts.actions.roles import register_role_taken
from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Membership, User
from plans.models import Plan, PlanLead


@transaction.atomic
def appoint_usual(*, plan: Plan, by: User | None) -> list[PlanLead]:
    """Put the people of the plan's body on the plan, where nobody is named; those put on it."""
    day = today()
    taken = set(plan.leads.sharing(day).values_list("role", flat=True))
    put = []
    for role in PlanRole:
        holders = Membership.objects.held(on=day).filter(
            body=plan.body_id, role=role, user__is_active=True
        )
        only = set(holders.values_list("user", flat=True)[:2])
        if role in taken or len(only) != 1:
            continue
        row = PlanLead(plan=plan, user_id=only.pop(), role=role, begins=day)
        row._history_user = by
        row.save()
        put.append(row)
    return put


def _role_taken(membership: Membership, by: User | None) -> None:
    """Somebody leads or approves the body's plans from today."""
    if not Role(membership.role).on_plans or membership.begins > today():
        return
    plans = Plan.objects.select_for_update().filter(body=membership.body_id, retired_at=None)
    for plan in plans.order_by("pk"):
        appoint_usual(plan=plan, by=by)


def register_usual_people() -> None:
    """Called once, when the app is ready."""
    register_role_taken(_role_taken)
