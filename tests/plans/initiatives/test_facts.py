"""What the paper of October 2009 says of the project stands as an initiative on the plan's page."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from plans.demo import families, living, social_psychiatry
from plans.models import Initiative, InitiativeActivity, Plan, PlanVersion
from plans.versions.unpublished import unpublished_of
from tests.standing import standing

pytestmark = pytest.mark.django_db
PARENT = social_psychiatry.SLUG
TITLE = "Den koordinerende kontaktperson"


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
    assert answer.status_code == 200
    words = re.sub("<[^>]*>", " ", answer.content.decode()).replace("\xa0", " ")
    return " ".join(words.split())


def of_project(client) -> str:
    """What the page of the plan says from the project's name on."""
    whole = page(client, f"/planer/{PARENT}/")
    return whole[whole.index(f"{TITLE} I gang") :]


FACTS = {
    "a development project on coordinating the effort": "Udviklingsprojekt om at koordinere",
    "of three years": "Periode treårigt",
    "paid by a pool, 19M": "Pulje: Satspuljen, pulje 19M",
    "the amount is not told": "beløb ikke oplyst",
    "with an outside partner": "Socialudviklingscenter SUS",
    "new methods for a coherent effort": "nye metoder i arbejdet og sagsbehandlingen",
    "20 case workers from five adult teams": "20 sagsbehandlere fra fem voksenteams",
    "citizens with mental illness": "Målgrupper Borgere med en sindslidelse",
    "the website is a tool for spreading results": "redskab til at sprede resultaterne",
    "it was expected at the end of 2009": "ultimo 2009",
    "analyses since June 2009": "siden juni 2009",
    "most of them done": "De fleste analyser er planlagt og gennemført.",
    "information meetings in November": "november 2009 Informationsmøder om projektet",
    "for partners outside": "Samarbejdspartnere udenfor: regionen og de andre forvaltninger",
    "and for case workers": "Sagsbehandlere, der kan komme til at deltage",
    "focus groups in November and December": "november/december 2009 Fokusgruppeinterview",
    "on patients done with hospital treatment": "Patienter, der er færdigbehandlet på hospital",
    "on offenders with mental illness": "Lovovertrædere med en sindslidelse",
    "and one with citizens": "Fokusgruppeinterview med borgere Afslutter fasen",
    "they close the analysis": "Afslutter fasen “Analyse”",
    "development begins early in 2010": "Udvikling: primo 2010",
    "with the first workshops": "primo 2010 De første workshopforløb",
}


@pytest.mark.parametrize("fact", FACTS)
def test_2009_each_fact_is_found_by_name(demo, client, fact):
    assert FACTS[fact] in of_project(client).replace("⁨", "").replace("⁩", "")


def test_2009_three_interviews_close_the_analysis(demo):
    rows = InitiativeActivity.objects.filter(initiative__title=TITLE, closes_phase=True)
    assert rows.count() == 3 and {row.phase.title for row in rows} == {"Analyse"}


def test_2009_nothing_is_done_but_what_the_paper_says(demo, client):
    rows = InitiativeActivity.objects.filter(initiative__title=TITLE)
    assert not rows.filter(state="done").exists()
    assert [row.title for row in rows.exclude(state="planned")] == ["Indledende analyser"]
    assert not rows.exclude(done_on=None).exists()


def test_2009_the_project_is_an_initiative_of_the_plan_of_2009_to_2012(demo, client):
    initiative = Initiative.objects.get(title=TITLE)
    assert initiative.plan.slug == PARENT
    told = page(client, f"/planer/{PARENT}/initiativer/{initiative.uid}/")
    assert "Plan for Københavns Kommunes socialpsykiatri 2009-2012" in told
    own = client.get(f"/planer/{PARENT}/initiativer/{initiative.uid}/").content.decode()
    assert f'href="/planer/{social_psychiatry.PROJECT.slug}/"' in own
    assert "13. november 2008" in page(client, f"/planer/{PARENT}/")
    assert TITLE in page(client, f"/planer/{PARENT}/initiativer/")


@pytest.mark.parametrize("slug", [PARENT, families.PLAN.slug])
def test_2008_no_sub_strategy_is_invented(demo, slug):
    """The papers name none; under the plan of 2009–2012 stands the project alone."""
    below = Plan.objects.filter(parent__slug=slug, kind="sub_strategy")
    assert not below.exists()


def test_what_the_versions_of_2008_said_is_as_it_was(demo, client):
    older = PlanVersion.objects.filter(plan__slug=PARENT).order_by("number")[:3]
    assert all(TITLE not in version.content for version in older)
    assert unpublished_of(Plan.objects.get(slug=PARENT)).total == 0


def test_what_is_invented_is_marked_as_an_example(demo, client):
    (row,) = Initiative.objects.exclude(title=TITLE)
    assert row.plan.slug == living.SLUG and row.is_example
    for address in (f"/planer/{living.SLUG}/", f"/planer/{living.SLUG}/initiativer/{row.uid}/"):
        told = page(client, address)
        assert f"{row.title}" in told and "Eksempel" in told
    assert "1.200.000 kr." in page(client, f"/planer/{living.SLUG}/")


def test_loading_again_changes_nothing(demo):
    before = (Initiative.objects.count(), InitiativeActivity.objects.count())
    call_command("load_demo", logins=True, verbosity=0)
    assert (Initiative.objects.count(), InitiativeActivity.objects.count()) == before
