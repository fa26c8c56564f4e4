"""The edges of a cycle's life, as a table.

A plain table and not a state machine on the field: the state that counts is the state *of the
day* (``state.state_on``: a consultation whose last day is past is over without anybody's doing),
and the row is ``Locked``, so that the table only has to say which verb leads where. Whether a
step may be taken is not said here but by the gates (``plans.lifecycle.gates``).
"""

from __future__ import annotations

from enum import StrEnum

from plans.enums import CycleState, Outcome, Purpose

S = CycleState


class Verb(StrEnum):
    """What can happen to the work on a plan."""

    SUBMIT = "submit"  # put before the bodies
    SEND_OUT = "send_out"  # they send it out for consultation
    ADOPT = "adopt"  # they adopt it
    HAND_BACK = "hand_back"  # they are done with it without having changed where it stands
    RETURN = "return"  # they send it back, or reject it
    WITHDRAW = "withdraw"  # the administration gives it up
    CORRECT = "correct"  # a wrongly recorded outcome is taken back


EDGES: dict[tuple[str, str], str] = {
    (S.DRAFT, Verb.SUBMIT): S.BEFORE_BODIES,
    (S.TO_BE_SENT_OUT, Verb.SUBMIT): S.BEFORE_BODIES,
    (S.AFTER_CONSULTATION, Verb.SUBMIT): S.BEFORE_BODIES,
    (S.BEFORE_BODIES, Verb.SEND_OUT): S.IN_CONSULTATION,
    (S.BEFORE_BODIES, Verb.ADOPT): S.ADOPTED,
    (S.BEFORE_BODIES, Verb.HAND_BACK): S.DRAFT,
    (S.BEFORE_BODIES, Verb.RETURN): S.DRAFT,
    (S.DRAFT, Verb.WITHDRAW): S.WITHDRAWN,
    (S.BEFORE_BODIES, Verb.WITHDRAW): S.WITHDRAWN,
    (S.TO_BE_SENT_OUT, Verb.WITHDRAW): S.WITHDRAWN,
    (S.IN_CONSULTATION, Verb.WITHDRAW): S.WITHDRAWN,
    (S.AFTER_CONSULTATION, Verb.WITHDRAW): S.WITHDRAWN,
    (S.DRAFT, Verb.CORRECT): S.BEFORE_BODIES,
    (S.TO_BE_SENT_OUT, Verb.CORRECT): S.BEFORE_BODIES,
    (S.IN_CONSULTATION, Verb.CORRECT): S.BEFORE_BODIES,
    (S.AFTER_CONSULTATION, Verb.CORRECT): S.BEFORE_BODIES,
    (S.ADOPTED, Verb.CORRECT): S.BEFORE_BODIES,
}
"""Where a verb leads from a state of the day. HAND_BACK leads to a draft where the matter was
submitted as one; otherwise to what was stored then (``MatterPlan.state_before``)."""

ENDED = frozenset({S.ADOPTED, S.WITHDRAWN})
SUBMITTABLE = tuple(CycleState(state) for state, verb in EDGES if verb == Verb.SUBMIT)
"""The states of the day from which a plan may be put before the bodies."""
MADE_READY = tuple(state for state in SUBMITTABLE if state != S.TO_BE_SENT_OUT)
"""Those in which it is being made ready for them: one that is to be sent out waits for its
consultation, and goes before the bodies again only when somebody thinks better of it."""


class NotAllowed(Exception):
    """No edge leads from the state by that verb: somebody else was first, or it is too early."""

    def __init__(self, state: str, verb: str) -> None:
        super().__init__(f"{verb} is not possible from {state}")
        self.state, self.verb = state, verb


def target(state: str, verb: str) -> str:
    """The state a verb leads to. Raises NotAllowed when there is no such edge."""
    try:
        return EDGES[state, verb]
    except KeyError:
        raise NotAllowed(state, verb) from None


def possible(state: str) -> set[str]:
    """The verbs that lead on from a state."""
    return {verb for before, verb in EDGES if before == state}


# What follows when a body has treated a matter -------------------------------------------------


class Next(StrEnum):
    """What becomes of a matter after an outcome."""

    GO_ON = "go_on"  # to the next body
    AGAIN = "again"  # the same body at another meeting
    COUNCIL = "council"  # the council decides (kommunestyrelsesloven § 23)
    DECIDED = "decided"
    BACK = "back"  # to draft
    DONE = "done"  # treated, nothing decided


def follows(outcome: str, *, is_last: bool) -> Next:
    """What an outcome leads to, by whether another body is still to treat the matter."""
    if outcome == Outcome.POSTPONED:
        return Next.AGAIN
    if outcome == Outcome.HALTED:
        return Next.COUNCIL
    if Outcome(outcome).sends_back:
        return Next.BACK
    if not is_last:
        return Next.GO_ON
    return Next.DECIDED if Outcome(outcome).carries else Next.DONE


DECISION: dict[str, str] = {
    Purpose.CONSULTATION: Verb.SEND_OUT,
    Purpose.ADOPTION: Verb.ADOPT,
    Purpose.PROCESS_PLAN: Verb.HAND_BACK,
    Purpose.DISCUSSION: Verb.HAND_BACK,
}
"""What carrying a matter does to its plans' cycles. A yearly status leaves them alone."""
