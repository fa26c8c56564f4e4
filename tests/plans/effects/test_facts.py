"""What the papers say of the theory of change stands as one on the pages of their plans."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.management import call_command

from plans.demo import families, living, social_psychiatry
from plans.demo.living_effects import CHOSEN_HOME, EXAMPLE
from plans.models import EffectNode, EffectTheme, Plan
from tests.standing import standing

pytestmark = pytest.mark.django_db

PSYCHIATRY = f"/planer/{social_psychiatry.SLUG}/"
CHILDREN = f"/planer/{families.PLAN.slug}/"
BOTH = ["", "forandringsteori/"]


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
    return " ".join(unescape(words).split())


# --- 000: the plan for social psychiatry


@pytest.mark.parametrize("below", BOTH)
def test_000_an_overall_change_theory_with_political_goals_belongs_to_the_framework(
    demo, client, below
):
    words = page(client, PSYCHIATRY + below)
    assert "Samlet forandringsteori" in words
    assert "Mål Politiske mål (endnu ikke skrevet)" in words
    assert "delstrategierne bygger på dem" in words


@pytest.mark.parametrize("below", BOTH)
def test_000_it_is_discussed_with_the_hearing_version_and_at_the_public_meeting(
    demo, client, below
):
    words = page(client, PSYCHIATRY + below)
    assert "Milepæl: Høringsudgaven behandles" in words
    assert "Milepæl: Offentligt møde om det første udkast" in words


@pytest.mark.parametrize("below", BOTH)
def test_000_what_the_paper_does_not_say_is_told_as_missing(demo, client, below):
    assert "Procesplanen nævner ikke målene" in page(client, PSYCHIATRY + below)
    plan = Plan.objects.get(slug=social_psychiatry.SLUG)
    assert EffectNode.objects.filter(theme__plan=plan).count() == 1


# --- 003: the strategy for children at risk and their families


@pytest.mark.parametrize("below", BOTH)
def test_003_the_chain_leads_from_resources_to_the_political_goal(demo, client, below):
    words = page(client, CHILDREN + below)
    told = [
        words.index(f"{kind} {title}")
        for kind, title in (
            ("Mål", "Politisk effektmål"),
            ("Resultat", "Resultater"),
            ("Aktivitet", "Aktiviteter"),
            ("Ressource", "Ressourcer"),
        )
    ]
    assert told == sorted(told)
    assert "Kæden tegnes for hvert tema" in words
    plan = Plan.objects.get(slug=families.PLAN.slug)
    served = {
        link.node.kind: link.serves.kind
        for row in EffectNode.objects.filter(theme__plan=plan)
        for link in row.links.all()
    }
    assert served == {"resource": "activity", "activity": "result", "result": "goal"}


@pytest.mark.parametrize("below", BOTH)
@pytest.mark.parametrize("number", ["BR 644/05", "SUD 358/2007"])
def test_003_earlier_cases_are_referred_to_by_number(demo, client, below, number):
    assert f"Sag {number}" in page(client, CHILDREN + below)


@pytest.mark.parametrize("below", BOTH)
def test_003_indicators_of_an_earlier_project_are_reused_in_the_chain(demo, client, below):
    words = page(client, CHILDREN + below)
    assert "Måles ved: Indikatorer, der er fundet i et tidligere projekt" in words


@pytest.mark.parametrize("below", BOTH)
def test_003_effect_goals_are_the_basis_of_the_yearly_revision(demo, client, below):
    words = page(client, CHILDREN + below)
    assert "Effektmålene er grundlaget for den årlige revision." in words


@pytest.mark.parametrize("below", BOTH)
def test_003_present_activities_and_projects_are_tied_to_political_goals(demo, client, below):
    assert "bliver bundet sammen med de politiske mål" in page(client, CHILDREN + below)


@pytest.mark.parametrize("below", BOTH)
def test_003_nothing_is_invented_where_the_paper_is_silent(demo, client, below):
    words = page(client, CHILDREN + below)
    assert words.count("(endnu ikke skrevet)") >= 4
    plan = Plan.objects.get(slug=families.PLAN.slug)
    rows = EffectNode.objects.filter(theme__plan=plan)
    assert all(row.amount is None and "endnu ikke skrevet" in row.title for row in rows)


# --- the plan that lives today


@pytest.mark.parametrize("below", BOTH)
def test_the_chain_of_today_is_an_example_and_says_so(demo, client, below):
    words = page(client, f"/planer/{living.SLUG}/{below}")
    assert words.count(EXAMPLE) == 2
    plan = Plan.objects.get(slug=living.SLUG)
    assert EffectNode.objects.filter(theme__plan=plan).count() >= 19
    for theme in EffectTheme.objects.filter(plan__slug__in=[living.SLUG, living.HOME]):
        assert theme.note == EXAMPLE


def test_a_sub_strategy_inherits_the_goals_of_its_framework(demo, client):
    below = Plan.objects.get(slug=living.HOME)
    goal = EffectNode.objects.get(title=CHOSEN_HOME)
    assert goal.theme.plan == below.parent
    assert goal.served_by.filter(node__theme__plan=below).exists()


@pytest.mark.slow  # loads the demo once more
def test_loaded_again_it_is_as_it_was(demo):
    before = list(EffectNode.objects.order_by("pk").values_list("uid", "version"))
    call_command("load_demo", logins=True, verbosity=0)
    assert list(EffectNode.objects.order_by("pk").values_list("uid", "version")) == before
