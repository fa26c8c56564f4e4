"""What is copied in Word is pasted into the editor in a real browser: read by the server, undone in
one step, and never lost when the server cannot be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.consultations.round_factories import a_round
from tests.journeys.looking import check
from tests.journeys.test_pictures_journey import hand_over
from tests.journeys.test_text_journey import SOON, Writers, box, save, type_at_end

SAMPLES = Path(__file__).parents[1] / "data" / "clipboard"
WORD = (SAMPLES / "word_windows.html").read_text(encoding="utf-8")


@pytest.fixture
def writers(browser, browser_context_args):
    house = Writers(browser, browser_context_args)
    yield house
    for context in house.contexts:
        context.close()
    assert house.complaints == []


def told(page: Page):
    return page.locator("[data-paste-state]")


def test_a_paste_from_word_is_read_put_in_undone_and_saved(writers: Writers) -> None:
    page = writers.sign_in("ida")
    type_at_end(page, " Før.")
    page.keyboard.press("Enter")
    before = box(page).inner_html()
    hand_over(page, "paste", html=WORD)
    expect(box(page).locator("h3").first).to_have_text("Formål", timeout=SOON)
    expect(told(page)).to_contain_text("sporede ændringer")
    expect(box(page).locator("td[rowspan='2']")).to_have_text("Mødesteder")
    expect(box(page).locator("td[colspan='2']")).to_have_text("Kultur og Fritid")
    expect(box(page).locator("ul ul li")).to_have_count(2)
    expect(box(page).locator("ol[start='3'] li")).to_have_text("Vi bygger")
    expect(box(page).locator(".note-mark")).to_have_count(1)
    check(page)
    page.keyboard.press("Control+z")
    expect(box(page).locator("h3")).to_have_count(0)
    assert box(page).inner_html() == before
    page.keyboard.press("Control+Shift+z")
    expect(box(page).locator("h3")).to_have_count(2)
    page.keyboard.type(" Efter.")
    save(page)
    writers.section.refresh_from_db()
    text = writers.section.text
    assert "<h3>Formål</h3>" in text and "<h4>Mål</h4>" in text
    assert (
        '<span class="note">Kommunens egen optælling, 2026 (tallene (https://example.org/tal))</span>'
        in text
    )
    assert "<p>Udvalget mødes hver måned, også om sommeren.</p>" in text
    assert "linje to Efter.</p>" in text
    for trace in ("Mso", "mso-", "style=", "o:p", "[1]"):
        assert trace not in text


def test_what_is_written_while_a_paste_is_read_stands_after_it(writers: Writers) -> None:
    page = writers.sign_in("ida")
    held: list[Route] = []
    page.route("**/tekst/indsaet/", lambda route: held.append(route))
    type_at_end(page, " A")
    hand_over(page, "paste", html="<p class=MsoNormal>B<o:p></o:p></p>")
    expect(told(page)).to_have_text("Det indsatte bliver læst …")
    page.keyboard.type("C")
    held.pop().continue_()
    expect(box(page).locator("p").last).to_have_text("Vi handler. ABC", timeout=SOON)
    page.keyboard.type("D")
    expect(box(page).locator("p").last).to_have_text("Vi handler. ABCD")


def test_when_the_server_cannot_be_asked_the_editor_puts_it_in_and_says_so(
    writers: Writers,
) -> None:
    page = writers.sign_in("ida")
    page.route("**/tekst/indsaet/", lambda route: route.abort("internetdisconnected"))
    type_at_end(page, " ")
    hand_over(page, "paste", html="<p class=MsoNormal>Uden <b>net</b><o:p></o:p></p>")
    expect(box(page)).to_contain_text("Uden net")
    expect(told(page)).to_contain_text("Det indsatte er sat ind af editoren selv")
    check(page)
    save(page)
    writers.section.refresh_from_db()
    assert "Uden <strong>net</strong>" in writers.section.text


def test_who_saves_before_the_answer_has_what_was_pasted(writers: Writers) -> None:
    page = writers.sign_in("ida")
    page.route("**/tekst/indsaet/", lambda _route: None)  # never answered
    type_at_end(page, " ")
    hand_over(page, "paste", html="<p class=MsoNormal>Hastværk<o:p></o:p></p>")
    save(page)
    writers.section.refresh_from_db()
    assert "Hastværk" in writers.section.text


def test_what_was_copied_here_is_put_in_as_it_was(writers: Writers) -> None:
    page = writers.sign_in("ida")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "indsaet" in sent.url else None)
    type_at_end(page, " ")
    hand_over(page, "paste", html='<p data-pm-slice="1 1 []">Herfra</p>')
    expect(box(page)).to_contain_text("Herfra")
    assert asked == []


def test_a_paste_takes_the_place_of_what_was_marked_and_one_undo_brings_it_back(
    writers: Writers,
) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    before = box(page).inner_html()
    box(page).focus()
    page.keyboard.press("Control+a")
    hand_over(page, "paste", html="<ul><li>et<li>to</ul>")
    expect(box(page).locator("li")).to_have_text(["et", "to"], timeout=SOON)
    expect(box(page)).not_to_contain_text("Vi lytter")
    page.keyboard.type("!")
    expect(box(page).locator("li").last).to_have_text("to!")
    page.keyboard.press("Control+z")
    expect(box(page).locator("li")).to_have_text(["et", "to"])
    page.keyboard.press("Control+z")
    expect(box(page)).to_contain_text("Vi lytter")
    assert box(page).inner_html() == before


def test_what_the_server_cannot_read_is_put_in_all_the_same_and_why_is_said(
    writers: Writers,
) -> None:
    page = writers.sign_in("ida")
    type_at_end(page, " ")
    hand_over(page, "paste", html="<div>" * 300 + "dybt nede")
    expect(told(page)).to_contain_text("for mange dele inden i hinanden", timeout=SOON)
    expect(told(page)).to_contain_text("sat ind af editoren selv")
    expect(box(page)).to_contain_text("dybt nede")


def test_several_pastes_after_each_other_stand_in_their_order(writers: Writers) -> None:
    page = writers.sign_in("ida")
    type_at_end(page, " ")
    for words in ("et", "to", "tre"):
        hand_over(page, "paste", html=f"<p>{words},</p>")
    expect(told(page)).to_be_empty(timeout=SOON)
    expect(box(page).locator("p").last).to_have_text(re.compile("et,to,tre,$"))


def test_the_letter_of_a_consultation_takes_what_a_letter_can_hold(writers: Writers) -> None:
    round = a_round(writers.plan, announced=False)
    page = writers.sign_in("ida")
    page.goto(f"/arbejde/planer/{writers.plan.slug}/hoeringer/{round.uid}/brev/")
    expect(box(page)).to_be_visible()
    box(page).focus()
    page.keyboard.press("Control+a")
    hand_over(page, "paste", html=WORD)
    expect(box(page).locator("h3").first).to_have_text("Formål", timeout=SOON)
    expect(box(page)).to_contain_text("Byen vokser [Kommunens egen optælling, 2026")
    expect(box(page)).to_contain_text("Kultur og Fritid")
    expect(box(page).locator("table")).to_have_count(0)
    expect(told(page)).to_contain_text("sporede ændringer")
    check(page)
