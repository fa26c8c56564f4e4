"""A round prepared, changed and announced. What happens to it afterwards is in ``events``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from consultations.locking import RoundMovedOn, locked, locked_in_plan, saved
from consultations.models import Round, RoundQuestion
from consultations.parties.actions.invitations import invite_listed, put_on_list
from kommuneplan import clock
from kommuneplan.core import gates
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.enums import Audience, Stage
from plans.models import Plan, Publication
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish

from ..gates import ANNOUNCE
from ..milestones import suggested_milestone
from .milestone_dates import give_milestone, tell_milestone

ALWAYS = frozenset({"title", "introduction", "open_list", "members_see"})
BEFORE = ALWAYS | {
    "frozen", "milestone_uid", "letter", "is_public", "is_internal", "opens_at", "closes_at",
    "publish_when",
}  # fmt: skip


@transaction.atomic
def create_round(
    *,
    plan: Plan,
    facts: Mapping[str, Any],
    renews: Round | None = None,
    because: str = "",
    seen: int | None = None,
    by: User | None,
) -> Round:
    """Prepare a round over one of the plan's frozen versions; ``facts`` are column values
    (``BEFORE``). ``renews``: the round that this one takes up again, ``because`` of what; its
    questions, its letter and its parties come along.

    Without a version (``frozen`` is None) the plan is frozen as it is now, for an internal round
    over a draft. ``seen`` is how many rounds the plan had when the form was opened.

    Raises NotNow when it has another number by now, so that a double click prepares one;
    ValueError when the version is another plan's, or the plan has no cycle.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    if seen is not None and plan.rounds.count() != seen:
        raise RoundMovedOn
    facts = _with_version(plan, facts, by)
    cycle = plan.shown_cycle
    if cycle is None:
        raise ValueError("The plan has no cycle")
    row = Round(
        plan=plan, cycle=cycle, renews=renews, renewed_because=because, **_known(facts, BEFORE)
    )
    if row.milestone_uid is None and not row.is_internal:
        found = suggested_milestone(cycle, renews)
        row.milestone_uid = found.uid if found else None
    row.letter = row.letter or (renews.letter if renews else "")
    saved(row, by)
    if renews is not None:
        _bring_along(row, renews, by)
    return row


def _bring_along(round: Round, before: Round, by: User | None) -> None:
    for question in before.questions.filter(retired_at__isnull=True):
        copy = RoundQuestion(round=round, position=question.position, words=question.words)
        copy.help = question.help
        saved(copy, by)
    listed = before.invitations.on_the_list().select_related("party")
    put_on_list(round=round, parties=[one.party for one in listed], by=by)


@transaction.atomic
def edit_round(*, round: Round, facts: Mapping[str, Any], seen: int, by: User | None) -> Round:
    """Change what a round says. Once it is announced, its version, audience, letter and times stay
    as they were told; the times then change by an event alone.

    Raises Conflict when somebody has changed it since ``seen``, NotNow when it is withdrawn.
    """
    row = locked(round, seen=seen)
    if row.withdrawn_at is not None:
        raise RoundMovedOn
    known = _known(facts, BEFORE if row.announced_at is None else ALWAYS)
    if "frozen" in known:
        known = _with_version(row.plan, known, by)
    for name, value in known.items():
        setattr(row, name, value)
    return saved(row, by)


@transaction.atomic
def announce_round(*, round: Round, seen: int, by: User | None) -> Round:
    """Open the round, or let it open by itself when its day comes: from now on it exists for those
    who may answer, and everybody on the list is invited by mail with a link of their own.

    A round for invited parties alone makes its version visible to them. Raises Conflict when the
    round has moved on since ``seen``, NotNow when it is announced or withdrawn already, and
    ``gates.Blocked`` when something is missing.
    """
    row = locked_in_plan(round)
    if row.announced_at is not None or row.withdrawn_at is not None:
        raise RoundMovedOn
    if row.version != seen:
        raise Conflict(row)
    now = clock.now()
    gates.demand(ANNOUNCE, round=row, listed=list(row.invitations.on_the_list()))
    assert row.opens_at is not None
    row.opens_at = max(row.opens_at, now)  # its day has begun already: from now on
    row.announced_at, row.announced_by = now, by
    give_milestone(row, by=by)
    saved(row, by)
    tell_milestone(row, reason="", by=by)
    if not row.is_public:
        _show_to_parties(row, by)
    invite_listed(round=row, by=by)
    return row


def _show_to_parties(round: Round, by: User | None) -> None:
    newest = Publication.objects.filter(
        plan=round.plan_id,
        audience=Audience.PARTIES,
        superseded_at__isnull=True,
        withdrawn_at__isnull=True,
    ).first()
    if newest is None or newest.version_id != round.frozen_id:
        publish(version=round.frozen, by=by, audience=Audience.PARTIES)


def _known(facts: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in names}


def _with_version(plan: Plan, facts: Mapping[str, Any], by: User | None) -> dict[str, Any]:
    version = facts["frozen"]
    if version is None:
        if not facts["is_internal"]:
            raise ValueError("Only an internal round is over the plan as it is now")
        version = freeze(plan=plan, stage=Stage.INTERNAL, by=by)
    if version.plan_id != plan.pk:
        raise ValueError("The version is another plan's")
    return {**facts, "frozen": version}
