"""What the papers say of requests and money is found by name on the page of its plan."""

from __future__ import annotations

import re
from html import unescape

import pytest

from kommuneplan.core.models import User
from plans.demo import people, promises, social_psychiatry, social_strategy
from plans.demo.loading import load_plans
from plans.models import BudgetStep, CommitteeRequest
from tests.plans.demo.test_demo import load
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.slow]
PROJECT = social_psychiatry.PROJECT.slug


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once."""
    with standing(django_db_blocker):
        load()
        yield


@pytest.fixture
def read(loaded, db, client):
    """A page as its text, read by the secretary."""
    client.force_login(User.objects.get(email=people.SECRETARY.email))

    def of(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        main = answer.content.decode().split("<main", 1)[1]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    return of


def room(slug: str) -> str:
    return f"/arbejde/planer/{slug}/bestillinger/"


def request(title: str) -> str:
    return f"/arbejde/bestillinger/{CommitteeRequest.objects.get(title=title).uid}/"


@pytest.mark.parametrize(
    "fact",
    [
        "Et statusnotat om projektet",
        "13. maj 2009",
        "efterretningssag C",
        "inden årets udgang",
        "31. december 2009",
        "Besvaret",
        "21. oktober 2009",
    ],
)
def test_the_committee_asked_for_a_status_note_by_the_end_of_the_year_and_got_it(read, fact):
    assert fact in read(room(PROJECT))


def test_it_was_answered_by_the_orientation(read):
    told = read(request("Et statusnotat om projektet"))
    assert "21. oktober 2009 : Orientering om projektets status, dokumentnr. 2009-629100" in told
    assert "satspuljen 19M" in told


def test_the_administration_promised_a_status_once_a_year_and_no_paper_says_that_it_was_kept(read):
    told = read(request("Status til udvalget én gang om året"))
    for fact in ("én gang årligt", "lovet af forvaltningen", "ministeriet", "Åben"):
        assert fact in told


@pytest.mark.parametrize(
    "fact",
    [
        "Udvalget vil inddrages, mens strategien bliver til",
        "Politikere og brugere skal skabe strategien sammen",
        "13. august 2014",
        "Ingen frist",
    ],
)
def test_the_two_wishes_of_the_committee_for_the_social_strategy(read, fact):
    assert fact in read(room(social_strategy.SLUG))


@pytest.mark.parametrize(
    "fact",
    [
        "Udarbejdelsen af den nye psykiatriplan",
        "Afsat 4.000.000 kr. 2009",
        "Budgetforliget for budget 2008",
        "Til udmøntning 4.000.000 kr. 2009 7. maj 2008 Socialudvalget",
        "Konkretiseret Ikke kendt",
        "Maj – aug. 2009",
        "i Socialudvalget",
        "i budgetforhandlingerne",
        "2009 4.000.000 kr. 4.000.000 kr.",  # the year's sums: each state by itself
    ],
)
def test_the_four_million_and_their_steps(read, fact):
    assert fact in read(room(social_psychiatry.SLUG))
    assert fact in read(f"/planer/{social_psychiatry.SLUG}/")


def test_the_four_million_stand_beside_the_milestone_at_which_they_were_put_to_use(read):
    public = read(f"/planer/{social_psychiatry.SLUG}/")
    assert "Til udmøntning: 4.000.000 kr. (2009) · Budgetforliget for budget 2008" in public


@pytest.mark.parametrize("fact", ["Bevilget", "Satspuljemidler, pulje 19M", "Ikke kendt"])
def test_the_project_is_paid_by_a_pool_and_no_paper_says_how_much(read, fact):
    assert fact in read(f"/planer/{PROJECT}/")


def test_what_is_invented_says_so_and_belongs_to_the_plan_of_today(loaded, db):
    historic = {social_psychiatry.SLUG, PROJECT, social_strategy.SLUG}
    for model in (CommitteeRequest, BudgetStep):
        rows = model.objects.exclude(plan__slug__in=historic)
        assert rows.count() == 4
        assert all(row.words == promises.EXAMPLE for row in rows)


def test_loading_again_leaves_them_as_they_are(loaded, db):
    before = CommitteeRequest.objects.count(), BudgetStep.objects.count()
    load_plans([social_psychiatry.PLAN, social_psychiatry.PROJECT, social_strategy.PLAN])
    assert (CommitteeRequest.objects.count(), BudgetStep.objects.count()) == before
