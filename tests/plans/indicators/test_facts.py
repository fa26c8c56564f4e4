"""What the papers say of indicators stands as indicators on the pages of their plans."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from kommuneplan.clock import today
from plans.demo import families, living
from plans.indicators.queries import in_use, with_numbers
from plans.models import Measurement, Plan
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


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    words = re.sub("<[^>]*>", " ", answer.content.decode()).replace("\xa0", " ")
    return " ".join(words.split())


@pytest.mark.parametrize("below", ["", "indikatorer/"])
def test_2008_the_indicators_of_an_earlier_project_are_used_again(demo, client, below):
    words = page(client, f"/planer/{families.PLAN.slug}/{below}")
    assert "Indikatorer, der er fundet i et tidligere projekt" in words
    assert "BR 644/05 og SUD 358/2007" in words


@pytest.mark.parametrize("below", ["", "indikatorer/"])
def test_2008_the_paper_names_none_and_none_is_invented(demo, client, below):
    words = page(client, f"/planer/{families.PLAN.slug}/{below}")
    assert "Papiret henviser til disse indikatorer og nævner ingen." in words
    plan = Plan.objects.get(slug=families.PLAN.slug)
    (row,) = with_numbers(in_use(plan))
    assert row.indicator.by_reference
    assert not row.series.measured and not row.series.wanted and not row.indicator.unit


@pytest.mark.parametrize("below", ["", "indikatorer/"])
def test_2008_they_are_for_effect_measurement_and_running_control(demo, client, below):
    words = page(client, f"/planer/{families.PLAN.slug}/{below}")
    assert "effektmåling" in words and "løbende kontrol" in words


def test_the_plan_of_today_has_four_that_are_marked_as_examples(demo, client):
    words = page(client, f"/planer/{living.SLUG}/indikatorer/")
    assert words.count("Eksempel: tallene er opfundet til denne demo.") == 4
    plan = Plan.objects.get(slug=living.SLUG)
    rows = with_numbers(in_use(plan))
    stands = [str(row.standing) for row in rows]
    assert stands == ["on_the_way", "behind", "on_the_way", "not_measured"]
    assert [len(row.series.missing) for row in rows] == [0, 0, 1, 0]
    assert str(today().year - 4) in words and "ikke målt" in words


def test_no_other_plan_of_the_papers_has_any(demo):
    with_some = set(Measurement.objects.values_list("indicator__home__slug", flat=True))
    assert with_some == {living.SLUG}


def test_loading_again_changes_nothing(demo):
    before = list(Measurement.objects.values_list("pk", "version"))
    call_command("load_demo", logins=True, verbosity=0)
    assert list(Measurement.objects.values_list("pk", "version")) == before
