"""Milestones, sections and focus areas are marked public many at once; nobody's marks are lost."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from plans.enums import Stage
from plans.models import FocusArea, Milestone, Plan, Section
from plans.process.actions.marking import mark_many
from plans.text.actions.outline import retire_section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan, secretary
from tests.plans.matters import ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = secretary()
    client.force_login(user)
    return user


@pytest.fixture
def plan(user) -> Plan:
    """A public hearing and section, and three of each that are internal."""
    plan = ready_plan()
    for number in range(3):
        Milestone.objects.create(cycle=plan.open_cycle, title=f"Møde {number}")
        Section.objects.create(plan=plan, title=f"Afsnit {number}", position=number + 1)
    return plan


def shown(client, plan) -> dict:
    """The form as the page holds it."""
    page = client.get(reverse("plans:publish-choose", args=[plan.slug])).content.decode()
    return fields(page)


def fields(page: str) -> dict:
    form: dict = {"shown": [], "was": [], "public": []}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="(shown|was|public)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("hidden" in tag or "checked" in tag):
            form[name[1]].append(value[1])
    return form


def send(client, plan, form, **more):
    answer = client.post(
        reverse("plans:mark-public", args=[plan.slug]), {**form, **more}, follow=True
    )
    return " ".join(answer.content.decode().split())


def public(model, **where) -> list[str]:
    rows = model.objects.filter(is_public=True, **where).order_by("pk")
    return list(rows.values_list("title", flat=True))


def test_many_are_marked_with_one_press_and_one_reason(client, plan):
    form = shown(client, plan)
    assert len(form["shown"]) == 8 and len(form["was"]) == len(form["public"]) == 2
    two = [str(row.uid) for row in (Milestone.objects.get(title="Møde 1"),
                                    Section.objects.get(title="Afsnit 2"))]  # fmt: skip
    form["public"] += two
    page = send(client, plan, form, reason="Udvalget har bedt om det.")
    assert "2 er ændret." in page
    assert public(Milestone) == ["Høring", "Møde 1"]
    assert public(Section) == ["Mål", "Afsnit 2"]
    for model, title in ((Milestone, "Møde 1"), (Section, "Afsnit 2")):
        last = model.history.filter(title=title).latest()
        assert last.history_change_reason == "Udvalget har bedt om det."
    assert Section.history.filter(title="Afsnit 1").count() == 1


def test_all_of_a_kind_are_ticked_without_javascript_and_nothing_is_stored(client, plan):
    form = shown(client, plan)
    page = send(client, plan, form, tick="afsnit", reason="Fordi.")
    assert public(Section) == ["Mål"]
    assert 'value="Fordi."' in page
    again = fields(page)
    assert len(again["public"]) == 5 and again["was"] == form["was"]
    send(client, plan, again)
    assert len(public(Section)) == 4 and public(Milestone) == ["Høring"]


def test_what_others_mark_meanwhile_stays_and_is_told(client, plan):
    form = shown(client, plan)
    Milestone.objects.filter(title="Møde 0").update(is_public=True)
    Section.objects.filter(title="Mål").update(is_public=False)
    retire_section(section=Section.objects.get(title="Afsnit 0"), by=None)
    Milestone.objects.create(cycle=plan.open_cycle, title="Nyt", is_public=True)
    form["public"].append(str(Section.objects.get(title="Afsnit 1").uid))
    page = send(client, plan, form)
    assert public(Milestone) == ["Høring", "Møde 0", "Nyt"]
    assert public(Section, retired_at=None) == ["Afsnit 1"]
    assert "1 er ændret." in page
    assert "De bliver, som de er nu: Mål, Møde 0." in page or "Møde 0, Mål." in page
    assert "1 af dem, du så, er ikke i planen mere." in page


def test_a_long_reason_is_refused_and_the_ticks_are_kept(client, plan):
    form = shown(client, plan)
    form["public"].append(str(Section.objects.get(title="Afsnit 1").uid))
    address = reverse("plans:mark-public", args=[plan.slug])
    answer = client.post(address, {**form, "reason": "x" * 301})
    assert answer.status_code == 422
    assert fields(answer.content.decode())["public"] != fields("")["public"]
    assert len(fields(answer.content.decode())["public"]) == 3
    assert public(Section) == ["Mål"]


def test_it_is_all_or_nothing(plan, monkeypatch):
    def fails(**_facts):
        raise RuntimeError

    monkeypatch.setattr("plans.process.actions.marking.mark_section", fails)
    rows = [Milestone.objects.get(title="Møde 0"), Section.objects.get(title="Afsnit 0")]
    uids = [str(row.uid) for row in rows]
    with pytest.raises(RuntimeError):
        mark_many(plan=plan, shown=dict.fromkeys(uids, False), public=uids, by=None)
    assert public(Milestone) == ["Høring"]


def test_another_plans_rows_are_not_reached(client, plan):
    other = Section.objects.create(plan=ready_plan("Anden plan"), title="Fremmed")
    send(client, plan, {"shown": [str(other.uid)], "public": [str(other.uid)]})
    assert not Section.objects.get(pk=other.pk).is_public


def test_the_page_asks_as_much_for_many_as_for_one(client, plan):
    address = reverse("plans:publish-choose", args=[plan.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        Milestone.objects.create(cycle=plan.open_cycle, title=f"Flere {number}")
        Section.objects.create(plan=plan, title=f"Flere {number}", position=9)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_focus_areas_are_marked_beside_the_rest(client, plan):
    one, other = (
        FocusArea.objects.create(plan=plan, title=title, position=place)
        for place, title in enumerate(("Bolig", "Job"))
    )
    gone = FocusArea.objects.create(
        plan=plan, title="Udgået", retired_at=clock.now(), retired_because="Nej"
    )
    form = shown(client, plan)
    assert str(one.uid) in form["shown"] and str(gone.uid) not in form["shown"]
    all_of_them = send(client, plan, form, tick="indsatsomraader")
    assert {str(one.uid), str(other.uid)} <= set(fields(all_of_them)["public"])
    form["public"].append(str(other.uid))
    send(client, plan, form, reason="Klar")
    assert public(FocusArea) == ["Job"]
    assert other.history.latest().history_change_reason == "Klar"
    assert one.history.count() == 1


def test_a_plan_with_nothing_but_focus_areas_can_mark_them(client, user):
    plan = a_plan()
    area = FocusArea.objects.create(plan=plan, title="Bolig")
    form = shown(client, plan)
    form["public"].append(str(area.uid))
    send(client, plan, form)
    assert public(FocusArea) == ["Bolig"]


@pytest.mark.parametrize(
    ("model", "leads_to"), [(Milestone, "publish"), (Section, "publish-draft")]
)
def test_going_on_leads_to_where_the_change_is_published(client, plan, model, leads_to):
    publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    form = shown(client, plan)
    row = model.objects.filter(is_public=False).first()
    form["public"].append(str(row.uid))
    address = reverse("plans:mark-public", args=[plan.slug])
    answer = client.post(address, {**form, "publish": "1"})
    assert answer.url == reverse(f"plans:{leads_to}", args=[plan.slug])
