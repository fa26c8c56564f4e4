"""The indicators of a document: frozen, told, compared, on the page, on paper, hidden, verified."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import time_machine

from kommuneplan.timespan.span import TimeSpan
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.personal_data import personal_looking
from plans.enums import Stage
from plans.indicators.part import indicators_of
from plans.models import (
    FocusArea,
    Indicator,
    IndicatorTarget,
    Measurement,
    Plan,
    PlanIndicator,
    VersionBlock,
)
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.actions.redacting import redact_blocks
from plans.versions.unpublished import unpublished_of
from plans.versions.verification import verify
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db


def measured(indicator: Indicator, year: int, value: str, **more: object) -> Measurement:
    row = Measurement(indicator=indicator, value=value, **more)
    row.when = TimeSpan.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    row.save()
    return row


def used(plan: Plan, name: str, **more: object) -> PlanIndicator:
    about = {"definition": "Alle over 18 år.", "unit": "%", "decimals": 1}
    indicator = Indicator.objects.create(home=plan, name=name, **about)
    use = PlanIndicator.objects.create(plan=plan, indicator=indicator, **more)
    IndicatorTarget.objects.create(use=use, year=2028, value="25")
    measured(indicator, 2022, "32.5", is_baseline=True, note="Kun i huset")
    measured(indicator, 2024, "30", is_preliminary=True)
    return use


@pytest.fixture
def plan() -> Plan:
    plan = published_plan("Plan for haver")
    used(plan, "Ensomme borgere", is_public=True)
    used(plan, "Hemmelig kanariefugl")
    return plan


def publish_now(plan: Plan) -> None:
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None)


def said(answer: object) -> str:
    return " ".join(re.sub("<[^>]*>", " ", answer.content.decode()).replace("\xa0", " ").split())  # type: ignore[attr-defined]


def test_it_is_frozen_sealed_and_read_again_without_what_is_internal(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = doc.from_json(version.content)
    (line,) = indicators_of(again)
    assert (line.title, line.unit, line.measured[0].value) == ("Ensomme borgere", "%", "32.5")
    assert doc.to_json(again) == version.content
    assert VersionBlock.objects.filter(version=version, kind="indicators").count() == 1
    assert "ensomme borgere" in version.search_text
    assert "kanariefugl" not in version.content and "Kun i huset" not in version.content
    assert not verify().faults


def test_a_later_measurement_is_no_part_of_what_was_frozen(plan, client):
    publish_now(plan)
    measured(Indicator.objects.get(name="Ensomme borgere"), 2025, "11.1")
    assert "11,1 %" not in said(client.get(f"/planer/{plan.slug}/"))
    publish_now(plan)
    page = said(client.get(f"/planer/{plan.slug}/"))
    assert "11,1 %" in page and "Nye tal" in page
    number = plan.publications.latest("pk").version.public_number
    older = client.get(f"/planer/{plan.slug}/versioner/{number - 1}/").content.decode()
    assert "11,1" not in older and "32,5" in older


def test_the_page_tells_definition_targets_values_and_the_missing_year(plan, client):
    publish_now(plan)
    page = said(client.get(f"/planer/{plan.slug}/"))
    for words in ("Ensomme borgere", "Alle over 18 år.", "25,0 % ved udgangen af 2028",
                  "30,0 % (2024), foreløbig", "2023 ikke målt", "2022 (udgangspunkt)"):  # fmt: skip
        assert words in page
    assert "kanariefugl" not in page and "Kun i huset" not in page


def test_what_changed_is_told_word_for_word(plan):
    before = gather(plan)
    row = Measurement.objects.get(indicator__name="Ensomme borgere", value="30")
    row.value = "29.5"
    row.save()
    after = gather(plan)
    assert list(differences(before, after).counted()) == ["1 indikator"]
    (thing,) = compare(before, after).things
    assert [row.name for row in thing.rows] == ["measured"] and not compare(before, before)
    assert not differences(before, before)


def test_a_day_that_passes_is_no_change(plan):
    with time_machine.travel("2025-04-01"):
        before = gather(plan)
    with time_machine.travel("2027-04-01"):
        after = gather(plan)
    assert before == after
    assert indicators_of(before)[0].standing != indicators_of(after)[0].standing


def test_what_is_not_published_is_counted(plan):
    publish_now(plan)
    assert not unpublished_of(plan).total
    use = PlanIndicator.objects.get(indicator__name="Hemmelig kanariefugl")
    use.is_public = True
    use.save()
    assert unpublished_of(plan).total == 1


def test_its_focus_area_is_told_only_where_that_is_public(plan):
    area = FocusArea.objects.create(plan=plan, title="Ro")
    use = PlanIndicator.objects.get(indicator__name="Ensomme borgere")
    use.focus_area = area
    use.save()
    assert indicators_of(gather(plan))[0].focus == ""
    area.is_public = True
    area.save()
    assert indicators_of(gather(plan))[0].focus == str(area.uid)


def test_its_words_are_looked_through_and_taken_out_and_its_numbers_are_no_telephone(plan):
    use = PlanIndicator.objects.get(indicator__name="Ensomme borgere")
    measured(use.indicator, 2025, "12345678")
    assert not personal_looking(gather(plan), whole=True)
    use.indicator.definition = "Ring til 311299-1235."
    use.indicator.save()
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    document = doc.from_json(version.content)
    assert [title for title, _f in personal_looking(document, whole=True)] == ["Ensomme borgere"]
    redact_blocks(version=version, anchors=[str(use.uid)], reason="CPR-nummer", by=None)
    version.refresh_from_db()
    assert "311299" not in version.content + version.search_text
    assert "32.5" not in version.content
    assert not verify().faults


def test_it_is_on_paper_with_a_table(plan, client):
    from docx import Document

    publish_now(plan)
    answer = client.get(f"/planer/{plan.slug}/plan.docx")
    body = Document(io.BytesIO(b"".join(answer)))
    words = "".join(body.element.body.itertext()).replace("\xa0", " ")
    assert "Ensomme borgere" in words and "32,5 %" in words and "kanariefugl" not in words
    heads = [table.rows[0].cells[0].text for table in body.tables]
    assert "Periode" in heads
