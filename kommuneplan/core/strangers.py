"""What strangers hold of the house, against what they may: one shape for every budget, one turn in
which it is measured, and the figures for whoever runs the system. The limits are declared in
``kommuneplan/strangers_settings.py``; what is held is counted from the rows.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.client_address import network_of

KINDS = {
    "answers": _("Responses that nobody has confirmed"),
    "files": _("Their files"),
    "bytes": _("Their files, MB"),
    "mails": _("Mails within a day to addresses that nobody has confirmed"),
    "followings": _("What people want to follow and have not confirmed"),
    "sessions": _("Sessions of people who have not signed in"),
}
_TURN = 0x6B6F6D6D  # any number that nobody else locks by


@dataclass(frozen=True, slots=True)
class Budget:
    """What is held of one kind: by a network, in a round (its ``name``), or by ``all``."""

    scope: str
    kind: str
    held: int
    name: str = ""

    @property
    def limit(self) -> int:
        """What may be held."""
        return int(settings.STRANGERS[self.scope][self.kind])

    @property
    def label(self) -> str:
        """What is counted, in words."""
        kind = str(KINDS[self.kind])
        if self.scope == "all":
            return kind
        where = _t("“%(name)s”") % {"name": self.name} if self.name else _t("one network")
        return f"{kind} ({where})"

    @property
    def shown(self) -> tuple[int, int]:
        """What is held and may be, as numbers that can be read: bytes in MB, rounded up."""
        unit = 1_000_000 if self.kind == "bytes" else 1
        return -(-self.held // unit), self.limit // unit

    @property
    def is_overdrawn(self) -> bool:
        """More than may be."""
        return self.held > self.limit

    @property
    def percent(self) -> int:
        """How much of it is used, rounded down."""
        return self.held * 100 // self.limit if self.limit else 100


class UsedUp(Exception):
    """What was asked for would be more than strangers may hold: nothing of it is stored."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(f"{budget.scope} {budget.kind}")
        self.budget = budget


_figures: list[Callable[[], list[Budget]]] = []


def register_budgets(figures: Callable[[], list[Budget]]) -> None:
    """Have something counted for the figures; called once, in ``ready()``."""
    _figures.append(figures)


def budgets() -> list[Budget]:
    """What strangers hold of each budget: all together, in the fullest round, and the fullest
    network."""
    return [one for figures in _figures for one in figures()]


def in_turn() -> None:
    """Until this transaction ends nobody else measures: two who both fit alone do not both get in.
    On SQLite whoever writes is alone as it is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def demand(*measured: Budget) -> None:
    """Raises UsedUp for the first budget that is overdrawn."""
    for one in measured:
        if one.is_overdrawn:
            raise UsedUp(one)


def network_mark(address: str) -> str:
    """What is kept of where somebody writes from: the same for one network, and its address cannot
    be had from it. Nothing where the address is none of the outer world: a proxy's own, then, and
    everybody would be one."""
    network = network_of(address)
    if not ipaddress.ip_address(network).is_global:
        return ""
    return salted_hmac("consultations.network", network, algorithm="sha256").hexdigest()[:32]


def kept(what: str) -> Any:
    """How long something of a stranger's is kept (``STRANGERS_KEPT``)."""
    return settings.STRANGERS_KEPT[what]
