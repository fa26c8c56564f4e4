"""Who leads and approves the plans of a body unless somebody else is named.

A person who has one of the roles of ``PlanRole`` in a body, and is the only one there who has it,
is put on the body's plans that have nobody in it: those there are when the role begins, and those
begun later. On the plan it is an appointment like any other, and may be ended there; when the role
in the body ends, those appointments to it end with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from kommuneplan.clock import today
from kommuneplan.core import upkeep
from kommuneplan.core.accounts.actions.ending import end_on
from kommuneplan.core.accounts.actions.roles import register_role_ended, register_role_taken
from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Membership, User
from plans.models import Plan, PlanLead

Appointed = Callable[[PlanLead, "User | None"], None]

_appointed: list[Appointed] = []


@transaction.atomic
def appoint_usual(*, plan: Plan, by: User | None) -> None:
    """Put the people of the plan's body on the plan, where nobody is named."""
    day = today()
    taken = set(plan.leads.sharing(day).values_list("role", flat=True))
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
        for follows in _appointed:
            follows(row, by)


def _role_taken(membership: Membership, by: User | None) -> None:
    """Somebody leads or approves the body's plans from today."""
    if not Role(membership.role).on_plans or membership.begins > today():
        return
    plans = Plan.objects.select_for_update().filter(body=membership.body_id, retired_at=None)
    for plan in plans.order_by("pk"):
        appoint_usual(plan=plan, by=by)


def _role_ended(membership: Membership, on: dt.date, by: User | None) -> None:
    """Somebody no longer leads or approves the body's plans from that day."""
    if not Role(membership.role).on_plans:
        return
    rows = PlanLead.objects.sharing(on).filter(
        user=membership.user_id, role=membership.role, plan__body=membership.body_id
    )
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        end_on(row, on=on, by=by)


def begin_roles() -> None:
    """Roles that begin today, given on a day before. Done twice it is done once."""
    rows = Membership.objects.filter(begins=today(), role__in=PlanRole.values)
    for membership in rows.order_by("pk"):
        with transaction.atomic():
            _role_taken(membership, None)


def register_usual_people(appointed: Appointed) -> None:
    """Called once, when the app is ready."""
    if appointed not in _appointed:
        _appointed.append(appointed)
    register_role_taken(_role_taken)
    register_role_ended(_role_ended)
    upkeep.register("plans.roles", begin_roles)
