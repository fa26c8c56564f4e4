"""What goes out with a round: the secretary's questions, and the letter."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from consultations.locking import RoundMovedOn, locked, saved
from consultations.models import Round, RoundQuestion
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.richtext.blocks import sanitise


@transaction.atomic
def ask(*, round: Round, words: str, help: str = "", by: User | None) -> RoundQuestion:
    """Ask everybody who answers a question, after those there are; asked twice in the same words
    it is one question.

    Raises NotNow once the round is announced: then everybody has been asked the same.
    """
    row = _preparing(round)
    same = row.questions.filter(words=words, retired_at__isnull=True).first()
    if same is not None:
        return same
    last = row.questions.aggregate(last=Max("position"))["last"] or 0
    return saved(RoundQuestion(round=row, position=last + 1, words=words, help=help), by)


@transaction.atomic
def reword(
    *, question: RoundQuestion, words: str, help: str, seen: int, by: User | None
) -> RoundQuestion:
    """Put a question in other words. Raises NotNow once the round is announced, Conflict when it
    has changed since ``seen``."""
    _preparing(question.round)
    question.version, question.words, question.help = seen, words, help
    return saved(question, by)


@transaction.atomic
def take_back(*, question: RoundQuestion, by: User | None) -> RoundQuestion:
    """Ask it no more. Raises NotNow once the round is announced."""
    _preparing(question.round)
    row = RoundQuestion.objects.get(pk=question.pk)
    row.retired_at = row.retired_at or clock.now()
    return saved(row, by)


@transaction.atomic
def write_letter(*, round: Round, text: str, seen: int, by: User | None) -> Round:
    """Store the letter (rich text, sanitised; empty: the usual one).

    Raises NotNow once it has been sent, Conflict when the round has changed since ``seen``.
    """
    row = _preparing(round, seen)
    row.letter = sanitise(text)
    return saved(row, by)


def _preparing(round: Round, seen: int | None = None) -> Round:
    row = locked(round, seen=seen)
    if row.announced_at is not None or row.withdrawn_at is not None:
        raise RoundMovedOn
    return row
