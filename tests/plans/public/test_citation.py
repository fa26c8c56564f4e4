"""How a published version is quoted: words, day, lasting address and seal on its page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import override_settings

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.document.plan_document import from_json
from plans.enums import CycleState, MilestoneKind, Outcome, Purpose
from plans.models import Matter, MatterPlan, Plan, Treatment
from plans.public.citation import citation
from plans.public.plan_page import public_versions
from plans.versions.actions.publishing import publish, withdraw
from tests.plans.published import body_named, publication_of, published_plan

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def house():
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    with (
        time_machine.travel(NOW, tick=False),
        override_settings(SITE_ADDRESS="https://planer.example.org"),
    ):
        yield


def quoted(client, plan: Plan, number: int) -> str:
    told = client.get(f"/planer/{plan.slug}/versioner/{number}/").content.decode()
    words = re.search(r'<p class="cite-words".*?</p>', told, re.S)
    assert words
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words[0])).strip()


def adopted(plan: Plan, day: dt.date) -> None:
    matter = Matter.objects.create(title="Vedtagelse", purpose=Purpose.ADOPTION, closed_at=NOW)
    first = plan.versions.order_by("number").first()
    MatterPlan.objects.create(matter=matter, cycle=plan.cycles.get(), version=first)
    Treatment.objects.create(
        matter=matter, position=1, body=body_named("Byrådet"), decided_on=day,
        outcome=Outcome.APPROVED, recorded_at=NOW,
    )  # fmt: skip


def test_a_proposal_is_quoted_with_the_day_it_was_published(client) -> None:
    plan = published_plan("Haver", state=CycleState.DRAFT, visible_from=NOW - 3 * DAY)
    seal = plan.versions.get().digest
    assert quoted(client, plan, 1) == (
        "Sønderå Kommune: “Haver”, version 1, offentliggjort 1. december 2026. "
        f"https://planer.example.org/planer/haver/versioner/1/ (segl {seal[:16]})"
    )
    told = client.get("/planer/haver/versioner/1/").content.decode()
    assert seal in told
    assert 'href="/planer/haver/versioner/1/segl/"' in told


def test_an_adopted_one_also_with_who_adopted_it_and_when(client) -> None:
    plan = published_plan("Haver", visible_from=NOW - 3 * DAY)
    adopted(plan, dt.date(2026, 11, 20))
    assert "vedtaget af Byrådet 20. november 2026, offentliggjort" in quoted(client, plan, 1)


def test_a_decision_that_came_later_is_not_that_of_an_older_text(client) -> None:
    plan = published_plan("Haver", visible_from=NOW - 30 * DAY)
    adopted(plan, dt.date(2026, 11, 20))
    assert "vedtaget" not in quoted(client, plan, 1)
    publication_of(plan, visible_from=NOW - DAY)
    assert "vedtaget af Byrådet 20. november 2026" in quoted(client, plan, 2)


def test_without_a_matter_the_process_plan_tells_the_adoption(client) -> None:
    when = TimeSpan.day(dt.date(2019, 5, 6))
    plan = published_plan("Haver", milestones=(("Vedtages", MilestoneKind.ADOPTION, when),))
    assert "vedtaget 6. maj 2019, offentliggjort 1. januar 2020" in quoted(client, plan, 1)


def test_a_version_published_again_is_quoted_with_its_first_day(client) -> None:
    plan = published_plan("Haver", state=CycleState.DRAFT, visible_from=NOW - 9 * DAY)
    withdraw(publication=plan.publications.get(), by=None, because="Fejl")
    publish(version=plan.versions.get(), by=None, visible_from=NOW - DAY)
    assert "offentliggjort 3. december 2026" in quoted(client, plan, 1)


def test_the_page_of_the_plan_leads_to_it(client) -> None:
    plan = published_plan("Haver")
    told = client.get(f"/planer/{plan.slug}/").content.decode()
    assert 'href="/planer/haver/versioner/1/#henvis"' in told
    assert 'id="henvis"' in client.get("/planer/haver/versioner/1/").content.decode()


def test_a_quotation_asks_no_more_than_twice(django_assert_max_num_queries) -> None:
    when = TimeSpan.day(dt.date(2019, 5, 6))
    plan = published_plan("Haver", milestones=(("Vedtages", MilestoneKind.ADOPTION, when),))
    (version,) = public_versions(plan.slug, at=NOW)
    document = from_json(plan.versions.get().content)
    with django_assert_max_num_queries(2):
        assert citation(plan.slug, version, document).adopted
