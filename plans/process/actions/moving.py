"""Moving a milestone and what follows it, after a dry run that shows every effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from kommuneplan.change_reason import because
from kommuneplan.core.models import Meeting, User
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Outdated
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import TimeSpan
from plans.document.plan_document import canonical
from plans.enums import MilestoneState
from plans.models import Dependency, Milestone, Plan

from ..check_facts import live_rows
from ..moving import DependencyLink, Effect, Movable, MoveOutcome, Scope, follow
from ..preview import MovePreview, preview_of
from ..published import published_uids
from .milestones import DateNotItsOwn, move_milestone


class NotInPlan(Exception):
    """The milestones are not both of this plan's open cycle."""


class GoesRound(Exception):
    """The dependency would make a milestone wait for itself."""


@dataclass(frozen=True, slots=True)
class Affected:
    """An effect with its milestone, as the dry run shows it."""

    effect: Effect
    row: Milestone
    published: bool

    @property
    def needs_reason(self) -> bool:
        """The public has read the date that is to be another."""
        return self.published and self.effect.changes

    @property
    def before_words(self) -> str:
        """The date as it is."""
        return self.row.written or (phrase(self.effect.before) if self.effect.before else "")


def is_fixed(row: Milestone) -> bool:
    """Does its date stay? Meetings, consultations, confirmed dates, and what is over."""
    return not row.has_own_date or row.confirmed or row.state != MilestoneState.PLANNED


def dry_run(
    *, plan: Plan, milestone: Milestone, when: TimeSpan, scope: Scope
) -> tuple[list[Affected], str]:
    """Every effect of a move, and the fingerprint of what is shown. Writes nothing.

    DateNotItsOwn for a milestone that is a meeting or a consultation.
    """
    return _effects(plan, live_rows(milestone.cycle), milestone, when, scope)


def _effects(
    plan: Plan, rows: list[Milestone], milestone: Milestone, when: TimeSpan, scope: Scope
) -> tuple[list[Affected], str]:
    by_uid = {str(row.uid): row for row in rows}
    if not milestone.has_own_date:
        raise DateNotItsOwn
    movables = [Movable(uid, r.takes_place, r.written, is_fixed(r)) for uid, r in by_uid.items()]
    effects = follow(movables, _links(rows), str(milestone.uid), when, scope)
    effects = _by_the_checks(effects, preview_of(plan, rows, effects, readable=Plan.objects.none()))
    published = published_uids(by_uid)
    shown = [Affected(e, by_uid[e.uid], e.uid in published) for e in effects]
    facts = [
        [a.effect.uid, a.row.version, a.effect.outcome, a.effect.words, a.published,
         str(a.effect.after and a.effect.after.sort_key)]
        for a in shown
    ]  # fmt: skip
    return shown, digest(canonical(facts))


def _by_the_checks(effects: list[Effect], preview: MovePreview) -> list[Effect]:
    """What stands fast is in conflict where the checks will say so of it, and only there: what is
    warned of before the move is found after it."""
    arises = {uid for one in preview.arises for uid in one.finding.milestones}
    found = []
    for effect in effects:
        if effect.outcome in {MoveOutcome.FIXED, MoveOutcome.CONFLICT}:
            is_told = effect.uid in arises
            outcome = MoveOutcome.CONFLICT if is_told else MoveOutcome.FIXED
            effect = replace(effect, outcome=outcome)
        found.append(effect)
    return found


def _links(rows: list[Milestone]) -> Iterable[DependencyLink]:
    uid = {row.pk: str(row.uid) for row in rows}
    for one in Dependency.objects.filter(milestone__in=rows, after__in=rows):
        yield DependencyLink(uid[one.milestone_id], uid[one.after_id], one.days)


@transaction.atomic
def move_with_followers(
    *,
    plan: Plan,
    milestone: Milestone,
    when: TimeSpan,
    scope: Scope,
    seen: str,
    reason: str = "",
    meeting: Meeting | None = None,
    by: User | None,
) -> list[Affected]:
    """Do what the dry run showed: all of it or nothing.

    ``seen`` is the fingerprint of what was shown: Outdated when anything has moved on since.
    ReasonNeeded when a published date moves without one. Confirmed dates are left alone.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = milestone.cycle
    locked = {row.pk for row in cycle.milestones.select_for_update()}
    if milestone.pk not in locked or cycle.plan_id != plan.pk:
        raise NotInPlan
    rows = live_rows(cycle)
    shown, fingerprint = _effects(plan, rows, milestone, when, scope)
    if seen != fingerprint:
        raise Outdated
    move_as_shown(shown, reason=reason, meeting=meeting, by=by)
    return shown


def move_as_shown(
    shown: Iterable[Affected], *, reason: str, meeting: Meeting | None, by: User | None
) -> None:
    """Give each milestone the date that was shown for it, in the caller's transaction.
    ReasonNeeded when a published date moves without one."""
    with because(reason.strip()):
        for one in shown:
            if one.effect.changes:
                move_milestone(
                    milestone=one.row,
                    when=one.effect.after,
                    written=one.effect.words,
                    reason=reason,
                    meeting=meeting,
                    by=by,
                )


# --- dependencies ------------------------------------------------------------------------------


@transaction.atomic
def add_dependency(
    *, milestone: Milestone, after: Milestone, days: int, by: User | None
) -> Dependency:
    """Let a milestone wait for another; the same pair again changes the distance.

    GoesRound when the other already waits for it, directly or through more.
    """
    plan = milestone.cycle.plan_id
    Plan.objects.select_for_update().get(pk=plan)
    if after.cycle_id != milestone.cycle_id:
        raise NotInPlan
    waits: dict[int, set[int]] = {}
    for one in Dependency.objects.filter(milestone__cycle=milestone.cycle_id):
        waits.setdefault(one.milestone_id, set()).add(one.after_id)
    todo, met = [after.pk], set()
    while todo:
        here = todo.pop()
        if here == milestone.pk:
            raise GoesRound
        if here not in met:
            met.add(here)
            todo += waits.get(here, set())
    row = Dependency.objects.filter(milestone=milestone, after=after).first()
    row = row or Dependency(milestone=milestone, after=after)
    row.days = days
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def remove_dependency(*, milestone: Milestone, after: Milestone, by: User | None) -> None:
    """It no longer waits for the other. Removing twice is no error."""
    for row in Dependency.objects.filter(milestone=milestone, after=after):
        row._history_user = by
        row.delete()


__all__ = [
    "Affected",
    "GoesRound",
    "MoveOutcome",
    "NotInPlan",
    "Scope",
    "add_dependency",
    "dry_run",
    "is_fixed",
    "move_with_followers",
    "remove_dependency",
]
