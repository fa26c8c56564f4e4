"""From a document to the public timeline, in a real browser: with JavaScript and without."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Page, Route, expect

from kommuneplan.core.models import Municipality
from plans.models import ImportDraft, Milestone, Plan
from tests.factories import FIRST, secretary
from tests.journeys.looking import check, fill_in, follow, sign_in

ROWS = [line.split("\t") for line in FIRST.splitlines()[1:]]


def word_file() -> bytes:
    """The plan as a Word document with a table."""
    document = Document()
    document.add_heading(FIRST.splitlines()[0])
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def visitor(request, browser, browser_context_args):
    """A secretary who has signed in; complaints of the browser fail the test."""
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary()
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.scripted = request.param
    sign_in(page, name="sekretær")
    yield page
    assert [
        one for one in complaints if "favicon" not in one and not re.search("40[19]|422", one)
    ] == []
    context.close()


def test_from_a_word_file_to_the_public_page(visitor: Page) -> None:
    page = visitor
    check(page)
    follow(page, page.get_by_role("link", name=re.compile("^Importér")).first)
    check(page)
    word = {
        "name": "procesplan.docx",
        "mimeType": "application/octet-stream",
        "buffer": word_file(),
    }
    page.set_input_files("[name=file]", word)
    follow(page, "main form[enctype] button[type=submit]")
    expect(page).to_have_url(re.compile(r"/arbejde/import/[0-9a-f-]{36}/"))
    expect(page.locator(".import-row")).to_have_count(4)
    expect(page.locator("[name=apply]")).to_contain_text("4")
    check(page)

    page.locator("#row-m1 summary", has_text="Ret").first.click()
    page.fill("[name=m1-title]", "Udvalget tager stilling til procesplanen")
    page.fill("[name=m1-when]", "medio marts 2027")
    if page.scripted:
        expect(page.locator("#row-m1 .timespan-reading")).to_contain_text("11.–20. marts")
        page.locator("[name=m1-phase]").focus()
        expect(page.locator("#m1-understood")).to_contain_text("Udvalget tager stilling")
        expect(page.locator("[name=m1-title]")).to_have_value(
            "Udvalget tager stilling til procesplanen"
        )
        check(page)
    else:
        follow(page, "#row-m1 button[name=save]")
        expect(page.locator("#m1-understood")).to_contain_text("11.–20. marts")
    assert not Milestone.objects.exists()

    page.goto("/arbejde/")
    follow(page, page.get_by_role("link", name=str(ImportDraft.objects.get())).first)
    expect(page.locator("#m1-understood")).to_contain_text("Udvalget tager stilling")
    follow(page, "[name=apply]")
    expect(page).to_have_url(re.compile("/arbejde/planer/[^/]+/procesplan/$"))
    assert Milestone.objects.count() == 4
    check(page)

    plan = Plan.objects.get()
    page.goto(f"/arbejde/planer/{plan.slug}/forhaandsvis/")
    check(page)
    page.goto(f"/arbejde/planer/{plan.slug}/offentligt/")
    check(page)
    page.locator(".choose-list label", has_text="Udkast").click()
    follow(page, "[name=publish]")
    expect(page).to_have_url(re.compile("/offentliggoer/$"))
    check(page)
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(f"/arbejde/planer/{plan.slug}/procesplan/$"))
    page.goto(f"/planer/{plan.slug}/")
    expect(page.locator("main")).to_contain_text("Udvalget tager stilling til procesplanen")
    expect(page.locator("main")).to_contain_text("Høring om strategien")
    expect(page.locator("main")).not_to_contain_text("Udkast til strategi udarbejdes")


def test_pointing_at_a_row_marks_where_it_comes_from(visitor: Page) -> None:
    page = visitor
    if not page.scripted:
        pytest.skip("the marking is what the script adds; the links do without")
    page.goto("/arbejde/import/")
    page.fill("[name=text]", FIRST)
    follow(page, "main form[enctype] button[type=submit]")
    row = page.locator("#row-m3")
    row.hover()
    source = row.get_attribute("data-source").split()[0]
    expect(page.locator(f"#source-{source}")).to_have_class(re.compile("is-marked"))
    page.locator("#row-m2 summary").first.focus()
    expect(row).not_to_have_class(re.compile("is-marked"))
    page.locator(f"#source-{source} a").focus()
    expect(row).to_have_class(re.compile("is-marked"))


def test_two_windows_with_scripts_show_both(visitor: Page) -> None:
    page = visitor
    if not page.scripted:
        pytest.skip("without scripts: tests/plans/process_import/test_import_preview.py")
    page.goto("/arbejde/import/")
    page.fill("[name=text]", FIRST)
    follow(page, "main form[enctype] button[type=submit]")
    other = page.context.new_page()
    other.goto(page.url)
    for window, title in ((page, "Den ene"), (other, "Den anden")):
        window.locator("#row-m1 summary", has_text="Ret").first.click()
        window.fill("[name=m1-title]", title)
        window.locator("[name=m1-phase]").focus()
        window.wait_for_timeout(800)
    expect(other.locator("#row-m1")).to_contain_text("Den ene")
    expect(other.locator("[name=m1-title]")).to_have_value("Den anden")


def test_whoever_confirms_before_a_correction_is_shown_confirms_again(visitor: Page) -> None:
    page = visitor
    if not page.scripted:
        pytest.skip("without scripts what was corrected is a page of its own")
    page.goto("/arbejde/import/")
    page.fill("[name=text]", FIRST)
    follow(page, "main form[enctype] button[type=submit]")
    waiting: list[Route] = []
    page.route("**/arbejde/import/*/", lambda one: waiting.append(one))  # a slow network
    page.locator("#row-m1 summary", has_text="Ret").first.click()
    page.fill("[name=m1-title]", "Rettet til sidst")
    with page.expect_request("**/arbejde/import/*/"):
        page.click("[name=apply]")
    [correction] = waiting
    correction.continue_()
    expect(page.locator("#import-unsaved")).to_contain_text("bekræft så igen")
    expect(page.locator("#m1-understood")).to_contain_text("Rettet til sidst")
    assert not Milestone.objects.exists()
    page.unroute("**/arbejde/import/*/")
    follow(page, "[name=apply]")
    assert Milestone.objects.filter(title="Rettet til sidst").exists()


def test_the_session_ends_while_an_import_is_looked_through(visitor: Page) -> None:
    page = visitor
    page.goto("/arbejde/import/")
    page.fill("[name=text]", FIRST)
    follow(page, "main form[enctype] button[type=submit]")
    address = page.url
    page.context.clear_cookies(name="sessionid")
    page.locator("#row-m1 summary", has_text="Ret").first.click()
    page.fill("[name=m1-title]", "Rettet efter log ud")
    if page.scripted:
        page.locator("[name=m1-phase]").focus()
        expect(page.locator("#import-unsaved")).to_contain_text("kunne ikke gemmes")
    follow(page, "#import-foot [name=save]")
    check(page)
    fill_in(page, "sekretær@example.org")
    check(page)
    follow(page, "main button[type=submit]")
    expect(page).to_have_url(re.compile(f"^{re.escape(address)}"))
    expect(page.locator("#m1-understood")).to_contain_text("Rettet efter log ud")
