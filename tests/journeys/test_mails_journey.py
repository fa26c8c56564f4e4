"""A mail that did not arrive is sent to the right address, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.enums import Role
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Body, Invitation, Mail, Membership, Municipality, User
from tests.journeys.looking import PASSWORD, check, follow, sign_in

WRONG = "formand.med.et.meget.langt.navn@en-forening-med-et-langt-navn.example.org"


def test_a_mail_that_did_not_arrive_is_sent_to_the_right_address(page: Page) -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune", contact_email="plan@example.org")
    anna = User.objects.create_user("anna@example.org", PASSWORD, name="Anna Prøve")
    Membership.objects.create(user=anna, role=Role.ADMINISTRATOR)
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    row = Invitation(email=WRONG, role=Role.MEMBER, body=body)
    invite(invitation=row, address="https://example.org/TOKEN", by=anna)
    failed = {"next_try": None, "failed_at": clock.now(), "reason": "address", "tries": 1}
    Mail.objects.update(**failed)
    sign_in(page, "/arbejde/mails/", "anna")
    expect(page.locator("main")).to_contain_text("adressen ikke findes")
    expect(page.locator("main")).to_contain_text("Der sendes ingen mails")
    check(page, "mails")
    follow(page, "main a[href*='/arbejde/mails/']")
    page.fill("main input[name=address]", "formand@")
    follow(page, "main .button-primary")
    expect(page.locator(".error-summary")).to_be_visible()
    check(page, "mail-address")
    page.fill("main input[name=address]", "formand@example.org")
    follow(page, "main .button-primary")
    expect(page.get_by_text("Mailen er på vej til formand@example.org.")).to_be_visible()
    expect(page.locator("#not-arrived + p")).to_have_text(re.compile("ingen er kommet retur"))
    assert send_waiting().sent == 1 and Invitation.objects.get().email == "formand@example.org"
