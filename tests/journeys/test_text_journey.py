"""Writing a plan's text in a real browser: two people in one section, offline and back, a lost
session, the keyboard alone, no JavaScript, and nothing that runs."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.models import Section, SectionDraft
from plans.text.actions.outline import add_section
from plans.text.actions.sections import save_section
from tests.factories import a_plan, lead, secretary
from tests.journeys.looking import check, fill_in, follow, save_in_vain, sign_in
from tests.kommuneplan.richtext.test_blocks import HOSTILE

SOON = 12_000  # milliseconds: an autosave and its answer


class Writers:
    """A plan with a section, and browsers for those who write in it."""

    def __init__(self, browser, settings) -> None:
        Municipality(pk=1, name="Prøve Kommune").save()
        self.plan = a_plan()
        self.ida, self.bo = secretary("ida"), lead(self.plan, "bo")
        self.browser, self.settings = browser, settings
        self.section = add_section(plan=self.plan, title="Formål", by=self.ida)
        self.write("<p>Vi lytter til borgerne.</p><p>Vi handler.</p>")
        self.contexts, self.complaints = [], []

    def write(self, text: str) -> None:
        self.section = save_section(
            section=self.section,
            title="Formål",
            text=text,
            base_version=self.section.version,
            by=self.ida,
        )

    @property
    def outline(self) -> str:
        return f"/arbejde/planer/{self.plan.slug}/tekst/"

    @property
    def address(self) -> str:
        return f"{self.outline}{self.section.uid}/"

    def sign_in(self, name: str, **settings) -> Page:
        context = self.browser.new_context(**{**self.settings, **settings})
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        sign_in(page, self.address, name)
        return page

    def _hear(self, said) -> None:
        expected = ("favicon", "ERR_INTERNET_DISCONNECTED", "409", "422", "Failed to load resource")
        if said.type == "error" and not any(words in said.text for words in expected):
            self.complaints.append(said.text)


def box(page: Page):
    return page.locator(".ProseMirror")


def type_at_end(page: Page, words: str) -> None:
    box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def state(page: Page):
    return page.locator("[data-save-state]")


def save(page: Page) -> None:
    """Save, and be back in the outline."""
    follow(page, "form[data-write] .button-primary")
    expect(page).to_have_url(re.compile("/tekst/$"))


@pytest.fixture
def writers(browser, browser_context_args):
    house = Writers(browser, browser_context_args)
    yield house
    for context in house.contexts:
        context.close()
    assert house.complaints == []


def test_a_section_is_made_written_commented_and_saved(writers: Writers) -> None:
    page = writers.sign_in("ida")
    check(page)
    page.goto(writers.outline)
    check(page)
    page.fill("[name=title]", "Baggrund")
    follow(page, "[action$='/ny/'] [type=submit]")
    expect(page.locator("h1")).to_contain_text("Baggrund")
    box(page).click()
    page.keyboard.type("Byen vokser.")
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    check(page)
    save(page)
    assert Section.objects.get(title="Baggrund").text == "<p>Byen vokser.</p>"
    assert not SectionDraft.objects.filter(is_open=True).exists()


def test_the_keyboard_alone_writes_a_heading_and_saves(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    page.locator("#id_title").focus()
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('ProseMirror')"):
            break
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("### Vores mål")
    page.keyboard.press("Tab")
    for _press in range(10):
        if page.evaluate("document.activeElement.type === 'submit'"):
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tekst/$"))
    writers.section.refresh_from_db()
    assert "<h3>Vores mål</h3>" in writers.section.text


def test_what_is_typed_before_the_editor_is_there_is_not_lost(writers: Writers) -> None:
    """A slow network: the words go into the box that the editor takes over, and go on in it."""
    waiting = []
    page = writers.sign_in("ida")
    page.route("**/django_prose_editor/editor.js", lambda route: waiting.append(route))
    with page.expect_request("**/django_prose_editor/editor.js"):
        page.goto(writers.address, wait_until="commit")
    plain = page.locator("#id_text")
    plain.focus()
    at = "Vi lytter"
    plain.evaluate("(box, words) => box.setSelectionRange(words, words)", len("<p>") + len(at))
    page.keyboard.type(" altid")
    for one in waiting:
        one.continue_()
    expect(box(page)).to_be_focused()
    page.keyboard.type(" nøje")
    expect(box(page).locator("p").first).to_have_text("Vi lytter altid nøje til borgerne.")
    save(page)
    writers.section.refresh_from_db()
    assert "<p>Vi lytter altid nøje til borgerne.</p>" in writers.section.text


COMES_BACK_WRITING = """box => {
  box.focus();
  document.execCommand("insertText", false, " nu.");
}"""
COMES_BACK_AND_MOVES = """async box => {
  box.focus();
  getSelection().modify("move", "backward", "documentboundary");
  const until = performance.now() + 50;
  while (performance.now() < until);  // a busy machine
  await new Promise((done) => setTimeout(done, 50));
  document.execCommand("insertText", false, "Nu: ");
}"""


def test_keys_that_come_with_the_focus_go_where_the_caret_is(writers: Writers) -> None:
    page = writers.sign_in("ida")
    type_at_end(page, " Sammen")
    page.locator("#id_title").focus()
    box(page).evaluate(COMES_BACK_WRITING)
    expect(box(page).locator("p").last).to_have_text("Vi handler. Sammen nu.")
    page.locator("#id_title").focus()
    box(page).evaluate(COMES_BACK_AND_MOVES)
    expect(box(page).locator("p").first).to_have_text("Nu: Vi lytter til borgerne.")
    save(page)


def test_two_in_one_section_see_each_other_and_both_texts(writers: Writers) -> None:
    ida, bo = writers.sign_in("ida"), writers.sign_in("bo")
    ida.clock.install()
    ida.reload()
    type_at_end(ida, " Ida skriver.")
    type_at_end(bo, " Bo skriver.")
    for page in (ida, bo):
        expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    ida.clock.fast_forward(30_000)  # who else is here is asked now and then
    expect(ida.locator("#presence")).to_contain_text("bo")
    save(ida)
    follow(bo, "form[data-write] .button-primary")
    expect(bo).to_have_url(re.compile("/konflikt/$"))
    expect(bo.locator("mark")).to_have_count(2)
    check(bo)
    follow(bo, "button[value=joined]")
    expect(bo).to_have_url(re.compile(f"{writers.address}$"))
    expect(box(bo)).to_contain_text("Ida skriver.")
    expect(box(bo)).to_contain_text("Bo skriver.")
    save(bo)
    writers.section.refresh_from_db()
    assert "Ida skriver." in writers.section.text
    assert "Bo skriver." in writers.section.text


def test_offline_and_back(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    page.context.set_offline(True)
    type_at_end(page, " Skrevet uden net.")
    expect(state(page)).to_have_class(re.compile("is-warning"), timeout=SOON)
    save_in_vain(page, "form[data-write] .button-primary")
    expect(box(page)).to_contain_text("Skrevet uden net.")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    assert "Skrevet uden net." in SectionDraft.objects.get().text
    save(page)
    writers.section.refresh_from_db()
    assert "Skrevet uden net." in writers.section.text


def test_a_lost_session_costs_no_word(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    Session.objects.all().delete()
    type_at_end(page, " Efter udlogning.")
    sign_in = state(page).locator("a")
    expect(sign_in).to_be_visible(timeout=SOON)
    save_in_vain(page, "form[data-write] .button-primary")
    expect(box(page)).to_contain_text("Efter udlogning.")
    with page.context.expect_page() as opened:
        sign_in.click()
    fill_in(opened.value, "ida@example.org")
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    save(page)
    writers.section.refresh_from_db()
    assert "Efter udlogning." in writers.section.text


def test_a_reload_without_a_session_offers_the_text_again(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    Session.objects.all().delete()
    type_at_end(page, " Kun i vinduet.")
    expect(state(page)).to_have_class(re.compile("is-warning"), timeout=SOON)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(writers.address)
    fill_in(page, "ida@example.org")
    expect(box(page)).to_contain_text("Kun i vinduet.", timeout=SOON)
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)


def test_nothing_is_left_in_the_browser_after_signing_out(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    page.context.set_offline(True)
    type_at_end(page, " Fortroligt.")
    expect(state(page)).to_have_class(re.compile("is-warning"), timeout=SOON)
    assert "Fortroligt" in page.evaluate("JSON.stringify(sessionStorage)")
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    follow(page, ".site-person form button")
    assert "tekst" not in page.url
    left = "JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"
    assert "Fortroligt" not in page.evaluate(left)


def test_without_javascript_the_text_is_written_in_a_simple_box(writers: Writers) -> None:
    page = writers.sign_in("ida", java_script_enabled=False)
    expect(page.locator(".rich")).to_be_hidden()
    expect(page.locator("#id_plain")).to_have_value("Vi lytter til borgerne.\n\nVi handler.")
    page.fill("#id_plain", "## Mål\n\nVi handler nu.")
    save(page)
    writers.section.refresh_from_db()
    assert writers.section.text == "<h3>Mål</h3>\n<p>Vi handler nu.</p>"
    follow(page, page.get_by_role("link", name="Formål", exact=True))
    expect(page.locator("#id_plain")).to_have_value("## Mål\n\nVi handler nu.")


def test_hostile_text_runs_nowhere_without_a_policy_to_stop_it(writers: Writers) -> None:
    page = writers.sign_in("ida", bypass_csp=True)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda sent: ran.append(sent.url) if "example.org" in sent.url else None)
    hostile = "<p>x</p>".join(HOSTILE)
    base = writers.section.version
    writers.write(hostile)
    Section.objects.get(pk=writers.section.pk)
    page.goto(writers.address)
    expect(box(page)).to_be_visible()
    page.evaluate("words => { document.querySelector('[name=text]').value = words }", hostile)
    page.evaluate(
        "document.querySelector('[name=text]').dispatchEvent(new Event('input', {bubbles: true}))"
    )
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    SectionDraft.objects.filter(is_open=True).update(base_version=base, text=hostile + "<p>mit</p>")
    writers.write(hostile + "<p>deres</p>")
    for address in (writers.address, f"{writers.address}konflikt/", writers.outline):
        page.goto(address)
        page.wait_for_timeout(300)
    assert ran == []


def test_a_section_is_dragged_and_moved_by_keyboard(writers: Writers) -> None:
    for title in ("Baggrund", "Målgrupper"):
        add_section(plan=writers.plan, title=title, by=writers.ida)
    page = writers.sign_in("ida")
    page.goto(writers.outline)
    lines = page.locator(".outline-line")
    height = lines.nth(0).bounding_box()["height"]
    lines.nth(2).drag_to(lines.nth(0), target_position={"x": 40, "y": 2})
    expect(lines.nth(0)).to_contain_text("Målgrupper")
    lines.nth(2).drag_to(lines.nth(0), target_position={"x": 40, "y": height - 3})
    expect(lines.nth(1)).to_contain_text("1.1")
    expect(lines.nth(1)).to_contain_text("Baggrund")
    lines.nth(1).locator("button[value=out]").focus()
    page.keyboard.press("Enter")
    expect(lines.nth(1)).not_to_contain_text("1.1")
    check(page)
