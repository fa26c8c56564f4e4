"""Under what a plan is filed: stored, corrected, frozen, read and found in any spelling."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from kommuneplan.collation import fold, record_numbers, search_words
from kommuneplan.core.models import Municipality, User
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.redaction import redacted
from plans.enums import Stage
from plans.models import Plan
from plans.readers.process_plan.draft import DraftPlan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan

HEAD = {
    "case_number": "2015-0159321",
    "document_number": "2015-0159321-1",
    "document_date": dt.date(2015, 7, 10),
    "sender_unit": "Center for Politik",
    "recipients": "Socialudvalget\nCenterledelsen",
    "annex_number": "7",
    "case_worker": "Chefkonsulent",
}


@pytest.mark.parametrize(
    "typed",
    [
        "2008-12345", "2008/12345", "2008 12345", "2008-0012345", "2008 / 12345",
        "Sagsnr. 2008-12345",
        "sagsnr 2008/12345", "Sag nr. 2008 12345", "J.nr. 2008-12345", "Sagsnummer: 2008–12345",
    ],
)  # fmt: skip
def test_a_case_number_is_one_word_in_any_spelling(typed):
    assert search_words(typed) == ["2008-12345"]


def test_years_and_small_numbers_are_no_case_numbers():
    assert search_words("Plan 2009-2012") == ["plan", "2009-2012"]
    assert search_words("budget 2025 2026") == ["budget", "2025", "2026"]
    assert search_words("Dokumentnr. 2015-0159321-1") == ["2015-159321-1"]
    assert record_numbers(fold("Plan 2009-2012, sag 2015-0159321")) == ["2015-159321"]


def published(plan: Plan) -> doc.PlanDocument:
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    publish(version=version, by=None, reason="Ny")
    return doc.from_json(version.content)


@pytest.fixture
def plan(db) -> Plan:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan("Samvær")
    for name, value in HEAD.items():
        setattr(plan, name, value)
    plan.save()
    return plan


@pytest.mark.django_db
def test_the_head_is_frozen_shown_and_found(plan, client):
    document = published(plan)
    assert document.head.recipients == ("Socialudvalget", "Centerledelsen")
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    for words in ("2015-0159321", "10. juli 2015", "Center for Politik", "Centerledelsen",
                  "Bilag", "Chefkonsulent"):  # fmt: skip
        assert words in page, words
    for typed in ("2015/159321", "Sagsnr. 2015 0159321", "2015-159321", "2015-0159321-1"):
        found = client.get("/planer/", {"q": typed}).content.decode()
        assert "Samvær" in found, typed
    assert "Samvær" not in client.get("/planer/", {"q": "2015-159322"}).content.decode()


def test_what_was_sealed_before_there_were_such_fields_is_written_with_the_same_bytes():
    old = doc.PlanDocument(head=doc.PlanSummary("u", "Plan", "strategy", "draft"))
    text = doc.to_json(old)
    assert "recipients" not in text and "case_worker" not in text
    assert doc.to_json(doc.from_json(text)) == text
    assert next(block.written for block in old.words()) == "Plan"
    _anchor, _kind, sealed = next(doc.blocks(old))
    assert sealed == doc.canonical(json.loads(text)["head"])


@pytest.mark.django_db
def test_hiding_the_head_hides_all_that_somebody_wrote(plan):
    hidden = redacted(gather(plan), {"head": dt.date(2026, 1, 1)}).head
    assert (hidden.recipients, hidden.annex_number, hidden.case_worker) == ((), "", "")


@pytest.mark.django_db
def test_what_is_missing_is_shown_as_missing_in_the_workspace_and_corrected_there(plan, client):
    client.force_login(User.objects.create_superuser("chef@example.org", "x", name="Chef"))
    empty = a_plan("Uden hoved")
    address = reverse("plans:head", args=[empty.slug])
    assert client.get(address).content.decode().count("Mangler") >= 7
    sent = {"title": "Uden hoved", "seen": empty.version, **HEAD}
    assert client.post(address, sent).status_code == 302
    empty.refresh_from_db()
    assert {name: getattr(empty, name) for name in HEAD} == HEAD


def test_an_import_that_was_begun_before_is_still_read():
    data = DraftPlan(title="Plan", recipient="Socialudvalget", annex_number="7").to_json()
    assert DraftPlan.from_json(data).annex_number == "7"
    del data["annex_number"]
    assert DraftPlan.from_json(data).annex_number == ""
