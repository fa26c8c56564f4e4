"""Any two published versions side by side, at an address that names both."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.document.plan_document import from_json
from plans.models import Cycle, FocusArea, Milestone, Plan, Section
from plans.versions.actions.publishing import withdraw
from plans.versions.actions.redacting import redact_blocks
from tests.plans.published import body_named, publication_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan() -> Plan:
    """Three versions: head, text, focus area and process plan become another."""
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    plan = Plan.objects.create(title="Haver", body=body_named(), proposal="Ti haver.")
    cycle = Cycle.objects.create(plan=plan)
    section = Section.objects.create(
        plan=plan, title="Mål", text="<p>Haven er grøn.</p><p>Kanariefugl bor her.</p>",
        is_public=True,
    )  # fmt: skip
    area = FocusArea.objects.create(plan=plan, title="Bede", goals="<p>Roser.</p>", is_public=True)
    milestone = Milestone(cycle=cycle, title="Vedtagelse", is_public=True)
    milestone.when = TimeSpan.day(dt.date(2027, 3, 3))
    milestone.save()
    publication_of(plan, visible_from=NOW - 9 * DAY)
    section.text = section.text.replace("grøn", "blå")
    section.save()
    publication_of(plan, visible_from=NOW - 8 * DAY)
    plan.proposal = "Tolv haver."
    plan.save()
    area.goals = "<p>Tulipaner.</p>"
    area.save()
    milestone.when = TimeSpan.day(dt.date(2027, 5, 5))
    milestone.save()
    publication_of(plan, visible_from=NOW - 7 * DAY)
    return plan


def page(client, address: str, status: int = 200) -> str:
    response = client.get(f"/planer/haver/{address}")
    assert response.status_code == status
    assert not response.cookies
    return re.sub(r"\s+", " ", response.content.decode())


def test_head_text_process_plan_and_focus_areas_are_told(client, plan) -> None:
    told = page(client, "sammenlign/1/3/")
    assert "Forskelle fra version 1 til version 3" in told
    assert re.search(r"<del[^>]*>.{0,60}grøn.{0,60}</del>", told)
    assert re.search(r"<ins[^>]*>.{0,60}blå.{0,60}</ins>", told)
    for words in ("Ti", "Tolv", "Roser", "Tulipaner", "marts", "maj"):
        assert words in told
    listed = told[told.index('<ul class="changes">') : told.index("Side om side")]
    for target in re.findall(r'href="#([^"]+)"', listed):
        assert f'id="{target}"' in told
    assert len(re.findall("<li>", listed)) == 4


def test_the_two_can_be_swapped(client, plan) -> None:
    told = page(client, "sammenlign/3/1/")
    assert re.search(r"<ins[^>]*>.{0,60}grøn.{0,60}</ins>", told)
    assert 'href="/planer/haver/sammenlign/1/3/"' in told


def test_choosing_leads_to_an_address_that_names_both(client, plan) -> None:
    chosen = client.get("/planer/haver/sammenlign/", {"fra": "1", "til": "2"})
    assert (chosen.status_code, chosen["Location"]) == (302, "/planer/haver/sammenlign/1/2/")
    told = page(client, "sammenlign/")
    assert '<option value="2" selected>' in told and '<option value="3" selected>' in told
    for odd in ({"fra": "hest", "til": "2"}, {"fra": "1"}, {"fra": "²", "til": "1"}):
        assert client.get("/planer/haver/sammenlign/", odd).status_code == 200


def test_the_list_of_versions_leads_there(client, plan) -> None:
    for address in ("", "versioner/2/"):
        assert 'href="/planer/haver/sammenlign/"' in page(client, address)
    assert 'href="/planer/haver/sammenlign/1/2/"' in page(client, "versioner/2/")


def test_the_same_version_twice_is_said(client, plan) -> None:
    assert "Det er den samme version to gange" in page(client, "sammenlign/2/2/")


def test_a_plan_with_one_version_has_nothing_to_compare(client) -> None:
    plan = Plan.objects.create(title="Alene", body=body_named())
    publication_of(plan)
    told = client.get("/planer/alene/sammenlign/").content.decode()
    assert "kun offentliggjort én version" in re.sub(r"\s+", " ", told)
    assert "sammenlign" not in client.get("/planer/alene/").content.decode()


def test_what_was_withdrawn_is_gone_with_its_reason(client, plan) -> None:
    publication = plan.versions.get(public_number=2).publications.get()
    withdraw(publication=publication, by=None, because="Navne i teksten.")
    for address in ("sammenlign/1/2/", "sammenlign/2/3/"):
        told = page(client, address, 410)
        assert "Navne i teksten." in told
        assert "blå" not in told
    assert "blå" in page(client, "sammenlign/1/3/")
    assert page(client, "sammenlign/1/9/", 404)


def test_hidden_words_stand_on_neither_side(client, plan) -> None:
    section = plan.sections.get()
    section.text = "<p>Haven er blå.</p><p>Nogen bor her.</p>"
    section.save()
    publication_of(plan, visible_from=NOW)
    assert "Kanariefugl" in page(client, "sammenlign/3/4/")
    version = plan.versions.get(public_number=3)
    words = from_json(version.content).html()
    anchor = next(anchor for anchor, html in words if "Kanariefugl" in html)
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    told = page(client, "sammenlign/3/4/")
    assert "Kanariefugl" not in told
    assert "Fjernet" in told


def test_the_queries_do_not_grow_and_kept_it_asks_once(
    client, plan, now, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    counts = []
    for _more in range(2):
        with django_assert_max_num_queries(12) as asked:
            client.get("/planer/haver/sammenlign/1/2/")
        counts.append(len(asked))
        for _one in range(2):
            now.shift(DAY)
            publication_of(plan, visible_from=clock.now())
    assert counts[0] == counts[1]
    client.get("/planer/haver/sammenlign/1/2/")
    with django_assert_num_queries(1):
        client.get("/planer/haver/sammenlign/1/2/")
