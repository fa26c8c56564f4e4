"""Two colleagues write one answer under one link, each in a browser of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from consultations.models import ResponseDraft, ResponseRevision
from kommuneplan.keeping import Windows
from tests.consultations.round_factories import a_question, a_round, an_invitation
from tests.journeys.looking import check, follow

SOON = 12_000  # milliseconds: a keeping and its answer


@pytest.fixture
def invitation(settings):
    settings.CONSULTATION_PROOF_BITS = 8
    round = a_round(public=False)
    a_question(round, "Er målene tydelige?")
    return an_invitation(round, "Handicaprådet")


@pytest.fixture
def two(page: Page, browser: Browser, base_url, live_server, invitation):
    """The windows of two colleagues, each with the form open before anything is written."""
    page.goto(f"/hoeringer/invitation/{invitation.token}/")
    follow(page, page.get_by_role("button", name="Skriv høringssvar"))
    context = browser.new_context(base_url=live_server.url, locale="da-DK")
    other = context.new_page()
    other.goto(page.url)
    yield page, other
    context.close()


def whole(page: Page):
    return page.get_by_label("Dine bemærkninger til helheden")


def question(page: Page):
    return page.get_by_label("Er målene tydelige?")


def write(page: Page, field: str, words: str) -> None:
    """Type, and wait until it has been kept; the window asks without words, too."""

    def is_keeping(answer: Response) -> bool:
        sent = answer.request.post_data or ""
        return f"&{field}=" in sent and "only=1" in sent and answer.ok

    with page.expect_response(is_keeping, timeout=SOON):
        page.fill(f"[name='{field}']", words)
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")


def test_each_writes_in_a_field_of_their_own_and_nothing_is_lost(two) -> None:
    one, other = two
    one.fill("[name=writer]", "Anne")
    write(one, "text", "Annes ord.")
    question(other).fill("Bos ord.")
    expect(whole(other)).to_have_value("Annes ord.", timeout=SOON)  # shown, with a word about it
    expect(other.locator(".field-news")).to_contain_text("Sådan lyder teksten nu")
    expect(other.locator("[data-writing]")).to_contain_text("Anne skriver lige nu i")
    check(other, "sammen-nyt")
    write(other, question(other).get_attribute("name"), "Bos ord, og flere.")
    one.bring_to_front()
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(question(one)).to_have_value("Bos ord, og flere.", timeout=SOON)
    draft = ResponseDraft.objects.get()
    assert draft.text == "Annes ord."
    assert draft.answers.get().words == "Bos ord, og flere."


def test_both_in_one_field_is_shown_to_both_and_put_together(two) -> None:
    one, other = two
    other.context.set_offline(True)  # so that neither has seen the other
    whole(other).fill("Bos ord.")
    write(one, "text", "Annes ord.")
    other.context.set_offline(False)
    expect(other.locator(".beside-text")).to_contain_text("Annes ord.", timeout=SOON)
    expect(other.locator("[data-save-state]")).to_contain_text("begge tekster", ignore_case=True)
    expect(whole(other)).to_have_value("Bos ord.")
    assert ResponseDraft.objects.get().text == "Annes ord."
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(one.locator(".beside-text")).to_contain_text("Bos ord.", timeout=SOON)
    check(one, "sammen-to-tekster")
    one.fill("[name=name]", "Anne")
    follow(one, "[name=review]")  # not before somebody has decided
    expect(one.locator("h1")).to_have_text("Skriv høringssvar")
    expect(one.locator("main")).to_contain_text("Der er to tekster til samme felt")
    follow(one, one.get_by_role("button", name="Behold begge efter hinanden"))
    expect(whole(one)).to_have_value("Annes ord.\n\nBos ord.")
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(whole(other)).to_have_value("Annes ord.\n\nBos ord.", timeout=SOON)
    assert not Windows(ResponseDraft.objects.get().windows).besides()
    follow(one, "[name=review]")
    follow(one, one.get_by_role("button", name="Send høringssvar"))
    check(one, "sammen-kvittering")
    whole(other).fill("Annes ord.\n\nBos ord.\n\nOg en rettelse.")
    expect(other.locator("[data-unsent=text]")).to_be_visible(timeout=SOON)
    one.reload()
    expect(one.locator("main")).to_contain_text("Der er en rettelse, som ikke er sendt")
    check(one, "sammen-usendt")
    assert ResponseRevision.objects.get().content["text"] == "Annes ord.\n\nBos ord."


def test_no_remarks_is_asked_once_and_taken_back(page: Page, invitation) -> None:
    page.goto(f"/hoeringer/invitation/{invitation.token}/")
    follow(page, page.get_by_role("button", name="Ingen bemærkninger"))
    check(page, "ingen-bemaerkninger")
    follow(page, page.get_by_role("button", name="Ja, vi har ingen bemærkninger"))
    expect(page.locator("main")).to_contain_text("Tak.")
    check(page, "ingen-sagt")
    follow(page, page.get_by_role("button", name="Tag “Ingen bemærkninger” tilbage"))
    expect(page.get_by_role("button", name="Ingen bemærkninger")).to_be_visible()
    invitation.refresh_from_db()
    assert invitation.no_remarks_at is None
