"""A secretary prepares a round, chooses its parties, writes its letter and opens it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.enums import RoundState
from consultations.models import Round
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from tests.consultations.round_factories import DAY, a_party, sent_out
from tests.factories import secretary
from tests.journeys.looking import check, follow, sign_in


@pytest.fixture
def home(transactional_db) -> str:
    """The room of a plan whose draft is published, and two parties in the register."""
    Municipality.objects.create(
        pk=1, name="Prøve Kommune", contact_email="post@example.org", hears_senior_council=False
    )
    secretary()
    a_party("Handicaprådet", heard_by="disability")
    a_party("Naboforeningen")
    return f"/arbejde/planer/{sent_out().plan.slug}/hoeringer/"


def test_a_round_from_nothing_to_open(page: Page, home: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, home, name="sekretær")
    follow(page, page.get_by_role("link", name="Forbered en høring"))
    page.get_by_label("Første dag").fill(clock.today().isoformat())
    page.get_by_label("Sidste dag").fill((clock.today() + 30 * DAY).isoformat())
    follow(page, page.get_by_role("button", name="Forbered høringen"))
    check(page, "hoering-forberedt")
    follow(page, page.get_by_role("button", name="Sæt Handicaprådet på listen"))
    follow(page, page.get_by_role("link", name="Tilføj høringsparter"))
    page.get_by_label("Naboforeningen").check()
    follow(page, page.get_by_role("button", name="Sæt dem på listen"))
    write_letter(page)
    follow(page, page.get_by_role("link", name="Tilbage til høringen"))
    follow(page, page.get_by_role("link", name="Åbn høringen"))
    expect(page.locator("main")).to_contain_text("2 høringsparter bliver inviteret")
    check(page, "hoering-aabn")
    follow(page, page.get_by_role("button", name="Åbn høringen"))
    expect(page.locator("main")).to_contain_text("Høringen er åben.")
    round = Round.objects.get()
    assert round.state_at(clock.now()) == RoundState.OPEN
    assert "Vi drikker kaffe bagefter." in round.letter
    assert round.invitations.filter(invited_at__isnull=False).count() == 2
    assert complaints == []


def write_letter(page: Page) -> None:
    """In the editor, which has a name for screen readers."""
    follow(page, page.get_by_label("Høringens sider").get_by_role("link", name="Høringen"))
    follow(page, page.get_by_role("link", name="Høringsbrev", exact=True))
    box = page.locator(".ProseMirror")
    expect(box).to_have_accessible_name("Brev")
    box.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Vi drikker kaffe bagefter.")
    follow(page, page.get_by_role("button", name="Gem brevet"))
    expect(page.locator(".letter-preview")).to_contain_text("Vi drikker kaffe bagefter.")
    check(page, "hoeringsbrev")
