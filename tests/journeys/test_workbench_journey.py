"""The workbench in a browser: forty responses of three remarks from received to answered in at most
400 presses and keys, the same with the keyboard alone, and words that are selected."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from consultations.handling.actions import themes
from consultations.models import Redaction, Response, Round
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, handler, standing
from tests.consultations.round_factories import a_response
from tests.journeys.looking import follow, look, sign_in, tab_to
from tests.plans.matters import consulted, ready_plan

MANY, EACH, MOST = 40, 3, 400
WIDTHS = (320, 390, 1024, 1280)
SAYS = [
    "Vi foreslår flere bænke langs stien, så ældre kan hvile undervejs.",
    "Værkstedet bør have åbent om aftenen for dem, der arbejder om dagen.",
    "Der mangler cykelparkering ved fællesboligerne.",
]
SELECT = """(words) => {
  const pane = document.querySelector('.bench-text');
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0 || !walker.currentNode.parentElement.closest('[data-place]')) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


class Counted:
    """Somebody at the workbench whose presses and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, place: Locator) -> None:
        """Press something that stays on the page."""
        self.presses += 1
        place.click()

    def on(self, place: Locator) -> None:
        """Press a button that leads on."""
        self.presses += 1
        follow(self.page, place)

    def key(self, key: str) -> None:
        """A key that leads on."""
        self.presses += 1
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, place: Locator, words: str) -> None:
        """Every letter is a key."""
        self.presses += 1 + len(words)
        place.click()
        place.press_sequentially(words)


def begun(many: int) -> Round:
    """A round with so many responses, each of three paragraphs, and three standard answers."""
    Municipality(pk=1, name="Prøve Kommune").save()
    round = a_closed_round(plan=consulted(ready_plan()))
    for title, proposal in (("Enig", "met"), ("Delvist", "partly"), ("Tak", "no_change")):
        facts = {"title": title, "reply": f"<p>{title}. Tak for svaret.</p>", "proposal": proposal}
        themes.save_answer(body=round.plan.body, facts=facts, by=None)
    for n in range(many):
        said = [f"{words} ({n})" for words in SAYS]
        if n % 10 == 9:
            said[0] += f" Ring til mig på 20 30 40 {n:02}."
        a_response(round, text="\n\n".join(said), name=f"Borger {n}")
    return round


def bench(round: Round) -> str:
    return reverse("consultations:workbench", args=[round.plan.slug, round.uid])


def number(page: Page) -> int:
    return int(re.findall(r"\d+", page.locator("#svar").inner_text())[0])


def at_the_workbench(page: Page, round: Round) -> None:
    sign_in(page, bench(round), handler(round).email.split("@")[0])


@pytest.mark.slow
def test_forty_responses_of_three_remarks_in_four_hundred_presses(page: Page):
    round = begun(MANY)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    at_the_workbench(page, round)
    hand = Counted(page)
    hand.on(page.get_by_role("button", name="Begynd med nr. 1"))
    for n in range(MANY):
        assert number(page) == n + 1
        hand.key("h")  # every paragraph by itself
        if page.get_by_role("button", name="Fjern 20 30").count():
            hand.on(page.get_by_role("button", name="Fjern 20 30"))
        cards = page.locator(".bench-remark")
        expect(cards).to_have_count(EACH)
        for place in range(EACH):
            hand.press(
                cards.nth(place).get_by_role("button", name=("Enig", "Delvist", "Tak")[place])
            )
        if n % 8 == 0:  # now and then something of one's own
            hand.write(cards.nth(0).get_by_label("Begrundelse"), "Jf. § 5")
        hand.on(page.get_by_role("button", name="Må offentliggøres og næste"))
    print(f"{MANY} responses of {EACH} remarks: {hand.presses} presses and keys")
    assert hand.presses <= MOST
    expect(page.get_by_text("Ingen andre høringssvar venter på denne liste.")).to_be_visible()
    rows = standing(round)
    assert len(rows) == MANY * EACH
    assert all(row.is_answered for row in rows)
    assert Response.objects.filter(publication_state="cleared").count() == MANY
    assert Redaction.objects.count() == MANY // 10
    assert complaints == []


def test_words_that_are_selected_and_what_is_seen_at_each_width(page: Page):
    round = begun(12)
    themes.add_theme(round=round, title="Trafik", by=None)
    at_the_workbench(page, round)
    _look_at(page)
    follow(page, page.locator("button[value='go:10']").first)
    _look_at(page)
    page.evaluate(SELECT, "flere bænke")
    follow(page, page.locator("[data-menu]").get_by_role("button", name="Gør til bemærkning"))
    page.evaluate(SELECT, "åbent om aftenen")
    page.locator("[data-menu] summary", has_text="Tema").click()
    follow(page, page.locator("[data-menu]").get_by_role("button", name="Trafik"))
    page.evaluate(SELECT, "Ring til mig")
    page.locator("[data-menu] summary", has_text="Fjern").click()
    look(page)
    follow(page, page.locator("[data-menu]").get_by_role("button", name="Kontaktoplysninger"))
    rows = standing(round)
    assert [row.words for row in rows] == ["flere bænke", "åbent om aftenen"]
    assert rows[1].theme is not None and rows[1].theme.title == "Trafik"
    place = Redaction.objects.get()
    text = Response.objects.get(number=10).newest.content["text"]
    assert text[place.begins : place.ends] == "Ring til mig"
    _look_at(page)

    page.get_by_label("Forvaltningens svar").first.fill("Det er vi enige i.")
    page.get_by_label("Stykke, der skal ændres").first.select_option(index=2)
    expect(page.locator(".bench-live").first).to_contain_text("som teksten er nu")
    page.get_by_role("button", name="Som alle læser det").click()
    expect(page.get_by_role("heading", name="Som alle læser det")).to_be_visible()
    follow(page, page.locator("button[value='go:11']").first)  # nothing that was typed is lost
    assert "Det er vi enige i." in standing(round)[0].reply


def _look_at(page: Page) -> None:
    window = page.viewport_size or {"width": 1280, "height": 720}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": window["height"]})
        look(page)
    page.set_viewport_size(window)


def test_with_the_keyboard_alone(page: Page):
    round = begun(2)
    at_the_workbench(page, round)
    tab_to(page, page.get_by_role("button", name="Begynd med nr. 1"))
    _enter(page)
    assert number(page) == 1
    tab_to(page, page.get_by_role("button", name="Hvert stykke for sig"))
    _enter(page)
    cards = page.locator(".bench-remark")
    tab_to(page, cards.first.get_by_role("button", name="Delvist"))
    page.keyboard.press("Enter")
    expect(cards.first.get_by_label("Forvaltningens svar")).to_have_value(
        "Delvist. Tak for svaret."
    )
    tab_to(page, cards.nth(1).get_by_label("Forvaltningens svar"))
    page.keyboard.type("jg")  # letters of words are no keys
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(cards.nth(1).get_by_role("radio", name="Delvist imødekommet")).to_be_checked()
    with page.expect_navigation():
        page.keyboard.press("o")  # may be published, and next
    assert number(page) == 2
    rows = standing(round)
    assert [row.proposal for row in rows] == ["partly", "partly", ""]
    assert "jg" in rows[1].reply
    with page.expect_navigation():
        page.keyboard.press("k")
    assert number(page) == 1

    page.goto(f"{bench(round)}taster/")
    look(page)
    page.get_by_label("Til næste svar").fill("n")
    follow(page, page.get_by_role("button", name="Gem"))
    follow(page, page.get_by_role("button", name="Begynd med nr."))
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("n")
    page.goto(f"{bench(round)}taster/")
    page.get_by_text("Brug tastaturgenveje").click()
    follow(page, page.get_by_role("button", name="Gem"))
    follow(page, page.get_by_role("button", name="Begynd med nr."))
    expect(page.locator("[data-bench]")).to_have_attribute("data-bench", "{}")


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
