"""A plan's life driven from the admin: each step leads to its one form; what an action owns is
only shown; a session that ended costs no word."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from kommuneplan.core.models import Municipality, User
from tests.factories import a_plan, person
from tests.plans.matters import adopted, ready_plan, submitted, treats
from tests.plans.statuses import area, in_force, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client) -> User:
    """Somebody who may do everything, signed in."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = User.objects.create_superuser("chef@example.org", "x", name="Chef")
    client.force_login(user)
    return user


def do(client, action: str, *rows, **more):
    """An action of the list page, with these rows chosen."""
    model = type(rows[0])._meta
    address = reverse(f"admin:{model.app_label}_{model.model_name}_changelist")
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address, {**chosen, **more})


def test_the_steps_of_a_life_lead_to_their_forms(client, boss) -> None:
    plan = ready_plan()
    assert do(client, "submit", plan)["Location"] == reverse("plans:submit", args=[plan.slug])
    matter = submitted(plan)
    treatment = matter.next_treatment
    there = reverse("plans:outcome", args=[plan.slug, treatment.uid])
    assert do(client, "record", treatment)["Location"] == there
    assert client.get(there).status_code == 200
    treats(matter)
    version = plan.versions.last()
    there = reverse("plans:version-publish", args=[plan.slug, version.uid])
    assert do(client, "publish", version)["Location"] == there
    assert do(client, "withdraw", plan)["Location"] == reverse("plans:withdraw", args=[plan.slug])


def test_a_plan_in_force_is_revised_repealed_and_its_status_closed(client, boss) -> None:
    plan = adopted(ready_plan())
    for step in ("revise", "repeal"):
        assert do(client, step, plan)["Location"] == reverse(f"plans:{step}", args=[plan.slug])
    status = opened(in_force("Anden strategi"))
    there = reverse("plans:status-close", args=[status.plan.slug, status.year])
    assert do(client, "close", status)["Location"] == there


def test_a_step_that_cannot_be_taken_says_so_and_changes_nothing(client, boss) -> None:
    draft, in_work = a_plan("Udkast"), ready_plan("Forelagt")
    submitted(in_work)
    for action, rows in (
        ("submit", [in_work]),
        ("revise", [draft]),
        ("repeal", [draft]),
        ("submit", [draft, in_work]),
    ):
        answer = do(client, action, *rows)
        there = reverse("admin:plans_plan_changelist")
        assert answer["Location"] == there, action
        page = client.get(there).content.decode()
        assert 'class="warning"' in page, action


def test_staff_without_a_role_are_told_so(client, boss) -> None:
    plan = ready_plan()
    clerk = person("kontor")
    clerk.is_staff = True
    clerk.save()
    from django.contrib.auth.models import Permission

    for code in ("view_plan", "change_plan"):
        clerk.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(clerk)
    assert do(client, "submit", plan)["Location"] == reverse("admin:plans_plan_changelist")


def test_what_an_action_owns_is_only_shown(client, boss) -> None:
    plan = in_force()
    row = area(plan)
    fixed = {
        plan: {"repealed_on", "retired_at"},
        plan.cycles.get(): {"state", "closed_at", "reason", "plan"},
        row: {"ended_on", "ended_because"},
    }
    for thing, names in fixed.items():
        model = thing._meta.model_name
        page = client.get(reverse(f"admin:plans_{model}_change", args=[thing.pk])).content.decode()
        for name in names:
            assert f'name="{name}"' not in page, (model, name)
            assert f"field-{name}" in page, (model, name)
    assert client.get(reverse("admin:plans_cycle_add")).status_code == 403


def test_a_session_that_ended_costs_no_word(client, boss) -> None:
    plan = a_plan()
    address = reverse("admin:plans_plan_change", args=[plan.pk])
    assert client.get(address).status_code == 200
    Session.objects.all().delete()
    answer = client.post(address, {"title": "En helt ny titel", "proposal": "Alt det skrevne"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert 'name="kept"' in page
    plan.refresh_from_db()
    assert plan.title == "Strategi for naboskab"


def test_the_sections_of_the_admin_have_danish_names(client, boss) -> None:
    page = client.get("/admin/").content.decode()
    assert "Axes" not in page
    assert "AXES" not in page
    assert "Loginforsøg" in page
