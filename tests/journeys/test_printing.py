"""What is folded on a page is on its paper, and the page after printing is as it was."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page

from consultations.models import Round
from consultations.review.actions import reviewing
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_long_response, handler
from tests.journeys.looking import sign_in
from tests.plans.matters import consulted, ready_plan
from tests.plans.member_household import member

FOLDS = "() => [...document.querySelectorAll('details')].map((one) => one.open)"
# Chromium opens what is folded by the style alone; the others have the script.
ROUND_OF_PRINTING = """() => {
  const folds = () => [...document.querySelectorAll('details')].map((one) => one.open);
  const before = folds();
  dispatchEvent(new Event('beforeprint'));
  dispatchEvent(new Event('beforeprint'));
  const during = folds();
  dispatchEvent(new Event('afterprint'));
  return [before, during, folds()];
}"""


def paper(page: Page) -> str:
    """The words of the page printed to PDF."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())


@pytest.fixture
def round(db) -> Round:
    Municipality(pk=1, name="Prøve Kommune").save()
    round = a_closed_round(plan=consulted(ready_plan()))
    reviewing.clear(response=a_long_response(round), by=None)
    return round


def of_member(round: Round) -> str:
    return f"/arbejde/udvalg/planer/{round.plan.slug}/{round.frozen.number}/"


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no scripts"])
def test_a_remark_that_is_folded_is_on_paper(browser, browser_context_args, round, scripted):
    name = member().email.split("@")[0]
    context = browser.new_context(**browser_context_args, java_script_enabled=scripted)
    page = context.new_page()
    sign_in(page, of_member(round), name)
    folded = page.get_by_text("Værkstedet skal være åbent om aftenen.")
    assert page.get_by_text("1 bemærkning fra høringen").first.is_visible()
    assert not folded.is_visible()
    said = paper(page)
    assert "1 bemærkning fra høringen" in said
    assert "Værkstedet skal være åbent om aftenen." in said
    assert not folded.is_visible()
    context.close()


@pytest.mark.parametrize("where", ["member", "process"])
def test_what_was_folded_is_folded_again_and_what_was_open_is_open(page, round, where):
    who = member() if where == "member" else handler(round)
    address = {
        "member": of_member(round),
        "process": f"/arbejde/planer/{round.plan.slug}/procesplan/",
    }[where]
    sign_in(page, address, who.email.split("@")[0])
    page.locator("details > summary:visible").first.click()
    before = page.evaluate(FOLDS)
    assert True in before
    then, during, after = page.evaluate(ROUND_OF_PRINTING)
    assert then == after == before
    assert all(during)
    paper(page)
    assert page.evaluate(FOLDS) == before
