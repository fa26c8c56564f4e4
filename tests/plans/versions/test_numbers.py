"""One number for a version: the public's. What nobody can read has a name."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting
from plans.enums import Stage
from plans.models import Matter, Plan, PlanVersion, Publication, Treatment
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from plans.versions.verification import verify
from tests.factories import person
from tests.plans.matters import ready_plan, submitted
from tests.plans.published import body_named

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def plan() -> Plan:
    return ready_plan()


def frozen(plan: Plan, stage: str = Stage.PROCESS_PLAN) -> PlanVersion:
    return freeze(plan=plan, stage=stage, by=None)


def number(version: PlanVersion) -> int | None:
    return PlanVersion.objects.values_list("public_number", flat=True).get(pk=version.pk)


# --- the public's series ---------------------------------------------------------------------


def test_the_first_that_everybody_reads_is_version_1(plan):
    hidden, first, between, second = (frozen(plan) for _ in range(4))
    publish(version=first, by=None)
    publish(version=between, by=None, audience="members")
    publish(version=second, by=None)
    assert [number(one) for one in (hidden, first, between, second)] == [None, 1, None, 2]
    assert (first.name, first.number) == ("Version 1", 2)
    assert not verify().faults


def test_published_withdrawn_and_published_again_it_keeps_its_number(client, plan):
    first, second = frozen(plan), frozen(plan)
    withdraw(publication=publish(version=first, by=None), by=None, because="For tidligt.")
    address = f"/planer/{plan.slug}/versioner/1/"
    assert client.get(address).status_code == 410
    publish(version=second, by=None)
    again = publish(version=first, by=None)
    assert (number(first), number(second), again.number) == (1, 2, 1)
    page = client.get(address).content.decode()
    assert "alert-warning" not in page  # it is the newest, though its number is not the highest
    assert "alert-warning" in client.get(f"/planer/{plan.slug}/versioner/2/").content.decode()
    versions = page[page.index('id="versions"') :]
    assert versions.index("Version 1") < versions.index("Version 2")
    assert versions.count("Version 1") == 1
    papers = client.get(f"/planer/{plan.slug}/versioner/1/procesplan.docx")
    assert papers.status_code == 200


def test_what_was_scheduled_and_never_opened_gives_its_number_back(plan):
    first, second = frozen(plan), frozen(plan)
    row = publish(version=first, by=None, visible_from=clock.now() + DAY)
    assert number(first) == 1
    withdraw(publication=row, by=None, because="Alligevel ikke.")
    publish(version=second, by=None)
    assert (number(first), number(second)) == (None, 1)
    assert not verify().faults


def test_a_number_that_does_not_fit_is_found(plan):
    version = frozen(plan)
    PlanVersion.objects.update(public_number=7)
    assert [fault.version for fault in verify().faults] == [version.number]


def test_calendars_count_every_publication(client, plan):
    first, second = frozen(plan), frozen(plan)
    for version in (first, second, first):
        publish(version=version, by=None)
    assert "SEQUENCE:3" in client.get(f"/planer/{plan.slug}/kalender.ics").content.decode()
    assert "SEQUENCE:3" in client.get("/kalender.ics").content.decode()


# --- names ------------------------------------------------------------------------------------


def test_what_is_not_public_has_a_name(plan):
    day = dt.date(2026, 11, 11)
    assert frozen(plan).name.startswith("Udgave frosset ")
    assert frozen(plan, Stage.CONSULTATION).name.startswith("Høringsudkast frosset ")
    submitted(plan)
    version = plan.versions.get(stage=Stage.SUBMITTED)
    assert version.name == "Udgave forelagt Socialudvalget"
    treatment = Treatment.objects.get()
    treatment.meeting = Meeting.objects.create(body=treatment.body, date=day)
    treatment.save()
    treatment.body.abbreviation = "SUD"
    treatment.body.save()
    listed = plan.versions.listed().get(pk=version.pk)
    fresh = plan.versions.get(pk=version.pk)
    assert listed.name == fresh.name == "Udgave forelagt Socialudvalget 11. november 2026"
    assert "frosset" in listed.details and "kl." in listed.details


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_names_is_one_query(plan, rows, django_assert_num_queries):
    for _ in range(rows):
        Matter.objects.all().delete()
        frozen(plan)
    submitted(plan)
    with django_assert_num_queries(1):
        assert all(row.name for row in plan.versions.listed())


def test_the_workspace_knows_no_other_number(client, plan):
    frozen(plan)
    publish(version=frozen(plan), by=None)
    client.force_login(person("chef", Role.ADMINISTRATOR, is_staff=True, is_superuser=True))
    shown = plan.versions.get(public_number=1)
    pages = [
        reverse("plans:versions", args=[plan.slug]),
        reverse("plans:version-compare", args=[plan.slug]),
        reverse("plans:work-version", args=[plan.slug, shown.uid]),
        reverse("plans:history", args=[plan.slug]),
        reverse("admin:plans_planversion_changelist"),
    ]
    for address in pages:
        page = client.get(address).content.decode()
        assert "Version 1" in page, address
        assert "ersion 2" not in page, address
        assert "versioner/2/" not in page, address


# --- old addresses -----------------------------------------------------------------------------


def test_addresses_with_the_place_in_the_chain_hold(client, plan):
    frozen(plan)
    second = frozen(plan)
    publish(version=second, by=None)
    client.force_login(person("chef", Role.ADMINISTRATOR, is_staff=True, is_superuser=True))
    base = f"/arbejde/planer/{plan.slug}/versioner/"
    for end in ("", "plan.pdf", "skjul/", "offentliggoer/"):
        assert client.get(f"{base}2/{end}").status_code == 200, end
        assert client.get(f"{base}{second.uid}/{end}").status_code == 200, end
        assert client.get(f"{base}3/{end}").status_code == 404, end
    page = client.get(f"{base}2/").content.decode()
    assert "Version 1" in page
    old = client.get(f"{base}sammenlign/?fra=1&til=2").content.decode()
    assert f'value="{second.uid}" selected' in old
    assert client.get(f"{base}sammenlign/?fra=3").status_code == 404


def test_a_number_that_a_repeated_publication_had_leads_to_the_version(client):
    plan = Plan.objects.create(title="Plan", body=body_named())
    first, second = frozen(plan), frozen(plan)
    for version in (first, first, second):
        publish(version=version, by=None)
    # as it was before versions had one number: the publications are counted
    former = dict(enumerate(plan.publications.order_by("pk"), start=1))
    PlanVersion.objects.update(public_number=None)
    for place, row in former.items():
        Publication.objects.filter(pk=row.pk).update(former_number=place)
    import_module("plans.migrations.0005_one_number").number_versions(apps, connection)
    assert (number(first), number(second)) == (1, 3)
    assert list(plan.publications.order_by("pk").values_list("former_number", flat=True)) == [
        None, 2, None,
    ]  # fmt: skip
    for end in ("", "plan.pdf", "procesplan.docx"):
        moved = client.get(f"/planer/plan/versioner/2/{end}")
        assert (moved.status_code, moved["Location"]) == (301, f"/planer/plan/versioner/1/{end}")
        assert client.get(f"/planer/plan/versioner/3/{end}").status_code == 200
    third = frozen(plan)
    publish(version=third, by=None)
    assert number(third) == 4
    assert not verify().faults
