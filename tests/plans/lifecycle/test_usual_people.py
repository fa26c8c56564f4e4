"""Who leads and approves the plans of a body: invited before there is a plan, and after."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import accept, invite
from kommuneplan.core.accounts.actions.roles import end_role, give_role
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Notice, User
from plans.details.actions.structure import create_plan
from plans.lifecycle.usual_people import begin_roles
from plans.models import Plan, PlanLead
from plans.notices.names import APPOINTED
from plans.permissions import EDIT_PROCESS_PLAN
from tests.factories import FIRST, a_plan, committee, imported, person, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    return committee()


def begun(body: Body, by: User) -> Plan:
    facts = {"title": "En plan", "kind": "strategy", "body": body}
    return create_plan(uid=uuid.uuid4(), facts=facts, by=by)


def test_who_was_invited_before_the_plan_leads_it(body: Body) -> None:
    ida, lene, mads = secretary(), person("lene"), person("mads")
    give_role(user=lene, role=Role.LEAD, body=body, by=ida)
    give_role(user=mads, role=Role.MANAGER, body=body, by=ida)
    assert not lene.has_perm(EDIT_PROCESS_PLAN, None)
    plan = begun(body, ida)
    assert set(plan.leads.values_list("user", "role")) == {(lene.pk, "lead"), (mads.pk, "manager")}
    assert lene.has_perm(EDIT_PROCESS_PLAN, plan) and not mads.has_perm(EDIT_PROCESS_PLAN, plan)
    assert PlanLead.history.filter(history_user=ida).count() == 2
    assert imported(FIRST, ida).leads.filter(user=lene, role="lead").exists()


def test_who_accepts_after_the_plan_was_begun_is_put_on_it(body: Body) -> None:
    ida = secretary()
    plan, other = a_plan(), a_plan("En anden", "Kulturudvalget")
    invitation = Invitation(email="lene@example.org", role=Role.LEAD, body=body)
    invite(invitation=invitation, address="https://example.org/TOKEN", by=ida)
    lene = accept(invitation=invitation, name="Lene", password="hemmeligt-9")
    assert list(plan.leads.values_list("user", flat=True)) == [lene.pk]
    assert not other.leads.exists()


def test_nobody_is_guessed_among_several_and_nobody_is_pushed_aside(body: Body) -> None:
    ida, lene, mads = secretary(), person("lene"), person("mads")
    plan = a_plan()
    PlanLead.objects.create(plan=plan, user=mads)
    give_role(user=lene, role=Role.LEAD, body=body, by=ida)
    assert list(plan.leads.values_list("user", flat=True)) == [mads.pk]
    give_role(user=mads, role=Role.LEAD, body=body, by=ida)
    assert not begun(body, ida).leads.exists()


def test_the_role_in_itself_opens_nothing(body: Body) -> None:
    plan = a_plan()
    mads = person("mads")
    PlanLead.objects.create(plan=plan, user=mads)
    lene = person("lene", Role.LEAD, body)
    assert not Plan.objects.readable_by(lene).exists()
    assert not Plan.objects.approved_or_made_by(lene).exists()


def test_who_is_put_on_a_plan_is_told(body: Body) -> None:
    ida, lene = secretary(), person("lene")
    plan = a_plan()
    give_role(user=lene, role=Role.LEAD, body=body, by=ida)
    [told] = Notice.objects.filter(user=lene)
    assert (told.kind, told.thing) == (APPOINTED, plan.uid)


def test_when_the_role_ends_what_it_gave_ends_with_it(body: Body) -> None:
    ida, lene = secretary(), person("lene")
    plan, other = a_plan(), a_plan("En anden", "Kulturudvalget")
    role = give_role(user=lene, role=Role.LEAD, body=body, by=ida)
    kept = PlanLead.objects.create(plan=other, user=lene)
    end_role(membership=role, on=clock.today(), by=ida)
    fresh = User.objects.get(pk=lene.pk)
    assert not fresh.has_perm(EDIT_PROCESS_PLAN, plan)
    assert list(PlanLead.objects.filter(user=lene)) == [kept]


def test_a_role_that_begins_later_is_taken_up_on_its_day(body: Body) -> None:
    ida, lene = secretary(), person("lene")
    plan = a_plan()
    begins = clock.today() + dt.timedelta(days=3)
    give_role(user=lene, role=Role.LEAD, body=body, by=ida, begins=begins)
    begin_roles()
    assert not plan.leads.exists()
    with time_machine.travel(dt.datetime.combine(begins, dt.time(8), dt.UTC)):
        for _hour in range(2):
            begin_roles()
        assert list(plan.leads.values_list("user", "begins")) == [(lene.pk, begins)]
