"""The secretary handles a response: selects words in it, takes what was given on a paragraph,
replies, goes on with the keys, and says that the round is ready; a member reads it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from consultations.handling.actions import themes
from consultations.models import Round
from consultations.review.actions import reviewing
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_long_response, handler, room, standing
from tests.journeys.looking import check, choose, follow, sign_in
from tests.plans.matters import consulted, ready_plan
from tests.plans.member_household import member

SELECT = """(words) => {
  for (const label of document.querySelectorAll('label[data-piece]')) {
    const text = label.firstChild;
    const at = text.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + words.length);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
}"""


def test_a_response_is_handled_from_its_words_to_the_agenda(page: Page):
    Municipality(pk=1, name="Prøve Kommune").save()
    round = a_closed_round(plan=consulted(ready_plan()))
    response = a_long_response(round)
    themes.add_theme(round=round, title="Trafik", by=None)
    reviewing.clear(response=response, by=None)
    secretary = handler(round)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    sign_in(page, room(round), secretary.email.split("@")[0])
    follow(page, page.get_by_role("link", name="Gennemgå høringssvarene"))
    follow(page, page.get_by_role("link", name=re.compile("Høringssvar nr. 1")))
    page.evaluate(SELECT, "glade for planen")
    expect(page.locator("[data-marked]")).to_contain_text("glade for planen")
    check(page, "handling-split")
    page.evaluate(SELECT, "glade for planen")
    follow(page, page.get_by_role("button", name="Ny bemærkning"))
    follow(page, page.get_by_role("button", name=re.compile("Tag bemærkningerne")))
    follow(page, page.get_by_role("button", name="Resten kræver ikke svar"))
    assert [row.words for row in standing(round)] == [
        "glade for planen",
        "Værkstedet skal være åbent om aftenen.",
    ]

    page.goto(room(round, f"{standing(round)[0].uid}/"))
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bemærkning nr. 2")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bemærkning nr. 1")
    page.get_by_label("Forvaltningens svar").fill("Tak for støtten.")
    choose(page.get_by_label("Giver ikke anledning til ændringer"))
    page.get_by_label("Tema", exact=True).select_option(label="Trafik")
    page.locator("h1").click()
    page.keyboard.press("j")  # nothing that is typed is left by a key
    expect(page.get_by_role("heading", level=1)).to_have_text("Bemærkning nr. 1")
    check(page, "handling-remark")
    follow(page, page.get_by_role("button", name="Gem og gå til næste"))
    expect(page.get_by_text("1 af 2 besvaret")).to_be_visible()

    follow(page, page.get_by_role("link", name="Klar til dagsorden"))
    expect(page.get_by_text("1 bemærkning mangler svar eller forslag.")).to_be_visible()
    page.get_by_label("Hvorfor sættes den på dagsordenen alligevel?").fill(
        "Udvalget har bedt om det."
    )
    follow(page, page.get_by_role("button", name="Klar til dagsorden alligevel"))
    expect(page.get_by_text("Høringen er meldt klar til dagsorden.")).to_be_visible()
    assert Round.objects.get(pk=round.pk).ready_in_spite == "Udvalget har bedt om det."

    page.context.clear_cookies()
    address = f"/arbejde/udvalg/planer/{round.plan.slug}/{round.frozen.number}/"
    sign_in(page, address, member().email.split("@")[0])
    page.get_by_text("1 bemærkning fra høringen").first.click()
    expect(page.get_by_text("Værkstedet skal være åbent om aftenen.")).to_be_visible()
    check(page, "handling-member")
    assert complaints == []
