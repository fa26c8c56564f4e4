"""What is given out of consultations as tables: what everybody reads, and nothing else."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from consultations.enums import Ground
from consultations.models import Redaction, Report, Response
from consultations.reports import building
from consultations.reports import round_report as doc
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from tests.consultations.reported import CANARY, handled, take_out
from tests.consultations.round_factories import a_question, a_response, a_round
from tests.factories import secretary

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OF_RESPONSES = ("svar", "svar-dele")
OF_THE_REPORT = ("bemaerkninger", "parter", "aendringer")


def told(client, address: str) -> list[dict]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)["raekker"]


@pytest.fixture
def round(db):
    return handled(secretary())


@pytest.fixture
def reported(round):
    report = building.gather(round, at=clock.now())
    return Report.objects.create(
        round=round, number=1, name="note", made_at=clock.now(), published_at=clock.now(),
        digest=doc.digest(report), content=doc.to_json(report),
    )  # fmt: skip


def test_responses_are_told_as_everybody_reads_them(client, round) -> None:
    rows = {row["nummer"]: row for row in told(client, f"/hoeringer/{round.slug}/svar.json")}
    assert rows[1]["afsender"] == "Handicaprådet"
    assert rows[3]["tekst"] == "Døren er for smal."
    assert "12345678" not in rows[2]["tekst"]
    assert "Ring til mig på" in rows[2]["tekst"]
    assert (rows[4]["vises_kode"], rows[4]["tekst"]) == ("hidden", "")
    assert (rows[5]["vises_kode"], rows[5]["vises"]) == (
        "withdrawn",
        "trukket tilbage af afsenderen",
    )
    assert 6 not in rows  # nobody has looked through it


def test_no_word_that_is_not_shown_is_in_any_form(client, round, reported) -> None:
    for table in (*OF_RESPONSES, *OF_THE_REPORT):
        for form in ("json", "csv", "csv-metadata.json"):
            said = client.get(f"/hoeringer/{round.slug}/{table}.{form}").content.decode()
            assert CANARY not in said, (table, form)
            assert "12345678" not in said, (table, form)


def test_a_passage_taken_out_is_gone_from_the_next_request(client, round) -> None:
    address = f"/hoeringer/{round.slug}/svar.csv"
    before = client.get(address)
    assert "Døren er for smal." in before.content.decode()
    response = round.responses.get(number=3)
    redacting.take_out_words(
        response=response, seen=response.newest, wanted="for smal", ground=Ground.OTHER,
        words="Prøve", by=None,
    )  # fmt: skip
    after = client.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200
    assert "for smal" not in after.content.decode()
    reviewing.clear(response=Response.objects.get(pk=response.pk), by=None)
    assert "for smal" not in client.get(address).content.decode()


def test_before_responses_may_be_read_there_is_none(client) -> None:
    open_round = a_round()
    a_response(open_round, text="Hemmeligt endnu")
    assert told(client, f"/hoeringer/{open_round.slug}/svar.json") == []
    assert client.get(f"/hoeringer/{open_round.slug}/bemaerkninger.json").status_code == 404


def test_the_reports_tables(client, round, reported) -> None:
    remarks = {
        row["nummer"]: row for row in told(client, f"/hoeringer/{round.slug}/bemaerkninger.json")
    }
    assert remarks[1]["forvaltningens_svar"].startswith("Enig.")
    assert (remarks[1]["forvaltningen_foreslaar"], remarks[1]["tema"]) == ("Imødekommet", "Døre")
    assert remarks[1]["afsendere"] == 3
    parties = {row["part"]: row for row in told(client, f"/hoeringer/{round.slug}/parter.json")}
    assert parties["Handicaprådet"]["svar"] == 1
    assert client.get(f"/hoeringer/{round.slug}/aendringer.csv").status_code == 200


def test_a_report_that_may_no_longer_be_read_is_gone_with_the_reason(
    client, round, reported
) -> None:
    response = round.responses.get(number=3)
    take_out(response, "smal", None)
    assert Redaction.objects.filter(response=response).exists()
    for table in OF_THE_REPORT:
        answer = client.get(f"/hoeringer/{round.slug}/{table}.json")
        assert answer.status_code == 410
        assert json.loads(answer.content)["begrundelse"]


def test_the_list_tells_open_coming_and_withdrawn_ones_and_nothing_else(client) -> None:
    now = clock.now()
    shown = a_round(title="Åben høring")
    a_round(title="Kommende", opens=now + DAY, closes=now + 9 * DAY, announced_at=now)
    a_round(title="Forberedes", announced=False)
    a_round(title="Kun for inviterede", public=False)
    rows = {row["titel"]: row for row in told(client, "/hoeringer.json")}
    assert set(rows) == {"Åben høring", "Kommende"}
    assert rows["Åben høring"]["tilstand_kode"] == "open"
    assert rows["Åben høring"]["id"] == str(shown.uid)
    assert rows["Åben høring"]["svar"].endswith(f"/hoeringer/{shown.slug}/svar.json")


def test_an_earlier_address_leads_on(client) -> None:
    shown = a_round(title="Åben høring")
    old, shown.slug = shown.slug, "ny-adresse"
    shown.save()
    for table in (*OF_RESPONSES, "parter"):
        answer = client.get(f"/hoeringer/{old}/{table}.json")
        assert (answer.status_code, answer["Location"]) == (
            301,
            f"/hoeringer/ny-adresse/{table}.json",
        )


def test_answers_to_questions_and_paragraphs_are_rows(client, round) -> None:
    question = a_question(round)
    row = a_response(
        round,
        text="Fint.",
        answers=[{"question": str(question.uid), "asked": question.words, "words": "Ja."}],
    )
    reviewing.clear(response=row, by=None)
    (part,) = [
        p for p in told(client, f"/hoeringer/{round.slug}/svar-dele.json") if p["tekst"] == "Ja."
    ]
    assert (part["nummer"], part["til_kode"], part["spoergsmaal"]) == (
        row.number,
        "question",
        question.words,
    )


@pytest.mark.parametrize("many", [1, 3])
def test_no_more_is_asked_for_more_responses(
    client, round, reported, many, django_assert_max_num_queries
) -> None:
    for number in range(many):
        reviewing.clear(response=a_response(round, text=f"Svar {number}"), by=None)
    for table in (*OF_RESPONSES, *OF_THE_REPORT):
        with django_assert_max_num_queries(12):
            assert client.get(f"/hoeringer/{round.slug}/{table}.json").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get("/hoeringer.json").status_code == 200
