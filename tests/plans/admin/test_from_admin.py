"""What is begun in the admin goes on in the workspace; what is said there is said as elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from consultations.models import Round
from kommuneplan.core.models import Body, Municipality, User
from kommuneplan.core.site.word_templates import MunicipalityForm
from plans.models import Cycle, Plan
from plans.rooms import rooms_for
from tests.consultations.round_factories import a_round
from tests.plans.admin.test_admin import address
from tests.plans.admin.test_decisions import do
from tests.plans.matters import ready_plan, submitted, treats
from tests.plans.statuses import in_force, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client) -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = User.objects.create_superuser("chef@example.org", "x", name="Chef")
    client.force_login(user)
    return user


def test_a_plan_made_in_the_admin_has_its_cycle_and_all_its_rooms(client, boss):
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    data = {
        "title": "Ny plan", "kind": "strategy", "body": body.pk,
        "leads-TOTAL_FORMS": 0, "leads-INITIAL_FORMS": 0,
        "publications-TOTAL_FORMS": 0, "publications-INITIAL_FORMS": 0,
    }  # fmt: skip
    reply = client.post(address(Plan, "add"), data)
    assert reply.status_code == 302, reply.context["adminform"].form.errors
    plan = Plan.objects.get()
    assert plan.cycles.get().closed_at is None
    for room in rooms_for(boss, plan):
        assert client.get(room.address_for(plan.slug)).status_code == 200, room.key


def test_every_setting_of_the_municipality_can_be_set(client, boss):
    ours = {field.name for field in Municipality._meta.fields if field.editable} - {"id", "version"}
    kinds = ("memo", "plan", "report", "paper", "status")
    templates = {f"{kind}_template" for kind in kinds}  # handed in as new ones
    form = client.get(address(Municipality, "change", 1)).context["adminform"].form
    assert ours - templates <= set(form.fields)
    assert {f"new_{name}" for name in templates} <= set(MunicipalityForm.base_fields)


def test_deadlines_are_days(client, boss):
    row = a_round()
    Round.objects.filter(pk=row.pk).update(
        opens_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
        closes_at=dt.datetime(2026, 12, 24, 23, tzinfo=dt.UTC),
    )
    shown = client.get(address(Round)).content.decode()
    assert "til og med 24. december 2026" in shown
    assert (
        "til og med 24. december" in client.get(address(Round, "change", row.pk)).content.decode()
    )
    Round.objects.filter(pk=row.pk).update(closes_at=dt.datetime(2026, 12, 24, 11, tzinfo=dt.UTC))
    assert "24. december 2026 kl. 12.00" in client.get(address(Round)).content.decode()


def test_consultations_and_statuses_are_begun_filled_and_submitted_from_the_admin(client, boss):
    plan = ready_plan()
    there = reverse("consultations:round-new", args=[plan.slug])
    assert do(client, "begin_round", plan)["Location"] == there
    row = a_round(announced=False)
    for action, page in (
        ("edit", "round-edit"),
        ("questions", "round-questions"),
        ("materials", "round-materials"),
        ("letter", "round-letter"),
        ("parties", "round-parties"),
        ("announce", "round-announce"),
    ):
        there = reverse(f"consultations:{page}", args=[row.plan.slug, row.uid])
        assert do(client, action, row)["Location"] == there, action
    force = in_force("I kraft")
    there = reverse("plans:status-open", args=[force.slug])
    assert do(client, "open_status", force)["Location"] == there
    status = opened(force)
    for action, page in (("fill", "status"), ("edit", "status-edit"), ("close", "status-close")):
        there = reverse(f"plans:{page}", args=[force.slug, status.year])
        assert do(client, action, status)["Location"] == there, action
    for model, one in ((Plan, force), (Round, row)):
        assert admin.site._registry[model].view_on_site(one) in (
            client.get(address(model, "change", one.pk)).content.decode()
        )


def test_a_cycle_says_the_state_of_the_day_as_the_plan_does(client, boss):
    plan = ready_plan()
    treats(submitted(plan))  # sent out, and no consultation is made yet
    cycle = plan.cycles.get()
    for page in (address(Cycle, "changelist"), address(Cycle, "change", cycle.pk)):
        words = client.get(page).content.decode()
        assert "Skal sendes i høring" in words, page
        assert ">I høring<" not in words, page
