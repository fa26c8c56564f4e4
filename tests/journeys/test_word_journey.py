"""A whole text in from Word, in a real browser: decided on, read in, and a new edition compared."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.models import Comment, Plan
from plans.text.actions.sections import save_section
from tests.factories import a_plan, lead, secretary
from tests.journeys.looking import check, follow, sign_in
from tests.plans.word_documents import (
    BY_BO,
    comment,
    comment_at,
    docx,
    ended,
    footnote,
    gone,
    h,
    ins,
    item,
    note,
    p,
    picture,
    png,
    t,
    table,
)

FIRST: dict[str, Any] = {
    "notes": footnote(2, "Københavns Kommunes befolkningsprognose, 2026."),
    "comments": comment(0, "Er tallet fra i år?") + comment(1, "Ja, fra marts.", "Bo"),
    "header": "Socialforvaltningen, udkast",
    "pictures": {"r1": png()},
}
BODY = (
    p("Strategi for naboskab", style="Titel"),
    p("Strategien gælder for hele byen."),
    h("1. Formål"),
    p("Byen vokser med ti tusind borgere om året", note(2), t("."), comment_at(0), comment_at(1)),
    p("Vi ", gone("skal"), ins("vil"), t(" gøre det let at lære sin nabo at kende, "),
      gone("hvis muligt ", BY_BO), t("hvor man bor."), more=ended("ins")),
    p(ins("Det begynder i opgangen.")),
    h("1.1 Mål", 2),
    item("Flere fælles haver"), item("Flere fester i gården"),
    p(t("Hvad vi måler", "<w:b/>")),
    table(["Mål", "Hvem", "Hvornår"], ["Haver", "Teknik- og Miljøforvaltningen", "2028"]),
    p("Sådan ser en fælles have ud:", picture("r1")), p("Figur 1. Haven", style="Billedtekst"),
    h("2. Unge"), p("De unge mødes på skolen."),
)  # fmt: skip
SECOND = (
    p("Strategien gælder for hele byen."),
    h("1. Formål"), p("Byen vokser med ni tusind borgere om året."),
    p("Vi vil gøre det let at lære sin nabo at kende, hvor man bor."),
    p("Det begynder i opgangen."),
    h("2. Unge"), p("De unge mødes på skolen og i klubben."),
    h("3. Ældre"), p("De ældre mødes på plejehjemmet."),
)  # fmt: skip


@pytest.fixture
def plan(db) -> Plan:
    Municipality(pk=1, name="Prøve Kommune").save()
    plan = a_plan()
    secretary("ida")
    return plan


def hand_in(page: Page, plan: Plan, data: bytes, name: str) -> None:
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/")
    follow(page, page.get_by_role("link", name="Indlæs fra Word"))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.set_input_files("[name=file]", {"name": name, "mimeType": kind, "buffer": data})
    follow(page, page.get_by_role("button", name="Læs dokumentet"))
    expect(page.locator("h1")).to_have_text("Gennemse teksten fra Word")


def test_from_the_first_draft_to_the_second_edition(page: Page, plan: Plan) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, f"/arbejde/planer/{plan.slug}/tekst/word/")
    check(page)
    follow(page, page.get_by_role("button", name="Læs dokumentet"))
    expect(page.locator(".error-summary")).to_contain_text("Vælg Word-dokumentet.")
    check(page)

    hand_in(page, plan, docx(*BODY, **FIRST), "naboskab.docx")
    check(page)
    follow(page, page.get_by_role("button", name="Indlæs", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("Noget skal afgøres først")
    check(page)
    assert plan.sections.count() == 0
    page.get_by_label("Hvad vi måler").select_option(label="Mellemrubrik i teksten")
    changes = page.locator(".word-changes fieldset")
    changes.nth(0).get_by_label("Accepter").check()
    changes.nth(1).get_by_label("Afvis").check()
    follow(page, page.get_by_role("button", name="Accepter alle, der mangler"))
    expect(page.locator("#changes + p + .button-row")).to_contain_text("Alle er afgjort.")
    page.get_by_label("Hvad viser billede 1?").fill("En have mellem to huse")
    follow(page, page.get_by_role("button", name="Gem, og vent"))
    check(page)
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/word/")
    check(page)
    follow(page, page.get_by_role("link", name="naboskab.docx"))
    follow(page, page.get_by_role("button", name="Indlæs", exact=True))
    expect(page.locator("h1")).to_have_text("Tekst")
    check(page)
    aim, purpose = plan.sections.get(title="Mål"), plan.sections.get(title="Formål")
    assert "<h3>Hvad vi måler</h3>" in aim.text
    assert 'alt="En have mellem to huse"' in aim.text
    assert (
        "Vi vil gøre det let at lære sin nabo at kende, hvis muligt hvor man bor." in purpose.text
    )
    assert Comment.objects.count() == 2

    save_section(
        section=purpose, title="Formål", text=purpose.text.replace("let", "nemt"),
        base_version=purpose.version, by=lead(plan),
    )  # fmt: skip
    hand_in(page, plan, docx(*SECOND), "naboskab-2.docx")
    check(page)
    expect(page.locator("#sections ~ .assumption")).to_contain_text("Vælg, hvilken der skal stå")
    row = page.locator(".word-section", has_text="Formål").first
    expect(row).to_contain_text("Afsnittet er ændret her i browseren siden sidste indlæsning.")
    row.get_by_label("Teksten fra Word").check()
    page.locator("fieldset", has_text="2.1 Mål").get_by_label("Tag det ud").check()
    follow(page, page.get_by_role("button", name="Indlæs", exact=True))
    expect(page.locator(".page-messages, .alert-success").first).to_contain_text("er indlæst")
    check(page)
    titles = plan.sections.filter(retired_at=None).order_by("position")
    assert [one.title for one in titles] == ["Indledning", "Formål", "Unge", "Ældre"]
    assert complaints == []


def test_an_import_is_discarded_after_one_question(page: Page, plan: Plan) -> None:
    sign_in(page, f"/arbejde/planer/{plan.slug}/tekst/")
    hand_in(page, plan, docx(*SECOND), "naboskab.docx")
    follow(page, page.get_by_role("link", name="Kassér importen"))
    check(page)
    follow(page, page.get_by_role("button", name="Kassér"))
    expect(page.locator("h1")).to_have_text("Tekst")
    assert plan.sections.count() == 0


def test_the_keyboard_alone_reads_a_text_in(page: Page, plan: Plan) -> None:
    sign_in(page, f"/arbejde/planer/{plan.slug}/tekst/")
    hand_in(page, plan, docx(h("Formål"), p("Vi ", ins("vil"))), "naboskab.docx")
    page.locator("#change-c1-reject").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#change-c1-accept")).to_be_checked()
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "apply":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tekst")
    assert plan.sections.get().text == "<p>Vi vil</p>"
