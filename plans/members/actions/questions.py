"""Questions of members to the administration, step by step. Nobody but the two sides sees one
until both have agreed, and no longer than both agree."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.document import plan_document as doc
from plans.models import PlanVersion, Question
from plans.models.submitted import body_for
from plans.notices.telling import tell_answered, tell_question

from .reading import quote_of


class QuestionMovedOn(Exception):
    """The question has gone on: it is withdrawn, or not answered yet."""


@transaction.atomic
def ask(*, version: PlanVersion, anchor: str, words: str, key: uuid.UUID, by: User) -> Question:
    """Ask the administration about a paragraph of a version, or about the whole (no anchor).

    ``key`` comes from the form: sent twice, it is the same question. Raises NoSuchParagraph for a
    paragraph the version does not have.
    """
    sent = Question.objects.filter(key=key, asker=by)
    row = Question(
        frozen=version,
        body=body_for(by, version),
        anchor=anchor,
        quote=quote_of(doc.from_json(version.content), anchor) if anchor else "",
        words=words,
        asker=by,
        asked_at=clock.now(),
        key=key,
    )
    try:
        with transaction.atomic():
            return sent.first() or _asked(row, by)
    except IntegrityError:  # sent twice at the same moment
        return sent.get()


def _asked(row: Question, by: User) -> Question:
    tell_question(question=_saved(row, by), by=by)
    return row


def _locked(question: Question) -> Question:
    row = Question.objects.select_for_update().get(pk=question.pk)
    if row.withdrawn_at is not None:
        raise QuestionMovedOn
    return row


def _saved(row: Question, by: User) -> Question:
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def withdraw(*, question: Question, by: User) -> Question:
    """The asker takes the question back: it is no longer shown, and waits for nobody."""
    row = _asked_by(question, by)
    row.withdrawn_at = clock.now()
    row.asker_agreed_at = row.administration_agreed_at = None
    return _saved(row, by)


@transaction.atomic
def answer(*, question: Question, words: str, show: bool, seen: int, by: User) -> Question:
    """Answer, or write the answer anew; ``show``: the administration agrees to showing it.

    An answer with other words has to be agreed to anew by the asker. Raises Conflict when
    somebody has answered since ``seen``, NotNow when the question is withdrawn.
    """
    row = _locked(question)
    if row.version != seen:
        row.answer = words
        raise Conflict(row)
    if words != row.answer:
        row.answer, row.answered_at, row.answered_by = words, clock.now(), by
        row.asker_agreed_at = None
        tell_answered(question=row, by=by)
    row.administration_agreed_at = (row.administration_agreed_at or clock.now()) if show else None
    return _saved(row, by)


@transaction.atomic
def agree(*, question: Question, seen: int, by: User) -> Question:
    """The asker agrees that the members of the body see question and answer.

    Raises Conflict when the answer is another than the one they had before them (``seen``),
    NotNow when there is none.
    """
    row = _asked_by(question, by)
    if row.answered_at is None:
        raise QuestionMovedOn
    if row.version != seen:
        raise Conflict(row)
    row.asker_agreed_at = row.asker_agreed_at or clock.now()
    return _saved(row, by)


@transaction.atomic
def take_back_agreement(*, question: Question, by: User) -> Question:
    """The asker no longer agrees: nobody else sees it from now on."""
    row = _asked_by(question, by)
    row.asker_agreed_at = None
    return _saved(row, by)


def _asked_by(question: Question, by: User) -> Question:
    row = _locked(question)
    if row.asker_id != by.pk:
        raise ValueError("The question is somebody else's")
    return row
