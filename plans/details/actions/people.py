"""Who leads a plan, and who approves it: from a day, until a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.accounts.actions.ending import end_on
from kommuneplan.core.models import User
from plans.models import Plan, PlanLead
from plans.notices.telling import tell_appointed


class AppointedAlready(Exception):
    """The person does that on the plan already."""


@transaction.atomic
def appoint(
    *, plan: Plan, user: User, role: str, by: User | None, begins: dt.date | None = None
) -> PlanLead:
    """Let a person lead or approve a plan from a day (today) until further notice.

    Raises AppointedAlready when they do it then or later.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    begins = begins or clock.today()
    if plan.leads.sharing(begins).filter(user=user, role=role).exists():
        raise AppointedAlready
    row = PlanLead(plan=plan, user=user, role=role, begins=begins)
    row._history_user = by
    row.save()
    tell_appointed(row, by)
    return row


@transaction.atomic
def discharge(*, lead: PlanLead, on: dt.date, by: User | None) -> None:
    """Let it end: ``on`` is the first day without it (see ``end_on``)."""
    end_on(PlanLead.objects.select_for_update().get(pk=lead.pk), on=on, by=by)
