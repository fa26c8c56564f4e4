"""What was received, shown and made is as it was; what is changed behind the program is told."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.management import call_command
from django.db import connection

from consultations.enums import Ground
from consultations.models import Attachment, Report, Response
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from kommuneplan.core.integrity import results
from kommuneplan.core.models import Erasure, StoredFile
from tests.consultations.round_factories import a_response, a_round
from tests.plans.demo.test_demo import load

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    """Behind the program's back: no model, no history, no foreign keys."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> set[str]:
    """Of all but the search: its index follows what is shown, and has tests of its own."""
    others = [one for one in results() if one.check.key != "plans.search"]
    return {fault.what for one in others for fault in one.faults}


@pytest.fixture
def response() -> Response:
    row = a_response(a_round(), text="Vi bor i huset med den røde dør.")
    redacting.take_out_words(
        response=row, seen=row.newest, wanted="røde", ground=Ground.OTHER, by=None
    )
    return reviewing.clear(response=row, by=None)


@pytest.mark.slow  # loads the demo
def test_the_demo_is_as_it_was() -> None:
    load()
    out = StringIO()
    call_command("verify_versions", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["ok"] and told["others"]["consultations.received"] > 3
    assert told["others"]["consultations.shown"] and told["others"]["consultations.deadlines"]
    assert told["others"]["core.files"]


def test_what_was_received_is_compared_with_its_seal(response) -> None:
    assert not found()
    content = json.dumps({**response.newest.content, "text": "Vi bor i et telt."})
    sql("UPDATE consultations_responserevision SET content = %s", content)
    assert "det er ikke det, der blev modtaget: seglet passer ikke" in found()


def test_a_revision_that_is_gone_is_told(response) -> None:
    sql("DELETE FROM consultations_redaction")
    sql("DELETE FROM consultations_responserevision")
    assert "intet af det, der blev modtaget, er her" in found()


def test_other_words_than_those_received_are_told(response) -> None:
    shown = json.dumps(response.published).replace("huset", "slottet")
    sql("UPDATE consultations_response SET published = %s", shown)
    assert found() == {"der vises andre ord, end der blev modtaget"}


def test_words_that_stand_where_words_were_taken_out_are_told(response) -> None:
    sql("DELETE FROM consultations_redaction")
    assert found() == {"der vises andre ord, end der blev modtaget"}


def test_the_names_of_that_day_are_left_alone(response) -> None:
    from kommuneplan.core.models import Municipality

    house = Municipality.current()
    house.shows_private_names = True
    house.save()
    assert not found()


def annex_of(response: Response) -> Attachment:
    file = StoredFile.keep("bilag.txt", b"Tekst", "text/plain")
    annex = Attachment.objects.create(response=response, file=file)
    content = {
        **response.newest.content,
        "files": [{"uid": str(annex.uid), "name": "bilag.txt", "sha256": file.sha256}],
    }
    from consultations.responses.content import sha256_of

    sql(
        "UPDATE consultations_responserevision SET content = %s, sha256 = %s",
        json.dumps(content),
        sha256_of(content),
    )
    return annex


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("changed", "filen er ikke den, der blev afleveret"),
        ("gone", "filen er væk fra lageret"),
        ("other", "et bilag er ikke den fil, der blev afleveret"),
    ],
)
def test_an_annex_is_the_file_that_was_handed_in(response, harm, told) -> None:
    annex = annex_of(response)
    assert not found()
    path = Path(conf.MEDIA_ROOT) / annex.file.content.name
    if harm == "changed":
        path.write_bytes(b"noget andet")
    elif harm == "gone":
        path.unlink()
    else:
        other = StoredFile.keep("andet.txt", b"Andet", "text/plain")
        sql("UPDATE consultations_attachment SET file_id = %s", other.pk)
    assert told in found()


def test_a_deadline_that_no_event_moved_is_told(response) -> None:
    from consultations.models import RoundEvent

    round = response.round
    RoundEvent.objects.create(
        round=round, kind="extended", at=clock.now(), reason="Ferie",
        old_closes_at=round.closes_at, new_closes_at=round.closes_at,
    )  # fmt: skip
    assert not found()
    sql("UPDATE consultations_round SET closes_at = %s", clock.now())
    assert "fristen er ikke den, som den seneste hændelse satte" in found()


def test_a_report_is_as_it_was_made(response) -> None:
    Report.objects.create(
        round=response.round, number=1, name="Høringsnotat", made_at=clock.now(),
        content="{}", digest="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    )  # fmt: skip
    assert not found()
    sql("UPDATE consultations_report SET content = %s", "{ }")
    assert found() == {"notatet er ikke, som da det blev lavet"}


def test_an_erasure_stands_in_the_ledger(settings, tmp_path) -> None:
    settings.ERASURE_LEDGER = tmp_path / "ledger.jsonl"
    row = Erasure.objects.create(salt="s", digest="d")
    assert found() == {"en sletning står ikke i fortegnelsen"}
    line = {"uid": str(row.uid), "digest": "d", "salt": "s", "at": row.at.isoformat()}
    settings.ERASURE_LEDGER.write_text(json.dumps(line) + "\n")
    assert not found()
    settings.ERASURE_LEDGER.write_text(json.dumps(line) + '\n{"kind": "x\n')
    assert found() == {"en linje i fortegnelsen kan ikke læses"}
