"""The process plan edited in the row, in a real browser: with JavaScript and without."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import User
from plans.models import Milestone
from tests.factories import FIRST, a_plan, committee, imported
from tests.journeys.looking import check, follow, look, tab_to
from tests.journeys.test_import_journey import visitor  # noqa: F401


def named(words: str) -> Milestone:
    return Milestone.objects.get(title__icontains=words)


@pytest.fixture
def room(visitor: Page) -> Page:  # noqa: F811
    """The room of a plan with four milestones."""
    user = User.objects.get()
    plan = imported(FIRST, user, a_plan())
    visitor.slug = plan.slug
    visitor.goto(f"/arbejde/planer/{plan.slug}/procesplan/")
    return visitor


def row_of(page: Page, words: str):
    return page.locator(f"#m-{named(words).uid}")


def test_a_date_is_changed_in_the_row_and_everything_follows(room: Page) -> None:
    page = room
    check(page)
    row_of(page, "Høring").locator(".row-acts > a").first.click()
    when = page.locator("[name=when]")
    if page.scripted:
        assert "/procesplan/" in page.url
        expect(page.locator(".is-editing")).to_have_count(1)
        check(page)
    when.fill("31. februar 2027")
    page.locator("form:has([name=when]) button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=when]")).to_have_value("31. februar 2027")
    check(page)
    page.locator("[name=when]").fill("17. maj til 21. juni 2027")
    page.locator("form:has([name=when]) button[type=submit]").first.click()
    expect(row_of(page, "Høring")).to_contain_text("17. maj–21. juni 2027")
    page.get_by_text("Vis tidslinjen").click()
    expect(page.locator(".timeline-drawing")).to_contain_text("17. maj")
    assert named("Høring").when.earliest == dt.date(2027, 5, 17)


def test_words_in_another_row_survive_a_save(room: Page) -> None:
    page = room
    if not page.scripted:
        return
    for words in ("Udkast", "Høring"):
        row_of(page, words).locator(".row-acts > a").first.click()
        expect(row_of(page, words).locator("[name=title]")).to_be_visible()
    row_of(page, "Udkast").locator("[name=title]").fill("Halvt skrevet")
    row_of(page, "Høring").locator("[name=title]").fill("Høringen om strategien")
    row_of(page, "Høring").locator(".button-primary").click()
    expect(page.locator("tbody.is-editing")).to_have_count(1)
    expect(row_of(page, "Udkast").locator("[name=title]")).to_have_value("Halvt skrevet")
    assert named("Høringen om strategien")


def test_deleted_and_taken_back(room: Page) -> None:
    page = room
    row_of(page, "Høring").locator(".row-more summary").click()
    row_of(page, "Høring").locator("button[formaction$='slet/']").click()
    expect(page.locator(".undo-row")).to_have_count(1)
    assert not Milestone.objects.filter(title__icontains="Høring om").exists()
    check(page)
    page.locator(".undo-row button").click()
    expect(page.locator(".undo-row")).to_have_count(0)
    expect(page.locator("tbody.plan-row")).to_have_count(4)
    assert named("Høring om")


def test_a_finding_is_accepted_with_a_note(room: Page) -> None:
    page = room
    finding = page.locator(".finding").first
    message = finding.locator("strong").inner_text().partition(": ")[2]
    finding.locator("summary").click()
    finding.locator("textarea").fill("Aftalt med rådet.")
    finding.locator("button").click()
    expect(page.locator(".accepted-findings summary")).to_be_visible()
    page.locator(".accepted-findings summary").click()
    expect(page.locator(".accepted-findings s").first).to_have_text(message)
    check(page)


def test_moved_with_what_follows(room: Page) -> None:
    page = room
    row_of(page, "Udkast").locator(".row-more summary").click()
    follow(page, row_of(page, "Udkast").locator("a[href$='flyt/']"))
    check(page)
    page.locator("[name=when]").fill("20. april til 14. maj 2027")
    page.locator("[name=scope][value=later]").check()
    follow(page, "form[method=get] button")
    expect(page.locator("table.effects")).to_contain_text("24. maj–28. juni 2027")
    assert named("Høring").when.earliest == dt.date(2027, 5, 10)
    check(page)
    follow(page, "form[method=post] .button-primary")
    expect(page).to_have_url(re.compile("/procesplan/"))
    assert named("Høring").when.earliest == dt.date(2027, 5, 24)


def test_a_treatment_and_a_template_are_shown_first(room: Page) -> None:
    page = room
    page.goto(f"/arbejde/planer/{page.slug}/procesplan/skabelon/")
    check(page)
    page.locator("[name=begins]").fill("2028-01-03")
    follow(page, "form[method=get] button")
    expect(page.locator("main tbody tr").first).to_contain_text("2028")
    check(page)
    page.goto(f"/arbejde/planer/{page.slug}/procesplan/behandling/")
    check(page)
    page.locator("[name=title]").fill("Forslag sendes i høring")
    page.locator("[name=first_day]").fill("2027-04-01")
    follow(page, "form[method=get] button")
    follow(page, "main form[method=post] .button-primary")
    expect(page).to_have_url(re.compile("/procesplan/$"))
    assert Milestone.objects.filter(title__endswith="Forslag sendes i høring").exists()


# --- with the keyboard alone -------------------------------------------------------------------

WIDE = (320, 390, 1024, 1280)


def at_all_widths(page: Page) -> None:
    """Nothing is wider than the window and axe finds nothing, from a telephone to a desk."""
    window = page.viewport_size
    for width in WIDE:
        page.set_viewport_size({"width": width, "height": 800})
        look(page)
    page.set_viewport_size(window)


def test_the_screen_with_the_keyboard_alone(room: Page) -> None:
    page = room
    if not page.scripted:
        return
    at_all_widths(page)
    # The rooms are icons; each tells its name when it has the focus, until Escape.
    strip = page.locator(".plan-rooms a").nth(1)
    tab_to(page, strip)
    assert strip.locator(".room-name").bounding_box()["width"] > 20
    page.keyboard.press("Escape")
    assert strip.locator(".room-name").bounding_box()["width"] < 2
    # A menu opens with Enter and closes with Escape, and the focus is where it was.
    adding = page.locator(".bar-acts summary")
    tab_to(page, adding)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Milepæl", exact=True)).to_be_visible()
    at_all_widths(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Milepæl", exact=True)).to_be_hidden()
    expect(adding).to_be_focused()
    # Two rows are ticked, and the bar at the foot says so.
    expect(page.locator(".fixed-bar-foot")).to_be_hidden()
    for words in ("Udkast", "Høring"):
        tab_to(page, row_of(page, words).locator("[name=row]"))
        page.keyboard.press("Space")
    expect(page.locator(".fixed-bar-foot")).to_be_visible()
    at_all_widths(page)
    tab_to(page, page.locator(".bulk [value=done]"))
    page.keyboard.press("Enter")
    expect(row_of(page, "Høring")).to_contain_text("Gennemført")
    expect(page.locator(".fixed-bar-foot")).to_be_hidden()
    # A row is corrected where it stands.
    row = row_of(page, "vedtagelse")
    tab_to(page, row.locator(".row-acts > a"))
    page.keyboard.press("Enter")
    title = page.locator("[name=title]")
    expect(title).to_be_visible()
    at_all_widths(page)
    tab_to(page, title)
    page.keyboard.press("Control+A")
    page.keyboard.type("Endelig vedtagelse i byrådet")
    tab_to(page, page.locator(".is-editing .button-primary"))
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Endelig vedtagelse i byrådet")
    # Deleted, and taken back where it stood.
    tab_to(page, row.locator(".row-more summary"))
    page.keyboard.press("Enter")
    tab_to(page, row.locator("[formaction$='slet/']"))
    page.keyboard.press("Enter")
    back = page.locator(".undo-row button")
    expect(back).to_be_focused()
    at_all_widths(page)
    page.keyboard.press("Enter")
    expect(row.locator("[name=row]")).to_be_visible()


# Is what has the focus, or a part of it, under a bar that it is not in?
UNDER = """() => {
  const here = document.activeElement;
  const place = here.getBoundingClientRect();
  return [...document.querySelectorAll('.fixed-bar')].some((bar) => {
    const there = bar.getBoundingClientRect();
    const beside = place.right <= there.left || place.left >= there.right;
    if (here === document.body || bar.contains(here) || beside) return false;
    return place.top < there.bottom - 1 && place.bottom > there.top + 1;
  });
}"""


def test_what_has_the_focus_is_never_under_a_bar(room: Page) -> None:
    page = room
    page.emulate_media(reduced_motion="reduce")  # nothing is on its way while it is asked
    for width, height in ((1024, 520), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.locator("[name=row]").first.check()
        for key in ("Tab", "Shift+Tab"):
            for _press in range(60):
                page.keyboard.press(key)
                if page.evaluate(UNDER):
                    raise AssertionError(page.evaluate("document.activeElement.outerHTML"))


def test_several_rows_without_javascript_too(room: Page) -> None:
    page = room
    for words in ("Udkast", "Høring"):
        row_of(page, words).locator("[name=row]").check()
    page.locator(".bulk [value=public]").click()
    expect(row_of(page, "Høring")).to_contain_text("Offentlig næste gang")
    for words in ("Udkast", "Høring"):
        row_of(page, words).locator("[name=row]").check()
    follow(page, ".bulk [value=move]")
    check(page)
    page.locator("[name=days]").fill("14")
    follow(page, "form[method=get] button")
    expect(page.locator("table.effects")).to_contain_text("24. maj–28. juni 2027")
    check(page)
    follow(page, "form[method=post] .button-primary")
    assert named("Høring").when.earliest == dt.date(2027, 5, 24)


def test_who_takes_part_is_searched_and_stands_as_chips(room: Page) -> None:
    page = room
    for name in ("Ældrerådet", "Handicaprådet", "Udsatterådet"):
        committee(name, BodyKind.ADVISORY)
    page.goto(f"/arbejde/planer/{page.slug}/milepaele/{named('Høring').uid}/")
    check(page)
    if not page.scripted:
        page.get_by_label("Ældrerådet").check(force=True)
    else:
        page.get_by_label("Søg efter deltagere").fill("ældre")
        expect(page.locator(".who .form-group-checkbox:visible")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_contain_text(["Ældrerådet"])
        check(page)
    follow(page, "main form[method=post] .button-primary")
    assert named("Høring").bodies.filter(name="Ældrerådet").exists()
