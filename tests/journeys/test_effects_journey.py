"""From a theory of change to a revision that a measurement has changed, with the keyboard alone:
the first half, in which the chain is written, looked at and published. Axe looks on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from plans.enums import Stage
from plans.models import EffectLink, EffectNode, Plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan
from tests.journeys.looking import look, tab_to
from tests.journeys.test_secretary_keyboard import Keys, keys  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = {
    "goal": "Flere bor selv",
    "result": "Færre flytter igen",
    "activity": "Besøg i hjemmet",
    "resource": "Tre støttepersoner",
}


def write_chain(keys: Keys, plan: Plan) -> dict[str, EffectNode]:  # noqa: F811
    """One theme with a row of each kind, each contributing to the one before, by keys alone."""
    keys.page.goto(f"/arbejde/planer/{plan.slug}/forandringsteori/")
    keys.write("form[action$='tema/'] [name=title]", "Bolig")
    keys.enter()
    for kind, title in ROWS.items():
        line = f"[id^=ny-][id$=-{kind}]"
        keys.write(f"{line} [name=title]", title)
        keys.page.keyboard.press("Enter")
        expect(keys.page.locator("tbody.effect-row", has_text=title)).to_be_visible()
        expect(keys.page.locator(f"{line} [name=title]")).to_be_focused()  # for one more
    for kind, served in (("result", "goal"), ("activity", "result"), ("resource", "activity")):
        _contribute(keys, ROWS[kind], ROWS[served])
    return {row.kind: row for row in EffectNode.objects.filter(theme__plan=plan)}


def _contribute(keys: Keys, title: str, served: str) -> None:  # noqa: F811
    """Open a row in its place, find what it contributes to by a word, and save."""
    row = keys.page.locator("tbody.effect-row", has_text=title).filter(
        has=keys.page.locator(f"th:has-text('{title}')")
    )
    keys.to(row.get_by_role("link", name="Ret"))
    keys.page.keyboard.press("Enter")
    form = keys.page.locator("tbody.is-editing")
    search = form.get_by_role("searchbox", name="Bidrager til")
    tab_to(keys.page, search)
    keys.page.keyboard.type(served.split()[-1])
    keys.page.keyboard.press("Enter")
    expect(form.locator(".chip", has_text=served)).to_be_visible()
    save = form.get_by_role("button", name="Gem")
    tab_to(keys.page, save)
    keys.page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(keys.page.locator("tbody.effect-row td", has_text=served).first).to_be_visible()


@pytest.mark.slow  # types all of it
def test_a_chain_is_written_looked_at_and_published(keys, live_server):  # noqa: F811
    plan = a_plan()
    rows = write_chain(keys, plan)
    assert {(one.node.kind, one.serves.kind) for one in EffectLink.objects.all()} == {
        ("result", "goal"),
        ("activity", "result"),
        ("resource", "activity"),
    }
    look(keys.page)

    # What is missing stands in one list, and each leads to its row.
    missing = keys.page.locator("#mangler li")
    expect(missing).to_have_text(
        ["Færre flytter igen: Ingen måler resultatet.",
         "Tre støttepersoner: Ressourcen har intet beløb."]
    )  # fmt: skip
    keys.to(missing.nth(1).get_by_role("link"))
    keys.page.keyboard.press("Enter")
    keys.page.keyboard.press("Tab")  # on from the row
    expect(keys.page.locator("tbody.effect-row:focus-within")).to_contain_text("Tre støttepersoner")

    # On a wide screen it is a picture, whose boxes are links into the list below it.
    keys.page.set_viewport_size({"width": 1280, "height": 900})
    keys.page.goto(f"/arbejde/planer/{plan.slug}/forandringsteori/billede/")
    box = keys.page.get_by_role("link", name="Resultat: Færre flytter igen")
    tab_to(keys.page, box)
    keys.page.keyboard.press("Enter")
    expect(keys.page.locator(f"[id='{rows['result'].uid}']")).to_be_in_viewport()
    look(keys.page)
    keys.page.set_viewport_size({"width": 320, "height": 640})
    expect(keys.page.locator(".effects-drawing")).to_be_hidden()
    expect(keys.page.locator(".effects-outline").first).to_contain_text("Besøg i hjemmet")

    # All of it is marked public at once, and everybody reads it when it is published.
    keys.page.goto(f"/arbejde/planer/{plan.slug}/offentligt/")
    for row in (*EffectNode.objects.all(), *plan.effect_themes.all()):
        tick = keys.page.locator(f"[value='{row.uid}'][type=checkbox]")
        keys.to(tick)
        keys.page.keyboard.press("Space")
        expect(tick).to_be_checked()
    keys.to(keys.page.get_by_role("button", name="Gem").first)
    keys.enter()
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    keys.page.goto(f"/planer/{plan.slug}/forandringsteori/")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Forandringsteori")
    for title in ROWS.values():
        expect(keys.page.locator(".effects-outline", has_text=title)).to_be_visible()
    look(keys.page)
