"""What the papers say of annexes, and of their own head, stands on the pages of their plans."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from kommuneplan.core.models import User
from plans.demo import families, living, people, social_strategy
from plans.models import AgendaPaper, Annex
from tests.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        call_command("load_demo", logins=True, verbosity=0)
        yield


@pytest.fixture
def demo(loaded, db) -> None:
    """The demo, in a test of its own."""


@pytest.fixture
def signed(demo, client):
    client.force_login(User.objects.get(email=people.SECRETARY.email))
    return client


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    words = re.sub("<[^>]*>", " ", answer.content.decode()).replace("\xa0", " ")
    return " ".join(words.split())


CHILDREN = f"/planer/{families.PLAN.slug}/"
STRATEGY = f"/planer/{social_strategy.PLAN.slug}/"
TODAY = f"/planer/{living.SLUG}/"


def test_2008_the_process_plan_is_annex_7(demo, client):
    assert "Bilag 7" in page(client, CHILDREN)


@pytest.mark.parametrize("what", ["Dato", "Sagsnr.", "Dokumentnr.", "Sagsbehandler"])
def test_2008_what_nobody_has_filled_in_at_the_head_is_shown_as_missing(signed, what):
    said = page(signed, f"/arbejde/planer/{families.PLAN.slug}/")
    assert f"{what} Mangler" in said
    assert "Bilag 7" in said


def test_2008_effort_descriptions_for_all_measures_are_annexes_and_not_enclosed(demo, client):
    said = page(client, CHILDREN)
    assert "Indsatsbeskrivelser for alle foranstaltninger og tilbud Ikke vedlagt" in said
    assert "som sagsbehandlerne kan planlægge efter" in said
    annex = Annex.objects.get(plan__slug=families.PLAN.slug)
    assert annex.is_effort and annex.description is None
    assert "Ikke vedlagt" in page(client, f"{CHILDREN}bilag/{annex.uid}/")


@pytest.mark.parametrize("title", ["Tidsplan", "Invitation med mødeliste"])
def test_2014_annexes_that_are_referred_to_and_not_enclosed_are_told_so(demo, client, title):
    assert f"{title} Ikke vedlagt" in page(client, STRATEGY)


def test_today_a_file_and_two_effort_descriptions_are_read_and_marked_as_examples(demo, client):
    said = page(client, TODAY)
    for title in ("Bilag 1: Tidsplan for dialogmøderne", "Bilag 2a: Støtte i egen bolig",
                  "Bilag 2b: Job på særlige vilkår"):  # fmt: skip
        assert title in said
    assert said.count("Eksempel: opfundet til denne demo.") >= 3
    for annex in Annex.objects.filter(plan__slug=living.SLUG):
        assert client.get(f"{TODAY}bilag/{annex.uid}/").status_code == 200


def test_today_one_paper_for_the_agenda_is_begun(signed):
    paper = AgendaPaper.objects.get()
    address = f"/arbejde/planer/{paper.plan.slug}/sagsfremstilling/{paper.uid}/"
    said = page(signed, address)
    assert "Eksempel: opfundet til denne demo." in said and "Indstilling" in said


def test_loaded_twice_it_is_the_same(demo):
    before = Annex.objects.count(), AgendaPaper.objects.count()
    call_command("load_demo", logins=True, verbosity=0)
    assert (Annex.objects.count(), AgendaPaper.objects.count()) == before
