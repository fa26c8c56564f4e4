"""A CPR number in a published version is found, looked at and hidden, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Membership, Municipality, User
from plans.enums import Stage
from plans.models import Plan, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.journeys.looking import PASSWORD, check, follow, sign_in
from tests.plans.published import LONG_AGO, body_named

NUMBER = "010203-1234"
PUBLIC = "/planer/strategi-for-haver/versioner/1/"


def a_published_plan() -> Plan:
    """The number stands in the published version, in another paragraph of it, and in the draft."""
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    plan = Plan.objects.create(title="Strategi for haver", body=body_named())
    plan.cycles.create()
    text = (
        "<p>Haverne åbnes for alle, og naboerne passer dem i fællesskab.</p>"
        f"<p>Underskrevet af en borger, CPR {NUMBER}, telefon 33 66 33 66.</p>"
        f"<p>Samme borger ({NUMBER}) har skrevet til udvalget to gange.</p>"
    )
    Section.objects.create(plan=plan, title="Baggrund", text=text, is_public=True)
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, at=LONG_AGO)
    publish(version=version, by=None, visible_from=LONG_AGO)
    user = User.objects.create_user("ida@example.org", PASSWORD, name="Ida Prøve")
    Membership.objects.create(user=user, role=Role.SECRETARY, body=plan.body)
    return plan


def test_a_number_is_hidden_for_ever(page: Page) -> None:
    a_published_plan()
    page.goto(PUBLIC)
    expect(page.get_by_text(NUMBER).first).to_be_visible()
    sign_in(page, "/arbejde/planer/strategi-for-haver/versioner/")
    follow(page, page.get_by_role("link", name="Skjul personoplysninger"))
    check(page, "hide-choose")
    follow(page, page.get_by_role("button", name="Se, hvad det betyder"))
    expect(page.get_by_text("Vælg mindst ét sted.").first).to_be_visible()
    check(page, "hide-wrong")
    page.get_by_label("Underskrevet af en borger").check()
    page.get_by_label("Hvorfor skjules det?").fill("Et personnummer og et telefonnummer.")
    follow(page, page.get_by_role("button", name="Se, hvad det betyder"))
    expect(page.get_by_text("Det samme står andre steder, som ikke skjules")).to_be_visible()
    expect(page.get_by_text("Det står stadig i udkastet")).to_be_visible()
    check(page, "hide-look")
    follow(page, page.get_by_role("button", name="Tag de andre steder i denne version med"))
    expect(page.get_by_role("heading", name="2 steder bliver skjult")).to_be_visible()
    check(page, "hide-more")
    page.get_by_label("Jeg har set efter").check()
    follow(page, page.get_by_role("button", name="Skjul for altid"))
    expect(page.get_by_text("2 steder er skjult for altid.")).to_be_visible()
    page.goto(PUBLIC)
    expect(page.get_by_text("Underskrevet af en borger")).to_have_count(0)
    expect(page.get_by_text(NUMBER)).to_have_count(0)
    expect(page.get_by_text("Fjernet den").first).to_be_visible()
    check(page, "hide-public")
