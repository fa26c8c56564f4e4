"""What happens to a round after it was announced: extended, closed early, corrected, withdrawn.

Each is an event with its reason, and each is told by mail to the invited parties and to whoever
has answered. Deadlines are compared with the row of the round locked, as the arrival of a
response is: whichever comes first is what the other finds.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.enums import EventKind
from consultations.locking import RoundMovedOn, locked_in_plan, saved
from consultations.models import Invitation, Round, RoundEvent
from consultations.parties import mails
from consultations.parties.actions.invitations import WrongDay
from kommuneplan import clock
from kommuneplan.core.examined import Examined
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict

from .materials import keep_material
from .milestone_dates import tell_milestone


@transaction.atomic
def extend(
    *,
    round: Round,
    closes_at: dt.datetime,
    reason: str,
    seen: int,
    invitation: Invitation | None = None,
    by: User | None,
) -> RoundEvent:
    """Give more time, to everybody or to one party (``invitation``).

    An extension for everybody holds for a party with a shorter deadline of its own too. A round
    whose deadline is past can be extended while ``may_be_extended``: it is open again.
    Raises Conflict when the round has changed since ``seen``, NotNow when it cannot be extended
    any more, WrongDay when the new deadline is not later than the old one and than now.
    """
    row = _announced(round, seen)
    if not row.may_be_extended:
        raise RoundMovedOn
    party = _listed(row, invitation) if invitation is not None else None
    old = party.deadline if party is not None else row.closes_at
    if closes_at <= old or closes_at <= clock.now():
        raise WrongDay
    if party is not None:
        party.closes_at = closes_at
        saved(party, by)
        saved(row, by)  # one version of the round, one state of its deadlines
    else:
        row.closes_at = closes_at
        saved(row, by)
        _without_own_deadline(row, row.invitations.filter(closes_at__lte=closes_at), by)
        tell_milestone(row, reason=reason, by=by)
    event = _event(row, EventKind.EXTENDED, reason, by, party=party, old=old, new=closes_at)
    _tell(row, event, by, only=party)
    return event


@transaction.atomic
def close_early(
    *, round: Round, closes_at: dt.datetime, reason: str, seen: int, by: User | None
) -> RoundEvent:
    """Let the round end sooner than was told, for everybody; ``closes_at`` in the past is now.

    Raises Conflict when the round has changed since ``seen``, NotNow when it is not open,
    WrongDay when the new deadline is not sooner than the old one.
    """
    row = _announced(round, seen)
    now = clock.now()
    closes_at = max(closes_at, now)
    if not row.opens_at < now or row.closes_at <= now:
        raise RoundMovedOn
    old = row.closes_at
    if closes_at >= old:
        raise WrongDay
    row.closes_at = closes_at
    saved(row, by)
    _without_own_deadline(row, row.invitations.filter(closes_at__gt=closes_at), by)
    tell_milestone(row, reason=reason, by=by)
    event = _event(row, EventKind.CLOSED_EARLY, reason, by, old=old, new=closes_at)
    _tell(row, event, by)
    return event


@transaction.atomic
def correct(
    *, round: Round, words: str, seen: int, file: Examined | None = None, by: User | None
) -> RoundEvent:
    """Send out a correction sheet (rettelsesblad): what was wrong in what was sent out, perhaps as
    a ``file`` among the materials. The frozen version stays as it is.

    Raises Conflict when the round has changed since ``seen``, NotTaken when the files become too
    many.
    """
    row = _announced(round, seen)
    saved(row, by)
    if file is not None:
        keep_material(row, _("Correction sheet"), file, by)
    event = _event(row, EventKind.CORRECTION, words, by)
    _tell(row, event, by)
    return event


@transaction.atomic
def withdraw(*, round: Round, reason: str, seen: int, by: User | None) -> RoundEvent:
    """Withdraw the round, once and for all: nobody can answer any more. What was received stays.

    A round that was never announced is withdrawn without telling anybody.
    Raises Conflict when the round has changed since ``seen``, NotNow when it is withdrawn already.
    """
    row = locked_in_plan(round)
    if row.withdrawn_at is not None:
        raise RoundMovedOn
    if row.version != seen:
        raise Conflict(row)
    row.withdrawn_at, row.withdrawn_because = clock.now(), reason
    saved(row, by)
    if row.announced_at is not None:
        tell_milestone(row, reason=reason, by=by)
    event = _event(row, EventKind.WITHDRAWN, reason, by)
    if row.announced_at is not None:
        _tell(row, event, by)
    return event


def _announced(round: Round, seen: int) -> Round:
    row = locked_in_plan(round)
    if row.announced_at is None or row.withdrawn_at is not None:
        raise RoundMovedOn
    if row.version != seen:
        raise Conflict(row)
    return row


def _listed(round: Round, invitation: Invitation) -> Invitation:
    row = round.invitations.on_the_list().select_related("party").filter(pk=invitation.pk).first()
    if row is None:
        raise RoundMovedOn
    row.round = round
    return row


def _without_own_deadline(round: Round, rows: object, by: User | None) -> None:
    for one in rows:  # type: ignore[attr-defined]
        one.closes_at = None
        saved(one, by)


def _event(
    round: Round,
    kind: EventKind,
    reason: str,
    by: User | None,
    *,
    party: Invitation | None = None,
    old: dt.datetime | None = None,
    new: dt.datetime | None = None,
) -> RoundEvent:
    return RoundEvent.objects.create(
        round=round,
        invitation=party,
        kind=kind,
        at=clock.now(),
        by=by,
        reason=reason,
        old_closes_at=old,
        new_closes_at=new,
    )


def _tell(
    round: Round, event: RoundEvent, by: User | None, *, only: Invitation | None = None
) -> None:
    """By mail to the invited parties (a link for each, those before it keep working), and to those
    who have answered by themselves and left an address; to one party alone with ``only``."""
    listed = round.invitations.on_the_list().exclude(email="").filter(invited_at__isnull=False)
    if only is not None:
        listed = listed.filter(pk=only.pk)
    invitations = []
    for one in listed:
        one.round = round
        invitations.append((one, one.further_link(event.at)))
    responses = round.responses.filter(withdrawn_at__isnull=True, invitation__isnull=True)
    mails.send_news(
        round,
        kind=event.kind,
        reason=event.reason,
        invitations=invitations,
        responses=[] if only is not None else responses.exclude(email="").order_by("number"),
        old_closes_at=event.old_closes_at,
        by=by,
    )
