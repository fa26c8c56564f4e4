"""Signing in with a code app, a recovery code and a passkey, in a real browser."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Membership, Municipality, User
from tests.journeys.looking import check, follow

WORD = "hemmeligt-9"
LOGIN, SECURITY = "/konto/log-ind/", "/konto/sikkerhed/"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser has to say: refused by the policy, or failed."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


@pytest.fixture
def anna() -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune", require_second_factor=True)
    user = User.objects.create_user("anna@example.org", WORD, name="Anna Prøve")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


@pytest.fixture
def computer(page: Page) -> Page:
    """A computer that can keep passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def arrived(page: Page, path: str) -> None:
    """Wait until the page is at a path; where it is to lead on to does not count."""
    page.wait_for_url(lambda address: urlsplit(address).path == path)


def main_button(page: Page) -> None:
    """Press the form's own button, and be on the page it leads to."""
    follow(page, "main form .button-primary")


def password_given(page: Page) -> None:
    page.goto(f"{LOGIN}?next=/arbejde/")
    page.fill("#id_username", "anna@example.org")
    page.fill("#id_password", WORD)
    main_button(page)


def confirm(page: Page) -> None:
    arrived(page, "/konto/bekraeft/")
    check(page)
    page.fill("#id_password", WORD)
    main_button(page)


def sign_out(page: Page) -> None:
    follow(page, ".site-person form button")
    arrived(page, "/")


def test_code_app_and_recovery_code(page: Page, anna: User, complaints: list[str]) -> None:
    password_given(page)
    arrived(page, SECURITY)  # nothing else is open before it is set up
    check(page)
    follow(page, "a[href='/konto/sikkerhed/kode-app/']")
    confirm(page)
    check(page)
    secret = page.locator(".secret").inner_text()

    def code(steps: int = 0) -> str:
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))

    page.fill("#id_code", code())
    main_button(page)
    arrived(page, "/konto/sikkerhed/koder/")
    check(page)
    kept = page.locator(".recovery-codes li").all_inner_texts()
    assert len(kept) == 10
    follow(page, "main .button-primary")
    check(page)
    page.goto("/arbejde/")
    arrived(page, "/arbejde/")
    sign_out(page)
    password_given(page)
    check(page)
    page.fill("#id_code", "000000")
    main_button(page)
    expect(page.locator(".error-summary")).to_be_focused()
    check(page)
    page.fill("#id_code", code())
    main_button(page)
    arrived(page, "/arbejde/")
    sign_out(page)
    password_given(page)
    page.fill("#id_code", kept[3])
    main_button(page)
    arrived(page, "/arbejde/")
    assert complaints == []


def test_passkey(computer: Page, anna: User, complaints: list[str]) -> None:
    page = computer
    password_given(page)
    follow(page, "a[href='/konto/sikkerhed/noegler/ny/']")
    confirm(page)
    check(page)
    page.fill("#id_name", "Arbejdscomputer")
    main_button(page)
    arrived(page, "/konto/sikkerhed/koder/")
    page.goto(SECURITY)
    expect(page.locator("main")).to_contain_text("Arbejdscomputer")
    check(page)
    sign_out(page)
    password_given(page)  # as the second factor
    page.locator("form[data-passkey] button").click()
    arrived(page, "/arbejde/")
    sign_out(page)
    page.goto(f"{LOGIN}?next=/arbejde/personer/")  # and alone
    check(page)
    page.locator("form[data-passkey] button").click()
    arrived(page, "/arbejde/personer/")
    page.goto("/konto/bekraeft/adgangsnoegle/?next=/konto/sikkerhed/noegler/ny/")
    check(page)
    page.locator("form[data-passkey] button").click()
    arrived(page, "/konto/sikkerhed/noegler/ny/")
    page.goto(SECURITY)
    follow(page, "a[href$='/fjern/']")
    check(page)
    main_button(page)
    arrived(page, SECURITY)
    assert not Authenticator.objects.exists()
    assert complaints == []


def test_without_a_passkey_the_page_says_that_nothing_has_happened(page: Page, anna: User) -> None:
    page.goto(LOGIN)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_be_visible()
    check(page)


def test_the_other_pages_of_an_account(page: Page, anna: User, complaints: list[str]) -> None:
    Municipality.objects.get().delete()
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    row = Invitation(email="ny@example.org", role=Role.SECRETARY, body=body)
    invite(invitation=row, address="https://example.org/TOKEN", by=anna)
    link = f"/konto/invitation/{row.new_link()}/"
    row.save()
    for address in ("/konto/glemt-adgangskode/", "/konto/glemt-adgangskode/sendt/",
                    "/konto/glemt-adgangskode/MQ/x/", link):  # fmt: skip
        page.goto(address)
        check(page)
    page.fill("#id_name", "Nina Ny")
    page.fill("#id_password", "123")
    main_button(page)
    check(page)
    page.fill("#id_password", "et helt nyt ord")
    main_button(page)
    arrived(page, LOGIN)
    check(page)
    password_given(page)
    for address in ("/arbejde/personer/", "/arbejde/personer/inviter/", "/konto/adgangskode/"):
        page.goto(address)
        check(page)
    page.goto(link)
    check(page)
    assert [told for told in complaints if "410" not in told and "422" not in told] == []
