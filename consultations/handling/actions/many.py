"""One act on many remarks, as it was said before it was done: sorted, answered, decided, and
answered together. What is chosen is used, or somebody has seen what is left out and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from consultations.models import Remark, Round
from kommuneplan.core.models import User

from ..many_changes import ChosenPart, ManyOutcome, Wish, outcome
from . import remarks as verbs


class Untold(Exception):
    """Something chosen would be left out, and nobody has been told of it as it is now; nothing was
    done. ``outcome`` is what would be done."""

    def __init__(self, outcome: ManyOutcome) -> None:
        super().__init__(", ".join(one.because for one in outcome.left))
        self.outcome = outcome


@transaction.atomic
def change_many(
    *, remarks: Sequence[Remark], wish: Wish, told: str = "", by: User | None
) -> ManyOutcome:
    """Do to the marked remarks of one round what was chosen, all of it in one act.

    ``told``: the outcome that was shown (``ManyOutcome.told``). Raises Untold when something would
    be left out that was not shown, NotAlike when there is nothing to answer together, and
    ValueError for a theme that is another round's or an answer that is another body's.
    """
    for round_id in sorted({row.round_id for row in remarks}):
        Round.objects.select_for_update().get(pk=round_id)
    rows = verbs.lock_all(remarks)
    head = verbs.common_head(rows) if wish.together else None
    done = outcome(rows, wish, head=head)
    if done.left and done.told != told:
        raise Untold(done)
    if wish.sorting:
        verbs.sort_many(remarks=rows, facts=wish.sorting, by=by)
    spoken = [*rows, head] if head else rows
    if answered := done.numbers(ChosenPart.ANSWER):
        verbs.answer_many(
            remarks=[row for row in spoken if row.number in answered],
            proposal=wish.proposal,
            answer=wish.answer,
            by=by,
        )
    if decided := done.numbers(ChosenPart.DECISION):
        verbs.decide_many(
            remarks=[row for row in spoken if row.number in decided],
            decision=wish.decision,
            words=wish.decision_words,
            by=by,
        )
    if head is not None:
        verbs.join_many(remarks=rows, head=head, by=by)
    return done
