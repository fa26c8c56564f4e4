"""A member on a telephone (320 px), with the keyboard alone: reads what is submitted, searches,
sees what is new, writes a note, asks and gets an answer; and the administration's side of it."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.enums import Outcome
from plans.models import PrivateNote, Question, Section
from tests.factories import committee, secretary
from tests.journeys.looking import check, choose, fill_in, follow, sign_in, tab_to
from tests.plans.matters import meeting, submitted, treats
from tests.plans.member_household import anchors, member, plan_before, submitted_version

HERE = "**/arbejde/udvalg/**"


class World:
    """A plan submitted twice, and the people around it, each with a browser of their own."""

    def __init__(self, browser, arguments: dict) -> None:
        Municipality(pk=1, name="Prøve Kommune").save()
        self.browser, self.arguments = browser, arguments
        self.contexts: list = []
        self.complaints: list[str] = []
        self.member, self.secretary = member(), secretary()
        self.colleague = member("kollega")
        self.plan = plan_before()
        self.first = submitted_version(self.plan)
        self.anchor = anchors(self.first)[0]

    def page(self, name: str, at: str = "/arbejde/", *, scripted: bool = True) -> Page:
        """Somebody signed in, on a narrow screen."""
        context = self.browser.new_context(
            **{**self.arguments, "viewport": {"width": 320, "height": 700}},
            java_script_enabled=scripted,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.scripted = scripted
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        sign_in(page, at, name)
        return page

    def submit_again(self) -> None:
        """The matter comes back, goes to a meeting again, with another text."""
        treats(self.first.matters.get().matter, Outcome.RETURNED)
        section = Section.objects.filter(plan=self.plan).order_by("pk").first()
        section.text = section.text.replace("unge", "unge og ældre")
        section.save()
        matter = submitted(self.plan)
        treatment = matter.treatments.get()
        treatment.meeting = meeting(committee(), 9)
        treatment.save()


@pytest.fixture
def world(browser, browser_context_args):
    made = World(browser, browser_context_args)
    yield made
    for context in made.contexts:
        context.close()
    assert made.complaints == []


def reach(page: Page, selector: str) -> None:
    """Go with Tab until the thing has the focus, and see that the focus can be seen."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, page.locator(selector).first)
    outline = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle + s.boxShadow }"
    )
    assert outline != "nonenone", selector


def go(page: Page, selector: str, to: str) -> None:
    """With the keyboard, along a link or a button."""
    reach(page, selector)
    enter(page)
    page.wait_for_url(to)


def enter(page: Page) -> None:
    """Press Enter where the focus is, and be on the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_member_reads_searches_and_sees_what_is_new(world: World) -> None:
    page = world.page("medlem")
    expect(page).to_have_url(re.compile(r"/arbejde/udvalg/$"))  # the desk leads here
    check(page)
    go(page, ".reading-list a", "**/planer/**")
    check(page)
    page.set_viewport_size(
        {"width": 390, "height": 844}
    )  # a telephone: the text on its first screen
    expect(page.locator(".text-body .block").first).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 700})
    reach(page, ".member-fold summary")
    page.keyboard.press("Enter")
    reach(page, "#soeg")
    page.keyboard.type("faelles bolig")
    enter(page)
    page.wait_for_url("**q=faelles+bolig")
    check(page)
    expect(page.locator(".block mark").first).to_have_text("fælles")
    reach(page, ".hit-list a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"#{world.anchor}$"))
    page.goto(f"{page.url.partition('?')[0]}?q=findesikke")
    check(page)
    world.submit_again()
    page.goto("/arbejde/udvalg/")
    check(page)
    expect(page.locator("main")).to_contain_text("Siden du sidst læste: 1 afsnit ændret")
    go(page, ".member-list h3 a", "**/sager/**")
    check(page)
    go(page, ".reading-list .quiet a", "**/aendringer/**")
    check(page)
    expect(page.locator("ins", has_text="og ældre")).to_be_visible()
    page.goto("/arbejde/udvalg/planer/")
    check(page)


def test_a_link_in_an_agenda_leads_through_sign_in_to_the_paragraph(world: World) -> None:
    home = f"/arbejde/udvalg/planer/{world.plan.slug}/{world.first.number}/"
    page = world.page("medlem", f"{home}afsnit/{world.anchor}/")  # by the number it had then
    now = f"/arbejde/udvalg/planer/{world.plan.slug}/{world.first.uid}/"
    expect(page).to_have_url(re.compile(f"{now}#{world.anchor}$"))
    expect(page.locator(f"#{world.anchor}")).to_be_in_viewport()


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_a_note_is_written_kept_over_a_lost_session_and_erased(world: World, scripted) -> None:
    page = world.page("medlem", scripted=scripted)
    home = f"/arbejde/udvalg/planer/{world.plan.slug}/{world.first.uid}/"
    page.goto(home)
    follow(page, f"#{world.anchor} .block-tools a", "Enter")
    expect(page).to_have_url(re.compile("/note/$"))
    check(page)
    expect(page.locator(".quoted-block")).to_contain_text("fælles boliger")
    page.locator("#id_words").focus()
    page.keyboard.type("Er huset stort nok?")
    Session.objects.all().delete()
    page.keyboard.press("Tab")
    enter(page)
    fill_in(page, "medlem@example.org")
    follow(page, page.get_by_role("button", name="Send det, jeg skrev"), "Enter")
    expect(page).to_have_url(re.compile(f"{home}#{world.anchor}$"))
    expect(page.locator(".own-note")).to_have_text("Er huset stort nok?")
    check(page)
    page.goto("/arbejde/udvalg/noter/")
    check(page)
    follow(page, ".note-line a", "Enter")
    expect(page).to_have_url(re.compile("/noter/[^/]+/$"))
    PrivateNote.objects.get().save()  # another window has stored it meanwhile
    page.fill("#id_words", "Andet")
    follow(page, "main .button-primary", "Enter")
    expect(page.locator("main .alert")).to_contain_text("Er huset stort nok?")
    check(page)
    follow(page, "button[name=erase]", "Enter")
    expect(page).to_have_url(re.compile("/noter/$"))
    assert not PrivateNote.objects.exists()
    check(page)


def test_a_question_is_asked_answered_and_shown_when_both_agree(world: World) -> None:
    page = world.page("medlem")
    home = f"/arbejde/udvalg/planer/{world.plan.slug}/{world.first.number}/"
    page.goto("/arbejde/udvalg/spoergsmaal/")
    check(page)
    page.goto(f"{home}afsnit/{world.anchor}/note/")
    go(page, "main a.button-secondary", "**/spoerg/**")
    check(page)
    reach(page, "main .button-primary")
    enter(page)  # empty
    expect(page.locator(".error-summary")).to_be_visible()
    check(page)
    reach(page, "#id_words")
    page.keyboard.type("Hvor mange unge venter?")
    go(page, "main .button-primary", "**/spoergsmaal/*/")
    check(page)
    question = Question.objects.get()
    answering = world.page("sekretær", "/arbejde/")
    check(answering)
    answering.goto(f"/arbejde/planer/{world.plan.slug}/")
    go(answering, ".questions-waiting a", "**/arbejde/spoergsmaal/**")
    check(answering)
    go(answering, ".work-list a", "**/arbejde/spoergsmaal/*/")
    check(answering)
    reach(answering, "#id_words")
    answering.keyboard.type("412 på ventelisten.")
    reach(answering, "#id_show")
    answering.keyboard.press("Space")
    go(answering, "main .button-primary", "**/arbejde/spoergsmaal/")
    colleague = world.page("kollega", home)
    assert colleague.locator(".asked").count() == 0
    page.reload()
    expect(page.locator("main")).to_contain_text("412 på ventelisten.")
    check(page)
    reach(page, "button[name=agree]")
    enter(page)
    expect(page.locator("button[name=take-back]")).to_be_visible()
    check(page)
    colleague.reload()
    expect(colleague.locator(".asked")).to_contain_text("medlem")
    check(colleague)
    go(colleague, ".asked a", HERE)
    check(colleague)
    reach(page, "button[name=withdraw]")
    enter(page)
    expect(page.locator("button[name=withdraw]")).to_have_count(0)
    check(page)
    question.refresh_from_db()
    assert question.withdrawn_at is not None
    answering.goto(f"/arbejde/spoergsmaal/{question.uid}/")
    check(answering)


def test_a_recusal_is_recorded_and_the_matter_is_gone(world: World) -> None:
    page = world.page("medlem")
    home = f"/arbejde/udvalg/planer/{world.plan.slug}/{world.first.number}/"
    assert page.goto(home).status == 200
    matter = world.first.matters.get().matter
    recording = world.page("sekretær")
    recording.goto(f"/arbejde/planer/{world.plan.slug}/sager/{matter.uid}/")
    follow(recording, "main a[href$='/inhabile/']", "Enter")
    expect(recording).to_have_url(re.compile("/inhabile/$"))
    check(recording)
    follow(recording, "main .button-primary", "Enter")
    expect(recording.locator(".error-summary")).to_be_visible()
    check(recording)
    recording.select_option("#id_member", index=2)
    choose(recording.locator("[name=reason][value=family]"))
    follow(recording, "main .button-primary", "Enter")
    expect(recording.locator(".work-list")).to_contain_text("medlem")
    check(recording)
    assert page.goto(home).status == 404
    page.goto("/arbejde/udvalg/")
    expect(page.locator(".reading-list")).to_have_count(0)
    check(page)
