"""A member with several windows, and an answer that changes while it is agreed to."""

from __future__ import annotations

import uuid

import pytest

from kommuneplan.core.models import User
from plans.models import LastRead, PlanVersion, PrivateNote, Question, Recusal
from tests.factories import secretary
from tests.plans.member_household import anchors, member, plan_before, submitted_version
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "tests.plans.members.test_members_races"


def note_it(number: int, version: int, anchor: str, user: int) -> str:
    """What the door does, with other words in each window."""
    from kommuneplan.locking import Conflict
    from plans.members.actions.reading import write_note

    row = PlanVersion.objects.get(pk=version)
    by = User.objects.get(pk=user)
    try:
        write_note(version=row, anchor=anchor, words=f"Nr. {number}", seen=0, by=by)
    except Conflict:
        return "conflict"
    return f"Nr. {number}"


def ask_it(_number: int, version: int, key: str, user: int) -> str:
    """A question sent again and again."""
    from plans.members.actions.questions import ask

    row, by = PlanVersion.objects.get(pk=version), User.objects.get(pk=user)
    return str(ask(version=row, anchor="", words="Hvad?", key=uuid.UUID(key), by=by).uid)


def read_it(_number: int, version: int, user: int) -> str:
    """A version opened."""
    from plans.members.actions.reading import mark_read

    mark_read(version=PlanVersion.objects.get(pk=version), by=User.objects.get(pk=user))
    return "read"


def recuse_it(_number: int, version: int, user: int) -> str:
    """A recusal recorded."""
    from plans.members.actions.recusals import record_recusal

    matter = PlanVersion.objects.get(pk=version).matters.get().matter
    by = User.objects.get(pk=user)
    return str(record_recusal(matter=matter, member=by, reason="other", by=None).uid)


def agree_or_answer(number: int, question: int, seen: int, asker: int, other: int) -> str:
    """The asker agrees to an answer while the administration writes another."""
    from kommuneplan.locking import Conflict
    from plans.members.actions import questions

    row = Question.objects.get(pk=question)
    row.version = seen
    try:
        if number % 2:
            questions.agree(question=row, seen=seen, by=User.objects.get(pk=asker))
            return "agreed"
        by = User.objects.get(pk=other)
        questions.answer(question=row, words=f"Svar {number}", show=True, seen=seen, by=by)
    except Conflict:
        return "conflict"
    return f"Svar {number}"


def test_what_a_member_does_in_eight_windows_at_once():
    version, user = submitted_version(plan_before()), member()
    place = anchors(version)[0]
    told = race(f"{HERE}:note_it", 8, version.pk, place, user.pk)
    assert told.count("conflict") == 7
    assert [PrivateNote.objects.get().words] == [one for one in told if one != "conflict"]
    assert len(set(race(f"{HERE}:ask_it", 8, version.pk, str(uuid.uuid4()), user.pk))) == 1
    assert Question.objects.count() == 1
    race(f"{HERE}:read_it", 8, version.pk, user.pk)
    assert LastRead.objects.get().frozen == version
    assert len(set(race(f"{HERE}:recuse_it", 8, version.pk, user.pk))) == 1
    assert Recusal.objects.count() == 1


def test_nobody_agrees_to_an_answer_they_have_not_seen():
    from plans.members.actions import questions

    version, asker, answerer = submitted_version(plan_before()), member(), secretary()
    question = questions.ask(version=version, anchor="", words="?", key=uuid.uuid4(), by=asker)
    question = questions.answer(
        question=question, words="Det første", show=True, seen=question.version, by=answerer
    )
    told = race(f"{HERE}:agree_or_answer", 8, question.pk, question.version, asker.pk, answerer.pk)
    assert told.count("conflict") == 7
    question.refresh_from_db()
    (winner,) = [one for one in told if one != "conflict"]
    assert question.is_shown is (winner == "agreed")
    assert question.answer == ("Det første" if winner == "agreed" else winner)
