"""Doors that only look like one's own: the address of one's own plan with another plan's thing in
it, roles that are over or have not begun, and those who approve a plan without writing it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Body, Membership, User
from plans.models import Cycle, Plan, PlanLead
from tests.standing import standing
from tests.test_access import WORK, Household

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # walks the same lines for each case
    pytest.mark.one_database,  # every one of these doors is asked on both in test_access
]


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker):
    """Every thing a route can name, and a person for each role."""
    with standing(django_db_blocker):
        yield Household()


@pytest.fixture
def house(household, db) -> Household:
    """The household, in a test of its own."""
    return household


def _answers(client, house: Household, email: str, *, instead: str = ""):
    """(route, method, what nobody gets, address, status) of every route of the workspace; what
    a request did is undone before the next."""
    client.force_login(User.objects.get(email=email))
    for route, method, *expected in WORK:
        address = house.address(route).replace(f"/{house.plan.slug}/", instead or house.plan.slug)
        address = address if instead else house.address(route)
        with transaction.atomic():
            status = client.generic(method, address).status_code
            transaction.set_rollback(True)
        yield route, method, expected[1], address, status


@pytest.mark.slow  # every door below a plan, for two people
@pytest.mark.parametrize("who", ["foreign", "administrator"])
def test_things_of_another_plan_do_not_exist_in_ones_own(who, house, client):
    body = Body.objects.get(name="Teknik- og Miljøudvalget")
    own = Plan.objects.create(title="Egen plan", body=body)
    Cycle.objects.create(plan=own)
    things = (
        house.section, house.image, house.comment, house.draft, house.from_word, house.area,
        house.area_taken_out, house.at_meeting, house.milestone, house.group, house.matter,
        house.matter.next_treatment, house.plan.publications.get(),
    )  # fmt: skip
    uids = [str(thing.uid) for thing in things]
    open_doors, tried = [], 0
    for route, method, _nobody, address, status in _answers(
        client, house, f"{who}@example.org", instead=f"/{own.slug}/"
    ):
        if own.slug in address and any(uid in address for uid in uids):
            tried += 1
            if status not in {404, 405}:
                open_doors.append((route, method, status))
    assert tried > 60
    assert open_doors == []


@pytest.mark.slow  # every door, for roles of other days
def test_roles_that_are_over_or_have_not_begun_open_nothing(house, client):
    today, day = clock.today(), dt.timedelta(days=1)
    days = {
        "var@example.org": {"begins": today - 99 * day, "ends": today - day},
        "bliver@example.org": {"begins": today + day},
    }
    for email, when in days.items():
        user = User.objects.create_user(email, "x", name=email)
        for role in (Role.SECRETARY, Role.MEMBER, Role.ADMINISTRATOR):
            body = None if role == Role.ADMINISTRATOR else house.body
            Membership.objects.create(user=user, role=role, body=body, **when)
        for role in PlanRole.values:
            PlanLead.objects.create(plan=house.plan, user=user, role=role, **when)
        open_doors = [
            (email, route, method, status)
            for route, method, nobody, _address, status in _answers(client, house, email)
            if nobody != "ok" and status != int(nobody)
        ]
        assert open_doors == []


@pytest.mark.slow  # every door
@pytest.mark.parametrize("role", [PlanRole.MANAGER, PlanRole.DIRECTOR])
def test_who_approves_a_plan_sees_the_approval_and_nothing_else(role, house, client):
    user = User.objects.get(email="nobody@example.org")
    PlanLead.objects.create(plan=house.plan, user=user, role=role)
    open_doors = {
        (route, status)
        for route, _method, nobody, _address, status in _answers(client, house, user.email)
        if nobody != "ok" and status != int(nobody)
    }
    assert open_doors == {("plans:approval", 302)}
    assert client.get(reverse("plans:image", kwargs={"uid": house.image.uid})).status_code == 200
