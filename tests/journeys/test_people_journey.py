"""The people page, and signing in by SAML, in a real browser: the provider is another site."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, Municipality, User
from plans.decisions.actions.approving import approve
from plans.lifecycle.approval import approval_of
from tests.journeys.looking import check, follow
from tests.kommuneplan.core.accounts.saml_provider import MAIL, SamlProvider
from tests.plans.matters import ready_plan

LIST = "/arbejde/personer/"


@pytest.fixture
def anna() -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = User.objects.create_user("anna@example.org", "hemmeligt-9", name="Anna Prøve")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


def signed_in(page: Page, user: User) -> None:
    """As if the person had signed in; how that is done is tested elsewhere."""
    client = Client()
    client.force_login(user)
    key = client.cookies["sessionid"].value
    page.goto("/was")
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": page.url}])


def test_an_administrator_ends_a_role_and_gives_another(page: Page, anna: User) -> None:
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    bo = User.objects.create_user("bo@example.org", "x", name="Bo Bentsen")
    Membership.objects.create(user=bo, role=Role.SECRETARY, body=body, begins="2025-01-01")
    signed_in(page, anna)
    page.goto(LIST)
    check(page, "people")
    follow(page, page.get_by_role("link", name="Bo Bentsen"))
    check(page, "person")
    page.get_by_label("Slutter den").fill("")
    follow(page, page.get_by_role("button", name="Afslut rollen"))
    expect(page.get_by_text("Skriv den dag, rollen slutter.").first).to_be_visible()
    check(page, "person-wrong")
    page.goto(f"{LIST}{bo.uid}/")
    follow(page, page.get_by_role("button", name="Afslut rollen"))
    expect(page.get_by_text("Rollen er afsluttet.")).to_be_visible()
    check(page, "person-ended")
    follow(page, page.get_by_role("link", name="Giv en rolle"))
    follow(page, page.get_by_role("button", name="Giv rollen"))
    check(page, "give-wrong")
    page.get_by_label("Rolle").select_option("member")
    page.get_by_label("Udvalg").select_option("socialudvalget")
    follow(page, page.get_by_role("button", name="Giv rollen"))
    expect(page.get_by_text("Bo Bentsen har rollen.")).to_be_visible()
    assert bo.has_role(Role.MEMBER, body) and not bo.has_role(Role.SECRETARY, body)


@pytest.fixture
def provider(settings, tmp_path):
    there = SamlProvider()
    file = tmp_path / "idp.xml"
    file.write_text(there.metadata())
    facts = {"metadata": str(file), "email": [MAIL], "verified_email": True}
    app = {"provider_id": "saml", "name": "Prøve Kommunes log ind", "client_id": "saml"}
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [{**app, "settings": facts}]}}
    yield there
    there.close()


def test_signing_in_by_saml_across_sites(page: Page, anna: User, provider, live_server) -> None:
    """The answer is posted from another site, so the browser keeps our cookies back (SameSite)."""
    assert "localhost" in live_server.url and "127.0.0.1" in provider.url
    page.goto(f"{LIST}")
    check(page, "login-saml")
    follow(page, page.get_by_role("link", name="Log ind med Prøve Kommunes log ind"))
    assert page.url.startswith(provider.url)
    page.get_by_role("button", name="Go on").click()  # more than one page leads on by itself
    expect(page.get_by_role("heading", name="Personer")).to_be_visible()
    assert page.url.endswith(LIST)
    page.context.clear_cookies()
    provider.claims[MAIL] = "ukendt@example.org"
    provider.subject = "p-2"
    page.goto(LIST)
    follow(page, page.get_by_role("link", name="Log ind med Prøve Kommunes log ind"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("ingen konto her")).to_be_visible()
    check(page, "login-refused")


def test_a_plan_goes_from_hand_to_hand(page: Page, anna: User) -> None:
    municipality = Municipality.objects.get()
    municipality.approval_steps = "lead manager"
    municipality.save()
    plan = ready_plan()
    bo = User.objects.create_user("bo@example.org", "x", name="Bo Bentsen")
    signed_in(page, anna)
    page.goto(f"/arbejde/planer/{plan.slug}/personer/")
    check(page, "plan-people-empty")
    for email, role in (("anna@example.org", "lead"), ("bo@example.org", "manager")):
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Opgave").select_option(role)
        follow(page, page.get_by_role("button", name="Udpeg", exact=True))
    check(page, "plan-people")
    page.get_by_label("E-mail").fill("ukendt@example.org")
    follow(page, page.get_by_role("button", name="Udpeg", exact=True))
    check(page, "plan-people-wrong")
    page.goto(f"/arbejde/planer/{plan.slug}/")
    check(page, "overview-approval")
    follow(page, page.get_by_role("link", name="Se, hvad der skal godkendes"))
    check(page, "approval-turn")
    page.get_by_label("Din bemærkning").fill("Klar til at blive læst.")
    follow(page, page.get_by_role("button", name="Godkend planen"))
    expect(page.get_by_text("Du har godkendt planen.")).to_be_visible()
    check(page, "approval-waits")
    page.context.clear_cookies()
    signed_in(page, bo)
    page.goto("/arbejde/")
    check(page, "desk-of-an-approver")
    follow(page, page.get_by_role("link", name="Godkend planen"))
    follow(page, page.get_by_role("button", name="Send tilbage"))
    expect(page.get_by_text("Skriv, hvad der skal ændres").first).to_be_visible()
    check(page, "approval-wrong")
    page.get_by_label("Din bemærkning").fill("Målene kan ikke måles.")
    section = plan.sections.get()
    section.text = "<p>Vi vil noget andet.</p>"
    section.save()
    follow(page, page.get_by_role("button", name="Godkend planen"))
    expect(page.get_by_text("Det er ikke din tur")).to_be_visible()
    expect(page.get_by_text("Målene kan ikke måles.")).to_be_visible()
    check(page, "approval-changed")
    approve(plan=plan, seen=approval_of(plan).digest, by=anna)
    page.goto(f"/arbejde/planer/{plan.slug}/godkendelse/")
    page.get_by_label("Din bemærkning").fill("Målene kan ikke måles.")
    follow(page, page.get_by_role("button", name="Send tilbage"))
    expect(page.get_by_text("Planen er sendt tilbage")).to_be_visible()
    check(page, "approval-sent-back")
