"""Who is told of an act: called by the actions, in their transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from kommuneplan.clock import COPENHAGEN, now, today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, User
from kommuneplan.core.notices.actions import notify
from plans.lifecycle.approval import PlanApproval
from plans.models import Matter, Plan, PlanLead, Question, Treatment

from .names import ANSWER, APPOINTED, APPROVAL, PUT_BEFORE, QUESTION, is_near
from .work import occasion_of


def holders(role: Role, *bodies: Body) -> QuerySet[Any]:
    """Those who have a role in some bodies today, by primary key."""
    held = Membership.objects.held(on=today()).filter(role=role, body__in=bodies)
    return held.values_list("user", flat=True)


def leads(plan: Plan) -> QuerySet[Any]:
    """Those who lead a plan today, by primary key."""
    held = PlanLead.objects.leading(on=today()).filter(plan=plan)
    return held.values_list("user", flat=True)


def tell_next_body(*, matter: Matter, by: User | None) -> None:
    """The members of the body whose turn it is now. Of a meeting that is over nobody is told: it
    is only written down."""
    treatment: Treatment | None = matter.next_treatment
    if treatment is None or matter.closed_at is not None:
        return
    day = treatment.meeting.date if treatment.meeting else None
    if day is None or day >= today():
        members = holders(Role.MEMBER, treatment.body)
        notify(
            kind=PUT_BEFORE, thing=treatment.uid, users=members, by=by, occasion="once",
            urgent=is_near(day),
        )  # fmt: skip


def tell_appointed(row: PlanLead, by: User | None) -> None:
    """Whoever is to lead or approve a plan, on the first day on which they do."""
    first = dt.datetime.combine(row.begins, dt.time(tzinfo=COPENHAGEN))
    notify(
        kind=APPOINTED, thing=row.plan.uid, users=[row.user_id], by=by, occasion=occasion_of(row),
        due_at=max(first, now()),
    )  # fmt: skip


def tell_next_approver(*, before: PlanApproval, by: User | None) -> None:
    """Those whose step follows the one that was taken; ``before``: as it stood then. Urgent: the
    plan stands still until they act, and nobody else can."""
    steps = list(before.steps)
    taken = steps.index(before.next_step) if before.next_step else len(steps)
    for step in steps[taken + 1 : taken + 2]:
        asked = [user.pk for user in step.holders]
        notify(kind=APPROVAL, thing=before.plan.uid, users=asked, by=by, urgent=True)


def tell_question(*, question: Question, by: User | None) -> None:
    """Those who may answer it: the secretaries of the asker's body and of the plan's, the leads."""
    plan = question.frozen.plan
    asked = [*holders(Role.SECRETARY, question.body, plan.body), *leads(plan)]
    notify(
        kind=QUESTION, thing=question.uid, users=asked, by=by, urgent=_is_before_bodies_soon(plan)
    )


def tell_answered(*, question: Question, by: User | None) -> None:
    """The asker."""
    notify(
        kind=ANSWER, thing=question.uid, users=[question.asker_id], by=by,
        urgent=_is_before_bodies_soon(question.frozen.plan),
    )  # fmt: skip


def _is_before_bodies_soon(plan: Plan) -> bool:
    """Whether a question or an answer would be of no use a day later."""
    days = Treatment.objects.filter(
        matter__plans__cycle__plan=plan, matter__closed_at__isnull=True, outcome="",
        meeting__date__gte=today(),
    ).values_list("meeting__date", flat=True)  # fmt: skip
    return any(is_near(day) for day in days)
