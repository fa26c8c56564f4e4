"""The demo's open consultation: answered by a visitor, handled by the secretary, ended in a report
that tells the visitor what became of it."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from consultations.demo.loading import SLUG
from consultations.models import Response, Round
from kommuneplan.core.models import Job
from kommuneplan.core.worker import jobs
from plans.demo import living, people
from tests.journeys.looking import check, choose, fill_in, follow

SAID = "Skriv, at der skal være en indgang, som en kørestol kan komme ind ad."
WHOLE = "Tak for en strategi, man kan forstå. Ring til mig på 20 30 40 50."
REPLY = "Forvaltningen er enig. Det skrives ind i afsnittet."


@pytest.fixture
def round(settings, transactional_db) -> Round:
    settings.CONSULTATION_PROOF_BITS = 8
    call_command("load_demo", logins=True, verbosity=0)
    return Round.objects.get(slug=SLUG)


def test_a_consultation_from_the_front_page_to_what_became_of_it(page: Page, round: Round) -> None:
    number = answer(page)
    fill_in_at(page, f"/arbejde/planer/{living.SLUG}/hoeringer/")
    follow(page, page.get_by_role("link", name=round.title))
    check(page, "runde")
    look_through(page, number)
    handle(page, number)
    close(page)
    publish_report(page)
    page.goto(f"/hoeringer/{SLUG}/")
    check(page, "hoering-slut")
    follow(page, f"main a[href^='/hoeringer/{SLUG}/notat/'] >> nth=0")
    check(page, "notat")
    follow(page, page.get_by_role("link", name="Job og fritid"))
    check(page, "tema")
    main = page.locator("main")
    expect(main).to_contain_text(SAID)
    expect(main).to_contain_text(REPLY)
    expect(main).not_to_contain_text("20 30 40 50")
    expect(main).not_to_contain_text("Vera Visitor")


def answer(page: Page) -> int:
    """As somebody who has never been here; returns the number on the receipt."""
    page.goto("/")
    follow(page, f"main a[href='/hoeringer/{SLUG}/']")
    follow(page, page.get_by_role("link", name="Skriv høringssvar"))
    page.get_by_label("Dine bemærkninger til helheden").fill(WHOLE)
    here = page.locator(".draft-text .remarked", has_text="Kommunen går selv foran")
    follow(page, here.get_by_role("button"))
    page.get_by_label("Din bemærkning til dette").fill(SAID)
    for name, value in {
        "name": "Vera Visitor",
        "postcode": "2300",
        "email": "vera@example.org",
    }.items():
        page.fill(f"[name={name}]", value)
    follow(page, "[name=review]")
    page.wait_for_timeout(3000)  # nobody is faster
    follow(page, page.get_by_role("button", name="Send høringssvar"))
    expect(page.locator("h1")).to_have_text("Dit høringssvar er modtaget")
    response = Response.objects.order_by("-number").first()
    assert response is not None
    expect(page.locator("main")).to_contain_text(f"Nr. {response.number}".lower(), ignore_case=True)
    expect(page.locator("main")).to_contain_text(response.newest.sha256[:8])
    return response.number


def fill_in_at(page: Page, address: str) -> None:
    page.goto(address)
    fill_in(page, people.SECRETARY.email, people.PASSWORD)


def way(page: Page, name: str) -> None:
    """To another page of the round."""
    follow(page, page.locator(".round-ways").get_by_role("link", name=name))


def look_through(page: Page, number: int) -> None:
    """The telephone number is found, and taken out, before anybody can read the response."""
    way(page, "Høringssvar")
    check(page, "svar")
    follow(page, page.get_by_role("row").filter(has_text="Vera").get_by_role("link"))
    follow(page, page.get_by_role("button", name="Vis originalen"))
    expect(page.locator("main")).to_contain_text("20 30 40 50")
    check(page, "original")
    follow(page, page.get_by_role("button", name="Fjern alle"))
    follow(page, page.get_by_role("button", name="Må offentliggøres"))
    assert Response.objects.get(number=number).publication_state == "cleared"


def handle(page: Page, number: int) -> None:
    """Remarks are taken from the response as they were given; one is replied to."""
    way(page, "Bemærkninger")
    follow(page, page.get_by_role("link", name=re.compile("Høringssvar at dele op")))
    follow(page, page.get_by_role("link", name=re.compile(rf"nr\. {number}\b", re.IGNORECASE)))
    follow(page, "[name=given]")
    follow(page, "[name=done]")
    way(page, "Bemærkninger")
    follow(page, page.get_by_role("link", name=re.compile(SAID[:30])))
    check(page, "bemaerkning")
    page.fill("[name=reply]", REPLY)
    choose(page.locator("[name=proposal][value=met]"))
    page.fill("[name=reason]", "Det følger af byggereglerne.")
    page.select_option("[name=theme]", label="Job og fritid")
    follow(page, page.get_by_role("button", name="Gem", exact=True))
    expect(page.locator("main")).to_contain_text("3 af")


def close(page: Page) -> None:
    way(page, "Høringen")
    follow(page, page.get_by_role("link", name="Luk før tid"))
    check(page, "luk")
    page.fill("[name=reason]", "Alle parter har svaret.")
    follow(page, "main form button[type=submit]")
    expect(page.locator("main .state").first).to_contain_text("Efter høring")
    expect(page.locator("main .lead .state")).to_contain_text("Lukket")


def publish_report(page: Page) -> None:
    way(page, "Høringsnotat")
    follow(page, page.get_by_role("button", name="Dan høringsnotat"))
    expect(page.locator("main")).to_contain_text("Det bliver dannet")
    for job in Job.objects.filter(state="waiting"):
        jobs.run(str(job.uid))
    page.reload()
    check(page, "notater")
    follow(page, page.get_by_role("link", name="Offentliggør …"))
    check(page, "notat-offentliggoer")
    follow(page, page.get_by_role("button", name="Offentliggør"))
