"""Before something is hidden, taken out or withdrawn the page tells what nobody can call back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from consultations.models import Round
from kommuneplan import clock
from tests.standing import standing
from tests.test_access import Household

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[1] / "templates"
SENTENCE = "components/beyond_reach.html"
PAGES = {
    "plans:version-hide": "Ord i en version skjules",
    "plans:publication-withdraw": "En offentliggørelse trækkes tilbage",
    "consultations:response": "Ord i et høringssvar fjernes",
    "consultations:response-hide": "Et høringssvar skjules",
    "consultations:response-annex": "Et bilag skjules eller tages tilbage",
    "consultations:round-withdraw": "En høring trækkes tilbage",
    "consultations:answer-receipt": "Et høringssvar trækkes tilbage af den, der har sendt det",
}
INCLUDED_IN = {
    "plans/versions/hide.html",
    "plans/versions/withdraw.html",
    "consultations/review/passage.html",
    "consultations/review/hide.html",
    "consultations/review/annex_decide.html",
    "consultations/rounds/withdraw.html",
    "consultations/answering/receipt.html",
}


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield Household()


@pytest.mark.parametrize("route", PAGES)
def test_the_page_tells_it_beside_the_button(household, db, route):
    client = Client()
    client.force_login(household.people["secretary"])
    Round.objects.filter(announced_at=None).update(announced_at=clock.now())
    if route == "consultations:response":  # words are taken out of what somebody has opened
        page = client.post(household.address("consultations:response-open"), follow=True)
    else:
        page = client.get(household.address(route))
    html = " ".join(page.content.decode().split())
    assert html.count('id="beyond-reach"') == 1
    assert "Kopier, som andre har hentet, skrevet ud eller gemt" in html
    assert "Sikkerhedskopier har det, til de slettes" in html
    after = html[html.index('id="beyond-reach"') :]
    assert 'type="submit"' in after


def test_the_sentence_stands_in_one_place():
    """Every page has it from there; a page that is not listed above would be tried by no test."""
    users = {
        str(one.relative_to(TEMPLATES))
        for one in TEMPLATES.rglob("*.html")
        if SENTENCE in one.read_text(encoding="utf-8")
    }
    assert users == INCLUDED_IN
    assert len(INCLUDED_IN) == len(PAGES)
