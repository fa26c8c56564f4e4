"""Following begun, confirmed and ended. No account, and no answer that tells whether an address is
known: whoever asks is told the same, and what else there is to say stands in a mail to the address.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Mail
from kommuneplan.core.privacy import handlers
from plans.models import Follower, Following

from ..bounced import bounced_followers, bounced_followings
from ..budgets import demand_room, may_ask
from ..links import KEPT, confirm_link, leave_link
from ..mail_kinds import ASKED
from ..things import Followed


@transaction.atomic
def ask(*, email: str, thing: Followed, network: str = "") -> Mail | None:
    """Ask an address whether it wants to follow something: it is told of nothing before the link
    in the mail has been used. Where it follows it already, the mail says so.

    None where the address has had enough of such mails today. Raises UsedUp where strangers would
    hold too much.
    """
    at, address = clock.now(), email.strip().lower()
    follower, _new = Follower.objects.get_or_create(email=address)
    follower = Follower.objects.select_for_update().get(pk=follower.pk)
    facts = {"plan": thing.plan, "body": thing.body}
    row, is_new = Following.objects.get_or_create(
        follower=follower, **facts, defaults={"asked_at": at, "network": network}
    )
    demand_room(network, at=at)
    if not may_ask(address, at=at):
        return None
    if not is_new and row.confirmed_at is None:
        row.asked_at = at  # the newest link is the one that counts
        row.save(update_fields=["asked_at"])
    return mailing.send(
        to=address,
        template="plans/follow_asked",
        context={
            "title": thing.title,
            "everything": thing.plan is None and thing.body is None,
            "follows": row.confirmed_at is not None,
            "confirm": confirm_link(row),
            "leave": leave_link(follower),
        },
        reference=f"{ASKED}:{row.uid}",
        until=at + KEPT,
        keep_days=0,
    )


@transaction.atomic
def confirm(*, uid: UUID) -> Following | None:
    """Say yes to what was asked, once; None where it is not there any more. What happened before
    is not told."""
    row = Following.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if row is not None and row.confirmed_at is None:
        row.confirmed_at, row.network = clock.now(), ""
        row.save(update_fields=["confirmed_at", "network"])
    return row


@transaction.atomic
def leave(*, follower: UUID, following: UUID | None = None) -> int:
    """End one thing that an address follows, or all; with the last of them the address goes. How
    many were ended: none where nothing was left of it."""
    rows = Following.objects.filter(follower__uid=follower)
    if following is not None:
        rows = rows.filter(uid=following)
    ended = rows.count()
    rows.delete()
    _let_go()
    return ended


@transaction.atomic
def forget_unconfirmed(*, at: dt.datetime | None = None) -> int:
    """What nobody said yes to within two days goes, and the address with it."""
    rows = Following.objects.unconfirmed(before=(at or clock.now()) - KEPT)
    number = rows.count()
    rows.delete()
    _let_go()
    return number


@transaction.atomic
def end_bounced() -> int:
    """Whose address does not exist is not written to again."""
    rows = Following.objects.filter(uid__in=bounced_followings())
    number = rows.count()
    rows.delete()
    gone = Follower.objects.filter(uid__in=bounced_followers())
    number += gone.count()
    gone.delete()
    _let_go()
    return number


def erase_followings(person: handlers.Person) -> list[handlers.ErasureOutcome]:
    """Whoever is erased follows nothing any more."""
    rows = Follower.objects.filter(email__iexact=person.address)
    return [handlers.gone("plans.Follower", rows)]


def _let_go() -> None:
    Follower.objects.idle().delete()
