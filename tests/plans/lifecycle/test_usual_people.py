"""Who leads and approves the plans of a body: invited before there is a plan, and after."""

from __future__ import annotations

import uuid

import pytest

from kommuneplan.core.accounts.actions.inviting import accept, invite
from kommuneplan.core.accounts.actions.roles import give_role
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, User
from plans.details.actions.structure import create_plan
from plans.models import Plan, PlanLead
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
