"""Annexes: kept in versions, decided where something was found, frozen and published."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from kommuneplan.core.examined import NotTaken, examine
from kommuneplan.locking import Conflict
from plans.annexes import actions
from plans.annexes.lines import KEY
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.enums import Stage
from plans.models import Annex, Plan, PlanVersion
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from plans.versions.actions.redacting import redact_blocks
from plans.versions.verification import verify
from tests.factories import secretary
from tests.plans.annexes.household import TEXT, WITH_FINDING, effort_annex, file_annex
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return published_plan("Plan for haver")


@pytest.fixture
def signed(plan, client):
    client.force_login(secretary())
    return client


def out(plan: Plan) -> PlanVersion:
    """The plan as it is now, read by everybody."""
    version = freeze(plan=plan, stage=Stage.ADOPTED, by=None)
    publish(version=version, by=None)
    return version


def page(client, address: str) -> str:
    return " ".join(strip_tags(client.get(address).content.decode()).split())


def room(plan: Plan, rest: str = "") -> str:
    return f"/arbejde/planer/{plan.slug}/bilag/{rest}"


def at(plan: Plan, annex: Annex) -> str:
    return f"/planer/{plan.slug}/bilag/{annex.uid}/"


# --- everybody


def test_a_file_is_on_the_plans_page_with_type_and_size_and_is_given_out(plan, client):
    annex = file_annex(plan, number="7", note="De fire værksteder.")
    out(plan)
    said = page(client, f"/planer/{plan.slug}/")
    assert "Bilag 7: Tidsplan (TXT, 37 bytes) De fire værksteder." in said
    answer = client.get(at(plan, annex))
    assert b"".join(answer) == TEXT
    assert answer["Content-Disposition"].startswith("attachment")
    assert (
        answer["X-Content-Type-Options"] == "nosniff"
        and "sandbox" in answer["Content-Security-Policy"]
    )
    assert client.head(at(plan, annex)).status_code == 200
    again = client.get(at(plan, annex), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_an_effort_description_is_a_page_and_in_the_papers(plan, client):
    from docx import Document

    annex = effort_annex(plan)
    out(plan)
    said = page(client, at(plan, annex))
    assert "Formål Borgeren klarer hverdagen selv." in said
    assert "Leverandør eller tilbud Bostøtten i Nord" in said
    assert "Metode" not in said  # what nobody has written
    paper = b"".join(client.get(f"/planer/{plan.slug}/plan.docx"))
    words = "".join(Document(io.BytesIO(paper)).element.body.itertext())
    assert "Borgeren klarer hverdagen selv." in words and "Bilag" in words


def test_what_is_internal_or_not_published_is_read_by_nobody_outside(plan, client):
    internal = file_annex(plan, "Hemmelighed", is_public=False)
    out(plan)
    later = file_annex(plan, "Nyere")
    assert "Hemmelighed" not in page(client, f"/planer/{plan.slug}/")
    assert "Nyere" not in page(client, f"/planer/{plan.slug}/")
    for annex in (internal, later):
        assert client.get(at(plan, annex)).status_code == 404
        assert client.get(f"/planer/{plan.slug}/versioner/2/bilag/{annex.uid}/").status_code == 404
    out(plan)
    assert "Nyere" in page(client, f"/planer/{plan.slug}/")  # told at once
    assert client.get(at(plan, later)).status_code == 200


def test_an_annex_that_is_not_enclosed_says_so(plan, client):
    annex = actions.add_annex(
        plan=plan, facts={"title": "Mødeliste", "is_public": True, "note": "Med invitationen."},
        by=None,
    )  # fmt: skip
    out(plan)
    assert "Mødeliste Ikke vedlagt Med invitationen." in page(client, f"/planer/{plan.slug}/")
    assert "Ikke vedlagt" in page(client, at(plan, annex))


def test_a_version_keeps_the_file_it_was_frozen_with(plan, client):
    annex = file_annex(plan)
    out(plan)
    actions.replace_file(annex=annex, file=examine("tidsplan.txt", b"En ny tidsplan.\n"), by=None)
    assert b"".join(client.get(at(plan, annex))) == TEXT  # nothing is published yet
    out(plan)
    assert b"".join(client.get(at(plan, annex))) == b"En ny tidsplan.\n"
    older = client.get(f"/planer/{plan.slug}/versioner/2/bilag/{annex.uid}/")
    assert b"".join(older) == TEXT
    said = page(client, f"/planer/{plan.slug}/")
    assert "Ny udgave af et bilag Tidsplan" in said


def test_an_annex_that_was_taken_out_is_found_where_it_last_stood(plan, client):
    annex = file_annex(plan)
    out(plan)
    annex.refresh_from_db()
    actions.retire_annex(annex=annex, seen=annex.version, reason="Forældet", by=None)
    out(plan)
    answer = client.get(at(plan, annex))
    assert answer.status_code == 302
    assert answer["Location"] == f"/planer/{plan.slug}/versioner/2/bilag/{annex.uid}/"
    assert "Fjernet bilag Tidsplan" in page(client, f"/planer/{plan.slug}/")


def test_of_a_version_that_was_withdrawn_it_is_gone(plan, client):
    annex = file_annex(plan)
    version = out(plan)
    withdraw(publication=version.publications.get(), by=None, because="En fejl")
    answer = client.get(f"/planer/{plan.slug}/versioner/2/bilag/{annex.uid}/")
    assert answer.status_code == 410 and "En fejl" in answer.content.decode()
    assert client.get(at(plan, annex)).status_code == 404


def test_an_earlier_address_of_the_plan_leads_on(plan, client):
    annex = file_annex(plan)
    out(plan)
    was = plan.slug
    plan.refresh_from_db()
    plan.slug = "haver-og-parker"
    plan.save()
    answer = client.get(f"/planer/{was}/bilag/{annex.uid}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/planer/haver-og-parker/bilag/{annex.uid}/"


def test_what_was_taken_out_of_a_version_takes_the_file_along(plan, client):
    annex = file_annex(plan, data=WITH_FINDING)
    actions.decide(file=annex.files.get(), decision="release", reason="Opdigtet", by=None)
    version = out(plan)
    assert client.get(at(plan, annex)).status_code == 200
    redact_blocks(version=version, anchors=[str(annex.uid)], reason="CPR-nummer", by=None)
    assert "311299" not in client.get(at(plan, annex)).content.decode()
    assert "Fjernet den" in page(client, f"/planer/{plan.slug}/")
    assert not verify().faults


# --- what was found


def test_a_file_in_which_something_was_found_waits_for_a_person(plan, client, signed):
    upload = SimpleUploadedFile("aftale.txt", WITH_FINDING)
    sent = {"kind": "file", "title": "Aftale", "is_public": "on", "seen": 0, "file": upload}
    answer = signed.post(room(plan, "nyt/"), sent)
    annex = Annex.objects.get()
    assert answer["Location"] == room(plan, f"{annex.uid}/fund/")
    assert "311299-1235" in page(signed, answer["Location"])
    assert gather(plan).more.get(KEY) is None
    assert "bliver ikke offentliggjort" in page(signed, room(plan))
    assert signed.post(answer["Location"], {"decision": "release"}).status_code == 422
    assert gather(plan).more.get(KEY) is None
    signed.post(answer["Location"], {"decision": "release", "reason": "Nummeret er opdigtet."})
    (line,) = gather(plan).more[KEY]
    assert line.title == "Aftale"
    file = annex.files.get()
    assert file.decided_by is not None and file.decided_because == "Nummeret er opdigtet."


def test_one_that_is_to_stay_internal_stays_so_and_a_new_version_is_looked_at_anew(plan):
    annex = file_annex(plan, data=WITH_FINDING)
    actions.decide(file=annex.files.get(), decision="withhold", reason="Ikke til andre", by=None)
    assert not gather(plan).more
    actions.replace_file(annex=annex, file=examine("aftale.txt", TEXT), by=None)
    assert gather(plan).more[KEY][0].edition == 2
    actions.replace_file(annex=annex, file=examine("aftale.txt", WITH_FINDING), by=None)
    assert not gather(plan).more


def test_a_file_the_scanner_has_refused_since_is_given_to_nobody(plan, client, signed):
    annex = file_annex(plan)
    out(plan)
    file = annex.files.get().file
    file.scan_state = "infected"
    file.save()
    assert client.get(at(plan, annex)).status_code == 404
    assert signed.get(room(plan, f"{annex.uid}/fil/1/")).status_code == 404
    assert not gather(plan).more


# --- the room


def test_what_is_no_file_that_can_be_taken_is_refused_with_its_words(plan, signed):
    upload = SimpleUploadedFile("farlig.docm", b"PK\x03\x04")
    sent = {"kind": "file", "title": "Skema", "note": "Til alle", "seen": 0, "file": upload}
    answer = signed.post(room(plan, "nyt/"), sent)
    assert answer.status_code == 422 and "Til alle" in answer.content.decode()
    assert not Annex.objects.exists()
    with pytest.raises(NotTaken):
        examine("farlig.docm", b"PK\x03\x04")


def test_an_effort_description_has_no_file(plan, signed):
    upload = SimpleUploadedFile("a.txt", TEXT)
    sent = {"kind": "effort", "title": "Støtte", "seen": 0, "file": upload}
    assert signed.post(room(plan, "nyt/"), sent).status_code == 422
    effort = effort_annex(plan)
    assert signed.post(room(plan, f"{effort.uid}/fil/"), {"ny-file": upload}).status_code == 404


def test_an_effort_description_is_written_and_two_writers_lose_nothing(plan, signed):
    annex = effort_annex(plan)
    address = room(plan, f"{annex.uid}/beskrivelse/")
    chapter = plan.sections.create(title="Bolig", is_public=True)
    sent = {"seen": 1, "method": "To besøg om ugen.", "section": str(chapter.uid)}
    assert signed.post(address, sent).status_code == 302
    (line,) = gather(plan).more[KEY]
    assert (line.method, line.chapter, line.purpose) == ("To besøg om ugen.", "Bolig", "")
    late = signed.post(address, {"seen": 1, "method": "Tre besøg."})
    said = late.content.decode()
    assert late.status_code == 409 and "Tre besøg." in said and "To besøg om ugen." in said
    assert annex.effort.__class__.objects.get().method == "To besøg om ugen."


def test_the_file_is_replaced_and_the_old_one_stays(plan, signed):
    annex = file_annex(plan)
    new = SimpleUploadedFile("ny.txt", b"Nyt.\n")
    signed.post(room(plan, f"{annex.uid}/fil/"), {"ny-file": new, "ny-reason": "Rettet dato"})
    said = page(signed, room(plan, f"{annex.uid}/"))
    assert "ny.txt" in said and "tidsplan.txt" in said and "Rettet dato" in said
    assert b"".join(signed.get(room(plan, f"{annex.uid}/fil/1/"))) == TEXT
    again = actions.replace_file(annex=annex, file=examine("ny.txt", b"Nyt.\n"), by=None)
    assert again.number == 2  # the same once more is no new version


def test_another_plans_annex_is_not_here(plan, signed):
    other = file_annex(published_plan("En anden plan"))
    for rest in ("", "fil/1/", "fund/", "tag-ud/"):
        assert signed.get(room(plan, f"{other.uid}/{rest}")).status_code == 404
    assert signed.post(room(plan, f"{other.uid}/saet-ind/")).status_code == 404


def test_they_are_moved_taken_out_with_a_reason_and_put_back(plan, signed):
    first, second = file_annex(plan, "Et"), file_annex(plan, "To", data=b"To.\n")
    signed.post(room(plan, f"{second.uid}/flyt/"), {"retning": "up"})
    assert [line.title for line in gather(plan).more[KEY]] == ["To", "Et"]
    first.refresh_from_db()
    sent = {"seen": first.version, "reason": ""}
    assert signed.post(room(plan, f"{first.uid}/tag-ud/"), sent).status_code == 422
    signed.post(room(plan, f"{first.uid}/tag-ud/"), {**sent, "reason": "Forældet"})
    assert [line.title for line in gather(plan).more[KEY]] == ["To"]
    with pytest.raises(Conflict):
        actions.retire_annex(annex=first, seen=0, reason="Igen", by=None)
    signed.post(room(plan, f"{first.uid}/saet-ind/"))
    assert [line.title for line in gather(plan).more[KEY]] == ["To", "Et"]


# --- between versions


def test_what_is_new_gone_and_changed_is_told_word_for_word(plan):
    kept, gone = file_annex(plan, "Tidsplan"), file_annex(plan, "Gammelt", data=b"Gammelt.\n")
    before = doc.from_json(freeze(plan=plan, stage=Stage.SUBMITTED, by=None).content)
    gone.refresh_from_db()
    actions.retire_annex(annex=gone, seen=gone.version, reason="Forældet", by=None)
    actions.edit_annex(annex=kept, seen=1, facts={"number": "7a"}, by=None)
    effort_annex(plan, "Ny indsats")
    after = doc.from_json(freeze(plan=plan, stage=Stage.SUBMITTED, by=None).content)
    told = [(one.word, one.kind) for one in compare(before, after).things]
    assert ("Ændret bilag", "changed") in told
    assert ("Fjernet bilag", "gone") in told
    assert ("Nyt bilag", "new") in told
    assert not compare(after, after)
