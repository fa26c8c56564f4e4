"""What the paper of 2009 says of status reports stands as reports on the page of its plan."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from kommuneplan.core.models import User
from plans.demo import living, social_psychiatry, status_reports
from plans.models import Plan, StatusReport
from tests.standing import standing

pytestmark = pytest.mark.django_db
PROJECT = social_psychiatry.PROJECT.slug


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        call_command("load_demo", logins=True, verbosity=0)
        yield


@pytest.fixture
def demo(loaded, db) -> None:
    """The demo, in a test of its own."""


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    words = re.sub("<[^>]*>", " ", answer.content.decode()).replace("\xa0", " ")
    return " ".join(words.split())


REPORT = f"/planer/{PROJECT}/statusrapporter/1/"


def test_the_plan_tells_of_the_orientation_of_21_october_2009(demo, client):
    words = page(client, f"/planer/{PROJECT}/")
    assert "Orientering om status på projektet 21. oktober 2009" in words
    assert "Sendt til Socialudvalget 21. oktober 2009." in words


@pytest.mark.parametrize(
    "fact",
    [
        "2009-53145",
        "2009-629100",
        "MR Handicap og Psykiatri",
        "Baggrund",
        "satspuljen 19M",
        "Socialudviklingscenter SUS",
        "13. november 2008",
        "Socialudvalget bad den 13. maj 2009 om en status inden årets udgang",
        "efterretningssag C",
        "siden juni 2009",
        "20 sagsbehandlere fra fem voksenteams",
        "Videre proces",
        "Primo 2010 begynder udviklingsfasen",
        "én rapport til to modtagere",
    ],
)
def test_the_orientation_says_what_the_paper_says(demo, client, fact):
    assert fact in page(client, REPORT)


def test_the_second_case_worker_is_shown_as_missing_and_nobody_is_named(demo, client):
    assert "Sagsbehandlere Sagsbehandler mangler" in page(client, REPORT)


def test_one_report_a_year_goes_to_two(demo, client):
    user = User.objects.get(email="sekretaer@example.org")
    client.force_login(user)
    words = page(client, f"/arbejde/planer/{PROJECT}/statusrapporter/")
    assert "Årlig statusrapport til ministeriet og Socialudvalget Planlagt" in words
    assert "en gang om året Ministeriet: ikke sendt Socialudvalget: ikke sendt" in words


def test_it_was_to_come_before_the_end_of_the_year(demo, client):
    client.force_login(User.objects.get(email="sekretaer@example.org"))
    report = StatusReport.objects.get(plan__slug=PROJECT, number=1)
    words = page(client, reverse("plans:report", args=[PROJECT, report.uid]))
    assert "inden udgangen af 2009" in words or "senest 31. december 2009" in words


def test_the_plan_of_today_has_one_that_was_sent_and_one_that_is_begun(demo, client):
    plan = Plan.objects.get(slug=living.SLUG)
    first, second = plan.status_reports.order_by("number")
    assert first.is_public and second.begun_at and not second.is_frozen
    assert first.title.startswith("Eksempel:") and second.title.startswith("Eksempel:")
    assert status_reports.EXAMPLE in page(client, f"/planer/{living.SLUG}/statusrapporter/1/")


def test_loading_again_leaves_them_as_they_are(demo):
    before = list(StatusReport.objects.order_by("pk").values())
    call_command("load_demo", logins=True, verbosity=0)
    assert list(StatusReport.objects.order_by("pk").values()) == before
