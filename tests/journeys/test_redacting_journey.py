"""A response looked through in the browser: words marked with the mouse go, the rest is shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Round
from kommuneplan.core.models import Municipality
from tests.consultations.round_factories import a_response, a_round
from tests.factories import secretary
from tests.journeys.looking import check, choose, follow, sign_in

TEXT = "Kære udvalg 😀\r\n\r\nMin søn har diabetes. Ring på 40 50 60 70.\r\nMin søn bor hjemme."
# Marks the second "Min søn", as a mouse does.
MARK = """() => {
  const text = document.querySelector('[data-place="text"]');
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node, last;
  while ((node = walker.nextNode())) if (node.data.includes('Min søn')) last = node;
  const range = document.createRange();
  range.setStart(last, last.data.lastIndexOf('Min søn'));
  range.setEnd(last, last.data.lastIndexOf('Min søn') + 7);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def address(transactional_db) -> str:
    Municipality.objects.create(pk=1, name="Aarhus Kommune")
    secretary("ida")
    round = a_round(publish_when="cleared")
    a_response(round, text=TEXT, name="Vera Holm")
    return f"/arbejde/planer/{round.plan.slug}/hoeringer/{round.uid}/svar/"


def test_marked_words_go_and_the_rest_is_shown(page: Page, address: str) -> None:
    sign_in(page, address)
    follow(page, page.get_by_role("link", name="Vera Holm"))
    expect(page.locator("main")).not_to_contain_text("diabetes")
    follow(page, page.get_by_role("button", name="Vis originalen"))
    page.evaluate(MARK)
    expect(page.get_by_label("Ord, der skal fjernes")).to_have_value("Min søn")
    page.get_by_label("Hvorfor?").select_option("health")
    follow(page, page.locator("[data-redacting] button[type=submit]"))
    shown = page.locator(".shown-response")
    expect(shown).to_contain_text("Min søn har diabetes")  # the first one stays
    expect(shown).to_contain_text("[fjernet: helbred eller sociale forhold] bor hjemme")
    choose(page.get_by_role("radio", name="Fjern").first)
    follow(page, page.get_by_role("button", name="Gem valgene"))
    check(page, "svar-gennemgaaet")
    follow(page, page.get_by_role("button", name="Må offentliggøres"))
    page.context.clear_cookies()
    page.goto(f"/hoeringer/{Round.objects.get().slug}/svar/1/")
    expect(page.locator("main")).to_contain_text("Borger, nr. 1")
    expect(page.locator("main")).not_to_contain_text("40 50 60 70")
    check(page, "svar-vist")
