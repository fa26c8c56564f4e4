"""A citizen answers a consultation, from the list to the receipt; the look of its pages."""

from __future__ import annotations

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from consultations.models import Response, ResponseDraft
from kommuneplan.core.mail.sending import send_waiting
from tests.consultations.round_factories import a_question, a_round, an_invitation
from tests.journeys.looking import check, follow

ONES = {"name": "Kim Nielsen", "postcode": "2000", "email": "kim@example.org"}


@pytest.fixture
def round(settings):
    settings.CONSULTATION_PROOF_BITS = 8
    row = a_round()
    a_question(row, "Er målene tydelige?", help="Tænk på dit eget kvarter.")
    return row


def test_a_citizen_answers_and_corrects(page: Page, round) -> None:
    page.goto("/hoeringer/")
    check(page, "hoeringer")
    follow(page, page.get_by_role("link", name=round.title))
    check(page, "hoering")
    follow(page, page.get_by_role("link", name="Skriv høringssvar"))
    check(page, "skriv")
    page.get_by_label("Er målene tydelige?").fill("Ja, næsten.")
    page.get_by_label("Dine bemærkninger til helheden").fill("En god plan.")
    here = page.locator(".draft-text .remarked", has_text="Vi åbner et værksted.")
    follow(page, here.get_by_role("button"), key="Enter")
    expect(page.get_by_label("Dine bemærkninger til helheden")).to_have_value("En god plan.")
    remark = page.get_by_label("Din bemærkning til dette")
    expect(remark).to_be_focused()
    remark.fill("Hvor skal det ligge?")
    for name, value in ONES.items():
        page.fill(f"[name={name}]", value)
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    check(page, "skriver")
    follow(page, "[name=review]")
    expect(page.locator("h1")).to_have_text("Læs dit høringssvar igennem")
    check(page, "gennemlaesning")
    page.wait_for_timeout(3000)  # nobody is faster
    follow(page, page.get_by_role("button", name="Send høringssvar"))
    expect(page.locator("h1")).to_have_text("Dit høringssvar er modtaget")
    check(page, "kvittering")
    content = Response.objects.get().newest.content
    assert content["text"] == "En god plan."
    assert [one["words"] for one in content["remarks"]] == ["Hvor skal det ligge?"]
    assert send_waiting()
    assert "kvittering" in mail.outbox[0].body


def test_words_marked_with_the_mouse_are_answered(page: Page, round) -> None:
    page.goto(f"/hoeringer/{round.slug}/svar/")
    page.get_by_label("Dine bemærkninger til helheden").fill("En god plan.")
    block = page.locator("[data-block]", has_text="Vi ansætter to vejledere.")
    block.locator("p").dblclick(position={"x": 40, "y": 8})
    follow(page, ".mark-here")
    expect(page.locator(".own-quote")).to_have_text("ansætter")
    expect(page.get_by_label("Dine bemærkninger til helheden")).to_have_value("En god plan.")


def test_an_invited_party_says_no_remarks(page: Page, round) -> None:
    invitation = an_invitation(round, "Handicaprådet")
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.goto(f"/hoeringer/invitation/{invitation.token}/")
    invitation.refresh_from_db()
    assert invitation.opened_at is not None
    check(page, "invitation")
    follow(page, page.get_by_role("button", name="Ingen bemærkninger"))
    follow(page, page.get_by_role("button", name="Ja, vi har ingen bemærkninger"))
    expect(page.locator("main")).to_contain_text("Tak.")
    follow(page, page.get_by_role("button", name="Skriv høringssvar"))
    check(page, "part-skriver")


def test_whoever_presses_before_the_browser_has_worked_waits_for_it(page: Page, round, settings):
    """The button is pressed as soon as the page is there; nothing is asked of anybody."""
    settings.CONSULTATION_PROOF_BITS = 13
    page.goto(f"/hoeringer/{round.slug}/svar/")
    page.get_by_label("Dine bemærkninger til helheden").fill("En god plan.")
    follow(page, page.get_by_role("button", name="Gem og fortsæt senere"))
    expect(page.get_by_label("Dine bemærkninger til helheden")).to_have_value("En god plan.")
    expect(page.locator("main")).to_contain_text("Din kladde gemmes til")
    assert ResponseDraft.objects.get().text == "En god plan."


def test_without_javascript_one_waits_half_a_minute_and_loses_nothing(
    browser, browser_context_args, round
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.scripted = False
    page.goto(f"/hoeringer/{round.slug}/svar/")
    page.get_by_label("Dine bemærkninger til helheden").fill("En god plan.")
    page.fill("[name=name]", "Kim Nielsen")
    follow(page, page.get_by_role("button", name="Gem og fortsæt senere"))
    expect(page.get_by_role("alert")).to_contain_text("er ikke gemt endnu")
    expect(page.get_by_label("Dine bemærkninger til helheden")).to_have_value("En god plan.")
    expect(page.locator("[name=name]")).to_have_value("Kim Nielsen")
    assert not ResponseDraft.objects.exists()
    context.close()
