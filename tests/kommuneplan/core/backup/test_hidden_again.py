"""What was taken from readers after a backup was made is taken from them again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.management import call_command

from consultations.enums import Ground
from consultations.models import Attachment, Redaction, Response
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from plans.enums import Stage
from plans.models import PlanVersion, Publication, VersionBlock
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw_publication
from plans.versions.actions.redacting import redact_blocks
from tests.consultations.round_factories import a_response, a_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    return tmp_path


@pytest.fixture
def back(places, capsys):
    """Saves now; what is called later brings the backup back, and gives what was said."""
    call_command("backup", str(places / "kopi"))

    def restore() -> str:
        capsys.readouterr()
        call_command("restore", str(places / "kopi"), "--replace")
        return capsys.readouterr().out

    return restore


@pytest.fixture
def response() -> Response:
    row = a_response(a_round(), text="Vi bor i huset med den røde dør ved åen.")
    return reviewing.clear(response=row, by=None)


def now(response: Response) -> Response:
    return Response.objects.get(uid=response.uid)


@pytest.fixture
def restore(response, back):
    return back


def test_a_response_that_was_hidden_is_hidden_again(response, restore) -> None:
    reviewing.hide(response=response, reason="Fornærmelser", by=None)
    said = restore()
    row = now(response)
    assert (row.publication_state, row.published) == ("hidden", {})
    assert "trukket tilbage igen: 1." in said


def test_one_that_was_taken_back_waits_for_a_person(response, restore) -> None:
    reviewing.take_back(response=response, by=None)
    restore()
    assert (now(response).publication_state, now(response).published) == ("waiting", {})


def test_one_that_was_withdrawn_by_its_sender_is_withdrawn(response, restore) -> None:
    from consultations.answering.actions.sending import withdraw

    at = clock.now()
    withdraw(response=response, arrived_at=at)
    restore()
    assert now(response).withdrawn_at == at


def test_words_taken_out_are_taken_out_again(response, restore) -> None:
    redacting.take_out_words(
        response=response, seen=response.newest, wanted="den røde dør", ground=Ground.OTHER, by=None
    )
    restore()
    row = now(response)
    assert row.publication_state == "cleared"
    assert "røde dør" not in str(row.published) and "åen" in str(row.published)
    assert Redaction.objects.get(revision__response=row).ground == Ground.OTHER
    assert "den røde dør" in row.newest.content["text"]  # what was received stays


def test_what_was_put_back_in_is_not_taken_out(response, restore) -> None:
    (one,) = redacting.take_out_words(
        response=response, seen=response.newest, wanted="den røde dør", ground=Ground.OTHER, by=None
    )
    redacting.lift(redaction=one, by=None)
    restore()
    assert not Redaction.objects.exists()
    assert now(response).publication_state == "waiting"


def test_nothing_is_shown_that_the_backup_did_not_show(response, restore) -> None:
    reviewing.hide(response=response, reason="x", by=None)
    reviewing.take_back(response=response, by=None)
    reviewing.clear(response=response, by=None)
    said = restore()
    assert now(response).publication_state == "cleared"
    assert "trukket tilbage igen: 0." in said


def test_what_the_backup_does_not_know_is_left_out(back) -> None:
    later = reviewing.clear(response=a_response(a_round(), text="Kom senere."), by=None)
    reviewing.hide(response=later, reason="x", by=None)
    back()
    assert not Response.objects.exists()


@pytest.mark.slow  # everything is saved and brought back
def test_blocks_of_a_version_lose_their_words_again(response, restore) -> None:
    version, words = response.round.frozen, response.round.frozen.content
    anchor = version.blocks.filter(kind="paragraph").first().anchor
    redact_blocks(version=version, anchors=[anchor], reason="CPR-nummer", by=None)
    said = restore()
    fresh = PlanVersion.objects.get(uid=version.uid)
    assert fresh.content != words
    block = VersionBlock.objects.get(version=fresh, anchor=anchor)
    assert block.redacted_at is not None and block.salt == ""
    assert "0 fejl" in said


def test_a_publication_that_was_withdrawn_is_withdrawn_again(response, places, capsys) -> None:
    row = publish(
        version=freeze(plan=response.round.plan, stage=Stage.PROCESS_PLAN, by=None), by=None
    )
    call_command("backup", str(places / "kopi"))
    withdraw_publication(publication=row, because="Forkert fil", by=None)
    call_command("restore", str(places / "kopi"), "--replace")
    assert Publication.objects.get(uid=row.uid).withdrawn_at is not None


def test_naive_control_without_the_ledger_the_hidden_is_read_again(response, restore) -> None:
    reviewing.hide(response=response, reason="Fornærmelser", by=None)
    Path(conf.ERASURE_LEDGER).unlink()
    restore()
    assert now(response).publication_state == "cleared"


def test_the_ledger_holds_no_words(response) -> None:
    redacting.take_out_words(
        response=response, seen=response.newest, wanted="den røde dør", ground=Ground.OTHER, by=None
    )
    reviewing.hide(response=response, reason="Fornærmelser mod Kim", by=None)
    text = Path(conf.ERASURE_LEDGER).read_text(encoding="utf-8")
    assert len(text.splitlines()) >= 3
    assert "røde" not in text and "Kim" not in text


@pytest.mark.slow  # everything is saved and brought back
def test_a_line_that_was_cut_off_costs_no_other(response, restore) -> None:
    reviewing.hide(response=response, reason="x", by=None)
    with Path(conf.ERASURE_LEDGER).open("a", encoding="utf-8") as file:
        file.write('{"kind": "consultations.resp')
    reviewing.take_back(response=response, by=None)
    with pytest.raises(SystemExit):  # it is told, last, that a line cannot be read
        restore()
    assert now(response).publication_state == "waiting"


def test_an_annex_that_was_hidden_is_not_given_out(response, places, capsys) -> None:
    from kommuneplan.core.models import StoredFile

    file = StoredFile.keep("bilag.txt", b"Tekst", "text/plain")
    annex = Attachment.objects.create(
        response=response, file=file, title="Bilag", state="cleared", examined_at=clock.now()
    )
    call_command("backup", str(places / "kopi"))
    reviewing.hide_annex(annex=annex, reason="Nævner et barn", seen=annex.version, by=None)
    call_command("restore", str(places / "kopi"), "--replace")
    assert Attachment.objects.get(uid=annex.uid).state == "hidden"
