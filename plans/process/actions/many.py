"""What is done to several milestones at once: each by its own verb, what cannot be is told."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from kommuneplan.clock import today
from kommuneplan.core.models import Meeting, User
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Conflict, Outdated
from plans.document.plan_document import canonical
from plans.enums import MilestoneState
from plans.models import Cycle, Milestone, Plan

from ..moving import Effect, MoveOutcome, shifted, words_of
from ..published import published_uids
from .milestones import (
    AlreadyPublished,
    IsConsultation,
    delete_milestone,
    finish_milestone,
    mark_milestone,
)
from .moving import Affected, is_fixed, move_as_shown


class ManyAct(enum.StrEnum):
    """What can be done to all that are ticked."""

    DONE = "done"
    PUBLIC = "public"
    INTERNAL = "internal"
    DELETE = "delete"


@dataclass(slots=True)
class ManyDone:
    """What became of them, as titles: ``changed`` was saved by somebody else since it was shown,
    ``fixed`` is what the rule does not allow; ``gone`` counts what is not there any more."""

    done: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    gone: int = 0


@transaction.atomic
def act_on_many(*, plan: Plan, seen: Mapping[str, int], act: ManyAct, by: User | None) -> ManyDone:
    """Do it to each that is still as it was seen (``seen``: versions by uid)."""
    told = ManyDone()
    there = _locked(plan, seen)
    told.gone = len(seen) - len(there)
    for row in there:
        if row.version != seen[str(row.uid)]:
            told.changed.append(row.title)
            continue
        try:
            _act(row, act, by)
        except Conflict:
            told.changed.append(row.title)
        except (IsConsultation, AlreadyPublished):
            told.fixed.append(row.title)
        else:
            told.done.append(row.title)
    return told


def _locked(plan: Plan, uids: Collection[str]) -> list[Milestone]:
    Plan.objects.select_for_update().get(pk=plan.pk)
    running = Cycle.objects.running(on=today()).filter(plan=plan)
    rows = Milestone.objects.filter(cycle__in=running, uid__in=uids)
    return list(rows.select_for_update(of=("self",)).select_related("cycle", "meeting"))


def _act(row: Milestone, act: ManyAct, by: User | None) -> None:
    if act is ManyAct.DONE:
        if row.state != MilestoneState.DONE:
            finish_milestone(milestone=row, on=_done_on(row, today()), by=by)
    elif act is ManyAct.DELETE:
        delete_milestone(milestone=row, by=by)
    else:
        mark_milestone(milestone=row, public=act is ManyAct.PUBLIC, by=by)


def _done_on(row: Milestone, day: dt.date) -> dt.date | None:
    """The last day where it is known and past; a vague one is not guessed at."""
    when = row.takes_place
    last = when.latest if when else None
    if last is None or last >= day:
        return day
    return last if when and when.is_exact else None


# --- moved by as many days ------------------------------------------------------------------------


def moves_of(plan: Plan, uids: Collection[str], days: int) -> tuple[list[Affected], str]:
    """What moving them by so many days would give, and the fingerprint of what is shown. Meetings,
    consultations, confirmed dates and what is over stand fast. Writes nothing."""
    running = Cycle.objects.running(on=today()).filter(plan=plan)
    rows = Milestone.objects.filter(cycle__in=running, uid__in=uids).select_related("meeting")
    published = published_uids(uids)
    shown = [Affected(_effect(row, days), row, str(row.uid) in published) for row in rows]
    shown.sort(key=lambda one: one.effect.before.sort_key if one.effect.before else (dt.date.max,))
    facts: list[Any] = [
        [one.effect.uid, one.row.version, one.effect.outcome, one.effect.words, one.published]
        for one in shown
    ]
    return shown, digest(canonical(facts))


def _effect(row: Milestone, days: int) -> Effect:
    uid, when = str(row.uid), row.takes_place
    if when is None:
        return Effect(uid, MoveOutcome.UNDATED, None, None, row.written)
    if is_fixed(row) or not days:
        return Effect(uid, MoveOutcome.FIXED, when, when, row.written)
    moved = shifted(when, days)
    if moved == when:
        return Effect(uid, MoveOutcome.STAYS_VAGUE, when, when, row.written)
    return Effect(uid, MoveOutcome.MOVES, when, moved, words_of(moved))


@transaction.atomic
def move_many(
    *,
    plan: Plan,
    uids: Collection[str],
    days: int,
    seen: str,
    reason: str = "",
    meeting: Meeting | None = None,
    by: User | None,
) -> list[Affected]:
    """Do what was shown: all of it or nothing. Outdated when anything has moved on since;
    ReasonNeeded when a published date moves without one."""
    _locked(plan, uids)
    shown, fingerprint = moves_of(plan, uids, days)
    if seen != fingerprint:
        raise Outdated
    move_as_shown(shown, reason=reason, meeting=meeting, by=by)
    return shown
