"""How much strangers may ask to follow: what nobody has confirmed yet, from one network within a
day and in all (``kommuneplan/strangers_settings.py``), and how many mails of ours go to one
address.
"""

from __future__ import annotations

import datetime as dt

from kommuneplan import clock
from kommuneplan.core import strangers
from kommuneplan.core.models import Mail
from kommuneplan.core.strangers import Budget
from plans.models import Following

from .mail_kinds import ASKED

MOST_MAILS = 3
"""So many mails a day ask one address whether it wants to follow something, and no more."""

DAY = dt.timedelta(days=1)


def register_budgets() -> None:
    """Called once, when the app is ready."""
    strangers.register_budgets(lambda: [_all()])


def demand_room(network: str, *, at: dt.datetime) -> None:
    """Called in the transaction that has just added something to follow: raises UsedUp where
    strangers would hold too much by it."""
    strangers.in_turn()
    found = [_all()]
    if network:
        rows = Following.objects.filter(network=network, asked_at__gt=at - DAY)
        found.insert(0, Budget("network", "followings", rows.count()))
    strangers.demand(*found)


def may_ask(address: str, *, at: dt.datetime) -> bool:
    """Whether one more mail that asks may go to an address."""
    sent = Mail.objects.filter(
        address=address, reference__startswith=f"{ASKED}:", created_at__gt=at - DAY
    )
    return sent.count() < MOST_MAILS


def forget_networks() -> int:
    """From which network something was asked is known for a day."""
    before = clock.now() - strangers.kept("network")
    return Following.objects.exclude(network="").filter(asked_at__lt=before).update(network="")


def _all() -> Budget:
    return Budget("all", "followings", Following.objects.unconfirmed().count())
