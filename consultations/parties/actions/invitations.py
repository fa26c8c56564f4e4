"""The list of parties of a round (høringsliste): put on, invited, reminded, taken off; and the
personal links, which are only ever in mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from consultations.locking import RoundMovedOn, locked, saved
from consultations.models import ContactPerson, Invitation, Party, Round
from kommuneplan import clock
from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core import upkeep
from kommuneplan.core.models import User

from .. import mails
from ..party_list import TO_REMIND, first_response, with_first_response

DAYTIME = range(8, 17)  # hours in Denmark in which the worker reminds; nobody is woken


class NoAddress(Exception):
    """There is no e-mail address to send the link to."""


class WrongDay(ValueError):
    """The deadline lies before the opening, or in the past."""


@transaction.atomic
def put_on_list(*, round: Round, parties: Iterable[Party], by: User | None) -> list[Invitation]:
    """Put parties of the register on the list; those that are on it already stay as they are, and
    one that was taken off comes back. Where the round is announced they are invited at once.

    Returns those that are new on it. Raises NotNow when the round is withdrawn or closed.
    """
    row = locked(round)
    now = clock.now()
    _demand_not_over(row, now)
    wanted = {party.pk: party for party in parties if party.retired_at is None}
    there = {one.party_id: one for one in row.invitations.filter(party__in=wanted)}
    first_contact: dict[int, ContactPerson] = {}
    for contact in ContactPerson.objects.filter(party__in=wanted).order_by("-pk"):
        first_contact[contact.party_id] = contact
    new = []
    for key, party in wanted.items():
        one = there.get(key)
        if one is not None and one.removed_at is None:
            continue
        contact = first_contact.get(key)
        one = one or Invitation(round=row, party=party)
        one.listed_at, one.removed_at, one.removed_because = now, None, ""
        one.name = party.name
        one.email = party.email or (contact.email if contact else "")
        one.contact_name = contact.name if contact else ""
        new.append(saved(one, by))
    if row.announced_at is not None:
        for one in new:
            _invite(one, row, now, by)
    return new


def invite_listed(*, round: Round, by: User | None) -> int:
    """Invite everybody on the list who is not invited yet; part of announcing a round, whose row
    the caller has locked. Returns how many."""
    now = clock.now()
    waiting = list(round.invitations.on_the_list().filter(invited_at__isnull=True))
    for one in waiting:
        _invite(one, round, now, by)
    return len(waiting)


def _invite(invitation: Invitation, round: Round, now: dt.datetime, by: User | None) -> None:
    if not invitation.email:
        return  # it stands on the list as not invited, until somebody writes an address
    invitation.round = round
    token = invitation.new_link()
    invitation.invited_at = now
    saved(invitation, by)
    mails.send_invitation(invitation, token=token, by=by)


@transaction.atomic
def edit_invitation(
    *,
    invitation: Invitation,
    email: str,
    contact_name: str,
    closes_at: dt.datetime | None,
    seen: int,
    by: User | None,
) -> Invitation:
    """Whom the letter goes to, and until when the party may answer where the round is not announced
    yet (afterwards ``events.extend``). A party without an address is invited once it has one.

    Raises Conflict when it has changed since ``seen``, WrongDay for a deadline before the opening.
    """
    round = locked(invitation.round)
    row = _on_list(invitation, round)
    row.version = seen  # the save compares it with what is stored
    row.email, row.contact_name = email, contact_name
    if round.announced_at is None:
        if closes_at is not None and round.opens_at is not None and closes_at <= round.opens_at:
            raise WrongDay
        row.closes_at = closes_at
    saved(row, by)
    if round.announced_at is not None and row.invited_at is None:
        _invite(row, round, clock.now(), by)
    return row


@transaction.atomic
def take_off(*, invitation: Invitation, reason: str, by: User | None) -> Invitation:
    """Take a party off the list. Its links cease to work; what it has answered stays."""
    row = _on_list(invitation, locked(invitation.round))
    now = clock.now()
    row.removed_at, row.removed_because = now, reason
    row.link_revoked_at = now if row.digest else None
    return saved(row, by)


@transaction.atomic
def renew_link(*, invitation: Invitation, by: User | None) -> Invitation:
    """Send the letter again with a new link; all links before it cease to work.

    Raises NotNow where the round is not announced or is over, NoAddress without an address.
    """
    round = locked(invitation.round)
    row = _on_list(invitation, round)
    now = clock.now()
    _demand_not_over(round, now, row)
    if round.announced_at is None:
        raise RoundMovedOn
    if not row.email:
        raise NoAddress
    _invite(row, round, now, by)
    return row


@transaction.atomic
def revoke_link(*, invitation: Invitation, by: User | None) -> Invitation:
    """Let no link of the party's lead in any more, until it gets a new one."""
    row = _on_list(invitation, locked(invitation.round))
    row.link_revoked_at = row.link_revoked_at or clock.now()
    return saved(row, by)


@transaction.atomic
def remind(*, round: Round, by: User | None) -> list[Invitation]:
    """Remind those who were invited and have not answered; each at most once a day.

    Raises NotNow when nobody may answer now.
    """
    row = locked(round)
    now = clock.now()
    if row.announced_at is None or row.withdrawn_at is not None or row.opens_at > now:
        raise RoundMovedOn
    return [_reminded(one, now, by) for one in silent(row, now)]


def silent(round: Round, now: dt.datetime) -> list[Invitation]:
    """Those that can be reminded now: invited, with time left and a link that works, not answered,
    and not reminded today."""
    found = []
    listed = with_first_response(round.invitations.on_the_list().exclude(email=""))
    for one in listed.order_by("sort_key", "pk"):
        one.round = round
        waits = one.state_at(now, first_response(one)) in TO_REMIND
        today = one.reminded_at is not None and local_day(one.reminded_at) == local_day(now)
        if waits and not today and one.link_revoked_at is None:
            found.append(one)
    return found


def due_reminders(now: dt.datetime) -> dict[Round, list[Invitation]]:
    """Whom ``manage.py remind`` reminds: the silent whose deadline is at most
    ``CONSULTATION_REMIND_DAYS`` away, and who were not reminded within those days before."""
    near = dt.timedelta(days=settings.CONSULTATION_REMIND_DAYS)
    found: dict[Round, list[Invitation]] = {}
    if not near:
        return found
    rounds = Round.objects.announced(at=now).filter(withdrawn_at__isnull=True)
    for round in rounds.filter(invitations__isnull=False).distinct().select_related("plan"):
        rows = [
            one
            for one in silent(round, now)
            if one.deadline - now <= near
            and (one.reminded_at is None or one.reminded_at < one.deadline - near)
        ]
        if rows:
            found[round] = rows
    return found


@transaction.atomic
def remind_due(*, round: Round) -> int:
    """Remind those of a round for whom it is due by now; asked again under the lock, so that two
    runs at once remind nobody twice. Returns how many."""
    row = locked(round)
    now = clock.now()
    due = due_reminders(now).get(row, [])
    for one in due:
        _reminded(one, now, None)
    return len(due)


def remind_all() -> int:
    """Remind everybody for whom it is due, each round in a transaction of its own; how many."""
    return sum(remind_due(round=round) for round in due_reminders(clock.now()))


def register_upkeep() -> None:
    """Let the worker remind by day. Called once, when the app is ready."""
    upkeep.register("consultations.reminders", _remind_by_day)


def _remind_by_day() -> None:
    if clock.now().astimezone(COPENHAGEN).hour in DAYTIME:
        remind_all()


def _reminded(invitation: Invitation, now: dt.datetime, by: User | None) -> Invitation:
    token = invitation.further_link(now)
    invitation.reminded_at = now
    saved(invitation, by)
    mails.send_reminder(invitation, token=token, by=by)
    return invitation


def _on_list(invitation: Invitation, round: Round) -> Invitation:
    row = Invitation.objects.select_related("party").get(pk=invitation.pk)
    row.round = round
    if row.removed_at is not None:
        raise RoundMovedOn
    return row


def _demand_not_over(round: Round, now: dt.datetime, invitation: Invitation | None = None) -> None:
    closes_at = invitation.deadline if invitation else round.closes_at
    is_over = round.announced_at is not None and closes_at is not None and closes_at <= now
    if round.withdrawn_at is not None or is_over:
        raise RoundMovedOn


def correct_address(*, uid: str, address: str, by: User | None) -> None:
    """A mail came back and goes to another address: it is written on the list of parties too."""
    row = Invitation.objects.select_for_update().filter(uid=uid).first()
    if row is not None:
        row._history_user = by
        row.email = address
        row.save()
