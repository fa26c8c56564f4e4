"""Who is told of an act in a round: called by the actions, in their transaction."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.models import Remark, Round
from kommuneplan.core.enums import Role
from kommuneplan.core.models import User
from kommuneplan.core.notices.actions import notify
from plans.notices.telling import holders, leads

from .kinds import ASSIGNED, RESPONSES


def tell_received(*, round: Round, by: User | None) -> None:
    """The secretaries and leads of the round's plan, once a day however many come in."""
    people = [*holders(Role.SECRETARY, round.plan.body), *leads(round.plan)]
    notify(kind=RESPONSES, thing=round.uid, users=people, by=by)


def tell_assigned(*, remarks: Iterable[Remark], by: User | None) -> None:
    """Whoever is to answer some remarks, once for each round."""
    asked = {(row.round.uid, row.assignee_id) for row in remarks if row.assignee_id}
    for round, person in sorted(asked):
        notify(kind=ASSIGNED, thing=round, users=[person], by=by)
