"""What was never sent goes; what was received stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from consultations.answering.actions import drafts, forgetting
from consultations.models import Attachment, Response, ResponseDraft
from kommuneplan import clock
from kommuneplan.core.models import StoredFile
from kommuneplan.core.privacy import handlers
from tests.consultations.answers import a_draft, submitted
from tests.consultations.round_factories import a_round, an_invitation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


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
