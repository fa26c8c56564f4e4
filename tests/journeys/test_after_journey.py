"""What a consultation changed, in a real browser: from the plan's page to the paragraph, on wide
screens side by side, on a phone below each other, with nothing for axe and nothing too wide."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Round
from tests.consultations.reported import handled
from tests.consultations.reports.test_after import adopt, reported, rewrite
from tests.factories import secretary
from tests.journeys.looking import check, follow


@pytest.fixture
def round() -> Round:
    round = handled(secretary())
    rewrite(round)
    reported(round)
    adopt(round)
    return round


def test_from_the_plan_to_what_became_of_a_paragraph(page: Page, round: Round) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/planer/{round.plan.slug}/")
    follow(page, page.get_by_role("link", name="Hvad blev ændret efter høringen"))
    place = page.locator(".after-place", has_text="Gør døren bredere.")
    sides = [place.locator(f".after-{name}").bounding_box() for name in
             ("before", "remarks", "after")]  # fmt: skip
    lefts = [side["x"] for side in sides if side]
    assert len(lefts) == 3 and lefts == sorted(lefts) and len(set(lefts)) == 3
    check(page)
    page.set_viewport_size({"width": 390, "height": 800})
    tops = [place.locator(f".after-{name}").bounding_box()["y"] for name in
            ("before", "remarks", "after")]  # fmt: skip
    assert tops == sorted(tops) and len(set(tops)) == 3
    page.get_by_role("link", name="2 Indsatser, stykke 1").click()
    expect(place).to_be_in_viewport()


def test_before_the_text_after_is_published(page: Page, round: Round) -> None:
    round.plan.publications.order_by("-pk").first().delete()
    page.goto(f"/hoeringer/{round.slug}/aendringer/")
    expect(page.get_by_text("er ikke offentliggjort endnu")).to_be_visible()
    check(page)
