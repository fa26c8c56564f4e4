"""What the papers of 2008, 2009 and 2015 say of meetings is found on the pages of their plans, each
fact by name; what they do not say is told as not recorded."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from kommuneplan.core.models import User
from plans.demo import families, loading, people, social_psychiatry, social_strategy
from plans.models import AgendaItem
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # what rows hold, not how asked

PSYCHIATRY, PROJECT = social_psychiatry.SLUG, social_psychiatry.PROJECT.slug
FAMILIES, STRATEGY = families.PLAN.slug, social_strategy.SLUG
OPEN = "Udfaldet er ikke registreret."


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The plans of the papers, loaded once."""
    with standing(django_db_blocker):
        loading.load_municipality()
        loading.load_logins()
        loading.load_plans(SPECS)
        yield


SPECS = [
    social_psychiatry.PLAN,
    social_psychiatry.PROJECT,
    social_strategy.BASIS_PAPER,
    social_strategy.PLAN,
    families.PLAN,
]


def treated(slug: str) -> list[str]:
    """What the page of a plan says of each item, in the order of the meetings."""
    page = Client().get(f"/planer/{slug}/").content.decode()
    section = re.search(r'<section class="treated".*?</section>', page, re.DOTALL)
    assert section, "nothing is told"
    items = re.findall(r'<article id="b-.*?</article>', section[0], re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in items]


def found(slug: str, day: str, *words: str) -> str:
    """The one item of that day with these words."""
    rows = [one for one in treated(slug) if one.startswith(day)]
    rows = [one for one in rows if all(word in one for word in words)]
    assert len(rows) == 1, (day, words, treated(slug))
    return rows[0]


FACTS = [
    (PSYCHIATRY, "5. marts 2008", ("Socialudvalget", "Procesplanen", "beslutningssag",
                                   "Socialforvaltningen indstiller", OPEN)),
    (PSYCHIATRY, "5. marts 2008", ("inspirationspapir", "drøftelsessag", OPEN)),
    (PSYCHIATRY, "7. maj 2008", ("4 mio. kr.", "budgetaftalen for 2008", "indstiller", OPEN)),
    (PSYCHIATRY, "21. maj 2008", ("Høringsudgaven", "forandringsteori", "politiske mål", OPEN)),
    (PSYCHIATRY, "27. august 2008", ("Høringssvar", "vedtag", OPEN)),
    (PSYCHIATRY, "13. november 2008", ("Borgerrepræsentationen", "Godkendt")),
    (PROJECT, "13. maj 2009", ("C. Bevilling", "satspuljen 19M", "efterretningssag", OPEN)),
    (PROJECT, "21. oktober 2009", ("Status på projektet", "orienteringssag", OPEN)),
    (FAMILIES, "25. juni 2008", ("samlet strategi", "indstiller", "konkret sag", OPEN)),
    (FAMILIES, "12. november 2008", ("Temadag", "indsatsområder", "drøftelsessag", OPEN)),
    (STRATEGY, "22. april 2015", ("Tematisk drøftelse", OPEN)),
    (STRATEGY, "27. maj 2015", ("samlet udkast", OPEN)),
    (STRATEGY, "24. juni 2015", ("Godkendelse", OPEN)),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "day", "words"), FACTS, ids=lambda one: str(one)[:40])
def test_a_fact_is_told_on_the_page_of_its_plan(world, db, slug, day, words):
    found(slug, day, *words)


def test_the_meeting_of_5_march_has_its_two_items_in_order(world, db):
    titles = [one for one in treated(PSYCHIATRY) if one.startswith("5. marts 2008")]
    assert len(titles) == 2 and "Procesplanen" in titles[0] and "Temadrøftelse" in titles[1]


def test_no_clause_and_no_outcome_is_made_up(world, db):
    rows = AgendaItem.objects.filter(plan__slug__in=[PSYCHIATRY, PROJECT, FAMILIES, STRATEGY])
    assert rows.count() == len(FACTS)
    assert not rows.filter(clauses__isnull=False).exists()
    told = list(rows.filter(item_outcome__isnull=False).values_list("own_meeting__body__name"))
    assert told == [("Borgerrepræsentationen",)]


def test_the_secretary_finds_the_year_2008_in_the_room_of_meetings(world, db):
    client = Client()
    client.force_login(User.objects.get(email=people.SECRETARY.email))
    page = client.get("/arbejde/udvalgsmoeder/udvalg/socialudvalget/?aar=2008")
    words = page.content.decode()
    assert words.index("Procesplanen for den nye") < words.index("Temadrøftelse af et")
    for day in ("5. marts 2008", "7. maj 2008", "21. maj 2008", "25. juni 2008", "27. august 2008"):
        assert day in words


def test_loading_again_adds_nothing(world, db):
    before = AgendaItem.objects.count()
    loading.load_plans(SPECS)
    assert AgendaItem.objects.count() == before
