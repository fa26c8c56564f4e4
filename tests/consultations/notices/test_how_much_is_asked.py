"""How many questions a morning asks: some for all, and a number for each person that does not grow
with what waits for them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.handling.actions.remarks import sort_many
from kommuneplan.core.enums import ApprovalSteps, Role
from kommuneplan.core.models import Mail, Membership, Municipality, Notice
from kommuneplan.core.notices import telling
from kommuneplan.core.notices.actions import notify
from kommuneplan.core.notices.kinds import kinds
from kommuneplan.timespan.span import TimeSpan
from plans.details.actions.people import appoint
from plans.members.actions import questions
from plans.models import Approval
from tests.consultations.handled import a_remark
from tests.consultations.notices.test_rounds_told import by_letter
from tests.consultations.round_factories import a_round
from tests.factories import committee, person
from tests.plans.member_household import member, plan_before, submitted_version
from tests.plans.notices.told import MONDAY, TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # how many are asked is one number
# Asked of by tests of their own: what a committee or a plan waits for.
OTHERS = {"plans.request_due", "plans.request_late", "plans.duty", "plans.measurement"}
FOR_ALL, FOR_EACH = 27, 24  # with a colleague of one kind; each of the others of all eight


def everything_for(people: list, plans: int) -> None:
    """Each of them is everything in some plans, and something of every kind waits for them."""
    for user in people:
        for role in (Role.MEMBER, Role.SECRETARY):
            Membership.objects.create(user=user, role=role, body=committee())
    colleague = member("kollega")
    for number in range(plans):
        plan = plan_before(title=f"Strategi {number}")
        for user in people:
            appoint(plan=plan, user=user, role="lead", by=None)
            appoint(plan=plan, user=user, role="manager", by=None)
        hearing = plan.open_cycle.milestones.first()
        hearing.when = TimeSpan.day(dt.date(2027, 3, 4))
        hearing.save()
        version = submitted_version(plan)
        for user in people:
            for asker in (user, colleague):
                ask = {"version": version, "anchor": "", "words": "Hvornår?", "key": uuid.uuid4()}
                questions.ask(**ask, by=asker)
            mine = user.questions.get(frozen=version)
            questions.answer(question=mine, words="Nu", show=False, seen=mine.version, by=None)
        round = a_round(opens=MONDAY, closes=MONDAY + dt.timedelta(days=30))
        by_letter(round)
        Approval.objects.create(cycle=round.plan.open_cycle, step="lead", digest="0" * 64)
        for user in people:
            appoint(plan=round.plan, user=user, role="lead", by=None)
            appoint(plan=round.plan, user=user, role="manager", by=None)
            sort_many(remarks=[a_remark(round)], facts={"assignee": user}, by=None)
        keys = [user.pk for user in people]
        notify(kind="plans.approval", thing=round.plan.uid, users=keys, by=None)


@pytest.mark.parametrize(("people", "plans"), [(1, 1), (1, 3), (3, 1), (3, 3)])
def test_a_morning_asks_a_bounded_number_of_questions(people, plans):
    with time_machine.travel(MONDAY, tick=False) as clocks:
        town = Municipality.objects.create(pk=1, name="Prøve Kommune")
        everything_for([person(f"nr{number}") for number in range(people)], plans)
        town.approval_steps = ApprovalSteps.LEAD_MANAGER
        town.save()
        clocks.move_to(TUESDAY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            telling.tell_by_day()
        assert Mail.objects.filter(reference__startswith=telling.DIGEST).count() == people + 1
        told = (
            Notice.objects.filter(end="told", user__name__startswith="nr")
            .values_list("user", "kind")
            .distinct()
        )
        assert len(set(told)) == people * len(kinds.keys() - OTHERS)
        print("ASKED", people, plans, len(asked))
        assert len(asked) == FOR_ALL + FOR_EACH * people
