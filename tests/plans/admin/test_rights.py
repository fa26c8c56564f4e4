"""What staff may do in the admin follows from their roles of the day, with the rows of these."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.accounts.actions.roles import end_role
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Meeting, Membership, Municipality, User
from plans.models import Milestone, Plan, PlanLead, Section
from plans.permissions import of_plans
from tests.factories import a_plan, committee, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Plan:
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Prøve Kommune"})
    return a_plan("Egen plan")


@pytest.fixture
def foreign() -> Plan:
    """A draft of another committee."""
    plan = Plan.objects.create(title="Fremmed plan", body=committee("Kulturudvalget"))
    cycle = plan.cycles.create()
    Milestone.objects.create(cycle=cycle, title="Fremmed milepæl")
    Section.objects.create(plan=plan, title="Fremmed afsnit", text="<p>Nej.</p>")
    return plan


def staff(client: Client, role: str | None, body: Body | None = None) -> User:
    user = person(f"staff {role}", Role(role), body) if role else User.objects.create_user(
        "uden@example.org", "x", name="Uden"
    )  # fmt: skip
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    return user


def address(model: type, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_a_secretary_meets_the_plans_of_the_committee_and_no_others(client, own, foreign):
    staff(client, Role.SECRETARY, own.body)
    page = client.get(address(Plan)).content.decode()
    assert own.title in page and foreign.title not in page
    assert 'name="_save"' in client.get(address(Plan, "change", own.pk)).content.decode()
    for row in (foreign, foreign.sections.get(), foreign.open_cycle.milestones.get()):
        for name in ("change", "history", "delete"):
            answer = client.get(address(type(row), name, row.pk), follow=True)
            assert "Fremmed" not in answer.content.decode(), (type(row), name)
        old = row.history.first()
        assert client.get(address(type(row), "simple_history", row.pk, old.pk)).status_code == 403
    assert client.get(address(User)).status_code == 403
    index = client.get(reverse("admin:index")).content.decode()
    assert "Milepæle" in index and "Høringsrunder" in index


def test_nothing_foreign_can_be_chosen_or_sent(client, own, foreign):
    staff(client, Role.SECRETARY, own.body)
    found = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "plans", "model_name": "milestone", "field_name": "cycle", "term": "plan"},
    )
    assert "Fremmed" not in found.content.decode()
    data = {"title": "Nyt", "plan": foreign.pk, "position": 0, "text": "", "seen": ""}
    answer = client.post(address(Section, "add"), data)
    assert answer.status_code == 200 and "plan" in answer.context["adminform"].form.errors
    assert client.post(address(Section, "add"), data | {"plan": own.pk}).status_code == 302
    assert own.sections.get().title == "Nyt"
    bodies = client.get(address(Plan, "add")).context["adminform"].form.fields["body"].queryset
    assert [*bodies] == [own.body]


def test_what_is_chosen_already_stays_though_one_does_not_meet_it(client, own, foreign):
    own.parent = foreign
    own.save()
    staff(client, Role.SECRETARY, own.body)
    form = client.get(address(Plan, "change", own.pk)).context["adminform"].form
    assert foreign in form.fields["parent"].queryset


def test_a_meeting_is_changed_by_the_secretary_of_its_body_and_seen_by_all(client, own, foreign):
    day = clock.today() + dt.timedelta(days=9)
    mine = Meeting.objects.create(body=own.body, date=day)
    theirs = Meeting.objects.create(body=foreign.body, date=day)
    staff(client, Role.SECRETARY, own.body)
    assert 'name="_save"' in client.get(address(Meeting, "change", mine.pk)).content.decode()
    page = client.get(address(Meeting, "change", theirs.pk))
    assert page.status_code == 200 and 'name="_save"' not in page.content.decode()


def test_a_role_that_has_ended_gives_nothing_from_that_day(client, own):
    user = staff(client, Role.SECRETARY, own.body)
    assert client.get(address(Plan)).status_code == 200
    end_role(membership=Membership.objects.get(user=user), on=clock.today(), by=None)
    assert client.get(address(Plan)).status_code == 403


def test_a_plan_lead_meets_the_plan_that_is_led(client, own, foreign):
    user = staff(client, None)
    assert client.get(address(Plan)).status_code == 403
    PlanLead.objects.create(plan=own, user=user)
    page = client.get(address(Plan)).content.decode()
    assert own.title in page and foreign.title not in page
    assert client.get(address(Plan, "add")).status_code == 403
    form = client.get(address(Plan, "change", own.pk)).context["adminform"].form
    assert own.body in form.fields["body"].queryset


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COUNCIL_SECRETARY])
def test_who_only_reads_or_answers_has_nothing_to_do_there(client, own, role):
    staff(client, role, own.body)
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(address(Plan)).status_code == 403


def test_an_administrator_may_everything_but_make_somebody_more(client, own, foreign):
    user = staff(client, Role.ADMINISTRATOR)
    page = client.get(address(Plan)).content.decode()
    assert own.title in page and foreign.title in page
    form = client.get(address(User, "change", user.pk)).context["adminform"].form
    assert "is_staff" in form.fields and "is_superuser" not in form.fields
    data = {"email": "chef@example.org", "name": user.name, "is_active": "on", "is_staff": "on",
            "is_superuser": "on", "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0}  # fmt: skip
    assert client.post(address(User, "change", user.pk), data).status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    boss = User.objects.create_superuser("top@example.org", "x", name="Top")
    for page in (address(User, "change", boss.pk), f"/admin/core/user/{boss.pk}/password/"):
        assert client.post(page, {"password1": "x", "password2": "x"}).status_code == 403


def test_people_who_are_not_staff_are_asked_no_permissions(own, django_assert_num_queries):
    user = person("ikke staff", Role.SECRETARY, own.body)
    with django_assert_num_queries(0):
        assert not user.has_perm("plans.view_plan")
    assert of_plans("plan")(user)
