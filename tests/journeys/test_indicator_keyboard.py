"""What a measurement leads to, with nothing but a keyboard and a narrow screen: a value is entered,
the indicator is behind, the yearly status shows it and asks for a decision, and a revision of the
plan is opened because of it. Axe looks at every page on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from plans.focus.yearly import today
from plans.models import Indicator, IndicatorTarget, Measurement, PlanIndicator
from tests.journeys.test_secretary_keyboard import Keys, keys
from tests.plans.indicators.test_part import measured
from tests.plans.statuses import area, in_force

__all__ = ["keys"]  # the fixture


@pytest.mark.slow
def test_a_measurement_changes_the_plan(keys: Keys) -> None:
    year = today().year
    plan = in_force()
    gardens = area(plan, "Fælles haver", goals="Flere mødes.")
    indicator = Indicator.objects.create(home=plan, name="Naboer, der mødes", unit="naboer")
    use = PlanIndicator.objects.create(
        plan=plan, indicator=indicator, focus_area=gardens, is_public=True
    )
    IndicatorTarget.objects.create(use=use, year=year + 2, value=500)
    measured(indicator, year - 3, "100", is_baseline=True)
    page = keys.page
    page.goto(f"/arbejde/planer/{plan.slug}/indikatorer/")
    keys.arrive(r"/indikatorer/$")
    keys.press("text=Naboer, der mødes")
    keys.arrive(f"/indikatorer/{use.uid}/$")
    expect(page.locator("main")).to_contain_text("Ikke målt")

    keys.write("[name=when]", str(year - 1))
    keys.write("[name=value]", "halvandet hundrede")
    keys.press("button:has-text('Gem målingen')")
    keys.arrive(f"/indikatorer/{use.uid}/$")
    expect(page.locator("[name=value]")).to_have_value("halvandet hundrede")
    keys.write("[name=value]", "1.50")
    keys.press("button:has-text('Gem målingen')")
    expect(page.locator("main")).to_contain_text("komma før decimalerne")
    keys.write("[name=value]", "150")
    keys.press("button:has-text('Gem målingen')")
    keys.arrive(f"/indikatorer/{use.uid}/$")
    expect(page.locator(".indicator-standing")).to_contain_text("Bagud")
    assert Measurement.objects.filter(indicator=indicator).count() == 2

    page.goto(f"/arbejde/planer/{plan.slug}/indsatsomraader/")
    keys.arrive(r"/indsatsomraader/$")
    expect(page.locator(".focus-list")).to_contain_text("Bagud")
    keys.press("a[href$='/status/ny/']")
    keys.arrive(r"/status/ny/$")
    keys.write("[name=closes_on]", f"{year}-12-31")
    keys.press("main form button.button-primary")
    keys.arrive(rf"/status/{year}/$")
    entry = page.locator(".status-row").first
    expect(entry).to_contain_text("Flere mødes.")
    expect(entry).to_contain_text("Naboer, der mødes")
    expect(entry).to_contain_text("Bagud")
    words = page.locator("textarea[name$=-words]").first.get_attribute("name") or ""
    keys.write(f"[name={words}]", "Kun 150 naboer mødes.")
    keys.choose(words.replace("-words", "-decision"), "change")
    keys.write(f"[name={words.replace('-words', '-reason')}]", "Målet nås ikke sådan.")
    keys.press("button[name=close]")
    keys.arrive(r"/luk/$")
    keys.press("main form button.button-primary")
    keys.arrive(rf"/status/{year}/$")
    keys.press("main .alert-info a[href$='/revision/']")
    keys.arrive(r"/revision/$")
    known = page.locator("main")
    expect(known).to_contain_text("1 er bagud eller ikke målt.")
    expect(known).to_contain_text("Naboer, der mødes")
    expect(known).to_contain_text(re.compile("150.naboer"))
    keys.write("[name=reason]", "Indikatoren om naboer er bagud.")
    keys.press("main form button.button-primary")
    keys.arrive(f"/arbejde/planer/{plan.slug}/$")
    assert plan.cycles.latest("number").reason == "Indikatoren om naboer er bagud."
    frozen = plan.versions.get(stage="status")
    assert frozen.parts == ["focus", "indicators"] and '"150"' in frozen.content
