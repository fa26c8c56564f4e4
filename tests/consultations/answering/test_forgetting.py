"""What was never sent goes; what was received stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from consultations.answering.actions import drafts, forgetting, sending
from consultations.answering.kept_until import kept_until, left_files, old
from consultations.answering.kept_until import left as left_keys
from consultations.models import Attachment, DraftAnswer, DraftRemark, Response, ResponseDraft
from kommuneplan import clock
from kommuneplan.core.models import StoredFile
from kommuneplan.core.privacy import handlers
from tests.consultations.answers import a_draft, submitted
from tests.consultations.round_factories import a_question, a_round, an_invitation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


def with_file(draft: ResponseDraft, words: bytes = b"Et notat") -> ResponseDraft:
    drafts.add_file(
        draft=draft, name="notat.txt", data=words, content_type="text/plain",
        at=clock.now(),
    )  # fmt: skip
    return draft


def ended(days: int, **fields):
    now = clock.now()
    return a_round(opens=now - (days + 9) * DAY, closes=now - days * DAY, **fields)


def test_a_month_after_the_deadline_what_was_not_sent_is_gone(django_capture_on_commit_callbacks):
    with_file(a_draft(ended(31)))
    file = StoredFile.objects.get()
    place = file.content.path
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget_old() == 1
    assert not ResponseDraft.objects.exists()
    assert not StoredFile.objects.exists()
    assert not StoredFile.history.exists()
    assert not Path(place).exists()


def test_until_then_it_is_kept():
    a_draft(ended(29))
    assert forgetting.forget_old() == 0


def test_a_partys_own_deadline_counts():
    round = ended(31, public=False)
    invitation = an_invitation(round, closes_at=clock.now() - 5 * DAY)
    drafts.begin_invited(invitation=invitation, at=clock.now())
    assert forgetting.forget_old() == 0


def test_what_was_received_keeps_its_words_and_files():
    round = a_round(closes=clock.now() + DAY)
    sent = submitted(with_file(a_draft(round)), clock.now())
    round.refresh_from_db()
    round.opens_at, round.closes_at = clock.now() - 50 * DAY, clock.now() - 40 * DAY
    round.save()
    assert forgetting.forget_old() == 1
    assert Response.objects.get().newest.content == sent.revision.content
    assert Attachment.objects.get().file.content.read() == b"Et notat"


def test_a_file_taken_out_of_an_answer_is_gone_unless_it_was_received():
    draft = with_file(a_draft(a_round()))
    drafts.remove_file(draft=draft, uid=draft.files.get().uid)
    assert not StoredFile.objects.exists()
    submitted(with_file(draft), clock.now())
    drafts.remove_file(draft=draft, uid=draft.files.get().uid)
    assert StoredFile.objects.exists()


def test_erasing_a_person_takes_what_they_have_not_sent():
    round = a_round()
    with_file(a_draft(round))
    a_draft(round, secret="en anden", email="anden@example.org")
    told = forgetting.erase_unsent(handlers.Person("kim@example.org", None))
    assert {one.place: one.count for one in told} == {
        "consultations.ResponseDraft": 1,
        "consultations.ContactPerson": 0,
    }
    assert ResponseDraft.objects.get().email == "anden@example.org"
    assert not StoredFile.objects.exists()


# --- what strangers have left --------------------------------------------------------------------

HOUR = dt.timedelta(hours=1)


def left(hours: float, **fields) -> ResponseDraft:
    """An answer that nobody has written in for some hours."""
    row = a_draft(a_round(), **fields)
    return touched(row, hours)


def touched(row: ResponseDraft, hours: float) -> ResponseDraft:
    ResponseDraft.objects.filter(pk=row.pk).update(saved_at=clock.now() - hours * HOUR)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("hours", "gone"), [(11.9, 0), (12.1, 1)])
def test_an_answer_without_a_word_goes_after_half_a_day(hours, gone):
    left(hours, text="")
    assert forgetting.forget_old() == gone


def test_a_word_anywhere_or_a_file_is_no_empty_answer():
    round = a_round()
    question = a_question(round)
    answered, remarked, beside, filed, invited = (
        a_draft(round, secret=name, text="") for name in ("a", "b", "c", "d", "e")
    )
    DraftAnswer.objects.create(draft=answered, question=question, words="Ja.")
    DraftRemark.objects.create(draft=remarked, anchor="x", words="Hvor?", written_at=clock.now())
    ResponseDraft.objects.filter(pk=beside.pk).update(
        windows={"a": {"at": clock.now().isoformat(), "beside": {"text": "Mine ord."}}}
    )
    with_file(filed)
    invited.delete()
    party = drafts.begin_invited(invitation=an_invitation(round), at=clock.now())
    for row in (answered, remarked, beside, filed, party):
        touched(row, 13)
    assert forgetting.forget_old() == 0


@pytest.mark.parametrize(("hours", "gone"), [(47.9, False), (48.1, True)])
def test_files_of_an_answer_that_nobody_touched_go_after_two_days_and_the_words_stay(
    django_capture_on_commit_callbacks, hours, gone
):
    draft = with_file(a_draft(a_round()))
    place = Path(StoredFile.objects.get().content.path)
    touched(draft, hours)
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget_old() == 0
    assert StoredFile.objects.exists() is place.exists() is not gone
    assert ResponseDraft.objects.get().text == "Jeg er enig."


@pytest.mark.parametrize(("days", "gone"), [(6.9, 0), (7.1, 1)])
def test_words_go_after_a_week(days, gone):
    left(days * 24)
    assert forgetting.forget_old() == gone


def test_what_was_confirmed_sent_or_belongs_to_a_party_stays():
    round = a_round()
    confirmed = with_file(a_draft(round, secret="a", confirmed_at=clock.now()))
    sent = with_file(a_draft(round, secret="b"), b"Et andet")
    submitted(sent, clock.now())
    party = with_file(
        drafts.begin_invited(invitation=an_invitation(round), at=clock.now()), b"Et tredje"
    )
    for row in (confirmed, sent, party):
        touched(row, 24 * 20)
    assert forgetting.forget_old() == 0
    assert StoredFile.objects.count() == 3


def test_a_file_laid_in_a_correction_and_never_sent_goes_the_received_one_stays():
    draft = with_file(a_draft(a_round()))
    submitted(draft, clock.now())
    with_file(draft, b"Noget nyt")
    touched(draft, 49)
    forgetting.forget_old()
    assert [one.file.content.read() for one in draft.files.all()] == [b"Et notat"]


def test_after_withdrawing_the_term_begins_anew():
    sent = submitted(touched(a_draft(a_round()), 24 * 20), clock.now())
    sending.withdraw(response=sent.response, arrived_at=clock.now())
    assert forgetting.forget_old() == 0


def test_from_which_network_it_was_begun_is_known_for_a_day():
    row = left(1, network="a" * 32)
    ResponseDraft.objects.update(began_at=clock.now() - 23 * HOUR)
    forgetting.forget_old()
    row.refresh_from_db()
    assert row.network
    ResponseDraft.objects.update(began_at=clock.now() - 25 * HOUR)
    forgetting.forget_old()
    row.refresh_from_db()
    assert row.network == ""


def _kinds() -> list[ResponseDraft]:
    round = a_round()
    rows = [
        a_draft(round, secret="tom", text=""),
        a_draft(round, secret="ord"),
        with_file(a_draft(round, secret="fil")),
        with_file(a_draft(round, secret="filer", text=""), b"Et andet"),
        with_file(a_draft(round, secret="sikker", confirmed_at=clock.now()), b"Et tredje"),
        drafts.begin_invited(invitation=an_invitation(round), at=clock.now()),
        with_file(a_draft(round, secret="sendt"), b"Et fjerde"),
    ]
    submitted(rows[-1], clock.now())
    with_file(rows[-1], b"Et femte")
    return rows


@pytest.mark.parametrize("kind", range(7))
def test_what_the_page_promises_is_what_the_worker_does(kind):
    """Just before the told moment all is there; just after it, it is gone."""
    row = _kinds()[kind]
    row.refresh_from_db()
    until = kept_until(row)
    for at, there in ((until.words - MINUTE, True), (until.words + MINUTE, False)):
        gone = {*old(at=at).values_list("pk", flat=True), *left_keys(at=at)}
        assert (row.pk not in gone) is there
    if until.files is not None:
        for at, there in ((until.files - MINUTE, True), (until.files + MINUTE, False)):
            assert (not left_files(at=at).filter(draft=row).exists()) is there
    elif row.files.exists():
        assert not left_files(at=until.words - MINUTE).filter(draft=row).exists()
