"""What the papers of 2008 and 2009 bind their plans to is found on the page of each plan, by name;
and nothing is told that they do not say."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from plans.demo import families, living, loading, social_psychiatry
from plans.models import Duty, DutyFulfilment, Evaluation, PlanExtension
from tests.plans.demo.test_demo import load
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # what rows hold, not how asked

PSYCHIATRY, PROJECT = social_psychiatry.SLUG, social_psychiatry.PROJECT.slug
FAMILIES = families.PLAN.slug


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The demo, loaded once."""
    with standing(django_db_blocker):
        load()
        yield


@pytest.fixture
def papers(world, db):
    """In a test of its own."""


def words(address: str, section: str = "") -> str:
    """What a page says, or a section of it."""
    page = Client().get(address).content.decode()
    if section:
        page = re.search(rf'<section aria-labelledby="{section}">.*?</section>', page, re.S)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def duties(slug: str) -> str:
    return words(f"/planer/{slug}/", "duties")


def test_003_is_revised_as_a_rule_once_a_year(papers):
    said = duties(FAMILIES)
    assert "Revision af strategien" in said
    assert "En gang om året" in said


def test_003_looks_at_each_focus_area_and_goes_on_with_it_or_chooses_another(papers):
    said = duties(FAMILIES)
    assert "status på indsatsområderne" in said
    assert "skal fortsætte i næste periode, eller om et nyt vælges" in said


def test_003_expects_a_rolling_replacement_and_builds_on_the_goals_for_effect(papers):
    said = duties(FAMILIES)
    assert "udskiftet løbende" in said and "Effektmålene er grundlaget" in said


def test_003_replaces_the_sector_plan_of_2004(papers):
    assert "Sektorplanen fra 2004" in words(f"/planer/{FAMILIES}/")


def test_000_is_evaluated_at_the_end_of_2009(papers):
    said = duties(PSYCHIATRY)
    assert "Planen evalueres" in said and "Ultimo 2009" in said


def test_001_is_told_of_once_a_year_through_the_report_to_the_ministry(papers):
    said = duties(PROJECT)
    assert "gennem statusrapporten til ministeriet" in said
    assert "En gang om året" in said
    assert "Socialudvalget og ministeriet" in said


def test_the_plan_that_001_belongs_to_is_for_2009_to_2012(papers):
    assert "2009–2012" in words(f"/planer/{PSYCHIATRY}/")


def test_nothing_is_told_that_no_paper_says(papers):
    assert not DutyFulfilment.objects.exists()
    assert not Evaluation.objects.exists()
    assert not PlanExtension.objects.exists()
    for slug in (PSYCHIATRY, PROJECT, FAMILIES):
        assert "Sidst opfyldt" not in duties(slug)


def test_what_is_invented_belongs_to_todays_plan_and_says_so(papers):
    rows = Duty.objects.filter(plan__slug=living.SLUG)
    assert rows.count() == 2
    assert all("Eksempel" in row.details for row in rows)
    assert "Eksempel" in duties(living.SLUG)


def test_loaded_again_nothing_is_new(papers):
    before = Duty.objects.count()
    loading.load_plans([families.PLAN])
    assert Duty.objects.count() == before


def test_the_year_wheels_of_2008_and_2009_tell_the_papers(papers):
    year = words("/aarshjul/?aar=2009")
    assert "Evaluering" in year and "Over flere måneder" in year
    assert "Socialudvalget" in words("/aarshjul/?aar=2008")
