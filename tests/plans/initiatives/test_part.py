"""Initiatives as a part of the document: internal until marked, frozen, compared, hidden."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils.html import strip_tags

from kommuneplan.clock import local_day, now
from kommuneplan.timespan.danish import read as read_words
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.redaction import redacted
from plans.enums import Stage
from plans.initiatives.lines import InitiativeLine
from plans.models import (
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
)
from plans.versions.actions import publishing
from plans.versions.actions.freezing import freeze
from plans.versions.actions.redacting import redact_blocks
from plans.versions.unpublished import unpublished_of
from plans.versions.verification import verify
from tests.plans.published import publication_of, published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return published_plan("Plan for haver")


@pytest.fixture
def initiative(plan):
    row = Initiative(
        plan=plan, title="Koordinering", aim="Ro i hverdagen.", duration="treårigt",
        state="running",
        participants_count=20, participants="sagsbehandlere", target_groups="Unge\nÆldre",
        is_public=True,
    )  # fmt: skip
    row.save()
    phase = InitiativePhase.objects.create(initiative=row, title="Analyse", is_current=True)
    activity = InitiativeActivity(
        initiative=row, phase=phase, title="Interviews", audiences="Borgere", closes_phase=True
    )
    activity.written = "november/december 2009"
    activity.when = read_words(activity.written).spans[0]
    activity.save()
    InitiativeActivity.objects.create(initiative=row, title="Hemmeligt møde", is_public=False)
    InitiativeFunding.objects.create(initiative=row, source="Satspuljen", amount=4_000_000)
    InitiativePartner.objects.create(initiative=row, name="Et center")
    InitiativeLink.objects.create(initiative=row, title="Hjemmesiden", address="https://a.example/")
    return row


def public_page(client, plan):
    return " ".join(strip_tags(client.get(f"/planer/{plan.slug}/").content.decode()).split())


def test_it_is_built_frozen_sealed_and_read_again(plan, initiative):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = doc.from_json(version.content)
    (line,) = again.more["initiatives"]
    assert isinstance(line, InitiativeLine)
    assert line.current_phase.title == "Analyse" and line.who == "20 sagsbehandlere"
    assert line.activities[0].when.latest == dt.date(2009, 12, 31)
    assert doc.to_json(again) == version.content
    assert again.more["initiatives"] == gather(plan).more["initiatives"]
    assert version.blocks.filter(anchor=initiative.uid, kind="initiatives").exists()
    assert not verify().faults


def test_what_is_internal_is_in_no_version(plan, initiative):
    assert "Hemmeligt" not in doc.to_json(gather(plan))
    initiative.is_public = False
    initiative.save()
    assert "initiatives" not in gather(plan).more


def test_it_is_published_with_the_process_plan_of_a_plan_in_force(plan, initiative, client):
    assert "Koordinering" not in public_page(client, plan)
    assert unpublished_of(plan).now == 1
    seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
    publishing.publish_process_plan(plan=plan, reason="Nyt", seen=seen, by=None)
    told = public_page(client, plan)
    for words in ("Koordinering", "treårigt", "20 sagsbehandlere", "Unge", "Satspuljen",
                  "4.000.000 kr.", "Et center", "Interviews", "november/december 2009", "Borgere",
                  "Afslutter fasen “Analyse”", "Hjemmesiden"):  # fmt: skip
        assert words in told, words
    assert "Hemmeligt" not in told
    assert unpublished_of(plan).total == 0


def test_what_changed_is_told_in_words_and_word_for_word(plan, initiative):
    before = gather(plan)
    initiative.state, initiative.stopped_because = "stopped", "Pengene slap op"
    initiative.save()
    after = gather(Initiative.objects.get().plan)
    assert list(differences(before, after).counted()) == ["1 initiativ"]
    (thing,) = compare(before, after).things
    assert thing.kind == "changed"
    (row,) = thing.rows
    assert str(row.label) == "Status" and not compare(before, before)


def test_a_change_is_told_with_the_next_publication(plan, initiative, client):
    publication_of(plan, visible_from=now() - dt.timedelta(days=2))
    assert "Koordinering" in public_page(client, plan)
    initiative.aim = "Mere ro."
    initiative.save()
    assert "Mere ro." not in public_page(client, plan)
    publication_of(plan, visible_from=now() - dt.timedelta(days=1))
    assert "Mere ro." in public_page(client, plan)


def test_it_is_on_paper(plan, initiative, client):
    from docx import Document

    publication_of(plan, visible_from=now() - dt.timedelta(days=1))
    answer = client.get(f"/planer/{plan.slug}/plan.docx")
    body = "".join(Document(io.BytesIO(b"".join(answer))).element.body.itertext())
    for words in ("Koordinering", "Interviews", "november/december 2009", "4.000.000 kr."):
        assert words in body, words
    assert client.get(f"/planer/{plan.slug}/plan.pdf").status_code == 200


def test_its_words_are_searched_and_taken_out(plan, initiative):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert "satspuljen" in version.search_text
    document = doc.from_json(version.content)
    anchor = str(initiative.uid)
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    version.refresh_from_db()
    assert "Satspuljen" not in version.content and "Interviews" not in version.content
    assert not verify().faults
    assert redacted(document, {anchor: local_day(now())}) == doc.from_json(version.content)
