"""Sessions, of which those of people who have not signed in are small, short and few.

Anybody can have one begun: a passkey is asked for, the municipality's own sign-in is gone to. So
one of theirs holds no text, is over after some hours, and of more than so many the oldest give way
(``kommuneplan/strangers_settings.py``). Whoever has signed in keeps theirs.
"""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.db.models import Exists, OuterRef, QuerySet

from kommuneplan import clock
from kommuneplan.core import strangers
from kommuneplan.core.strangers import Budget, kept

PENDING = "account_login"  # the password was right, a code is asked for


class SessionTooLarge(SuspiciousOperation):
    """Somebody who has not signed in would have more kept than there is any use for."""


class SessionStore(db.SessionStore):
    """A session in the database."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    @property
    def is_anonymous(self) -> bool:
        """Has nobody signed in with it?"""
        return SESSION_KEY not in self and PENDING not in self

    def get_session_cookie_age(self) -> int:
        """How many seconds it lasts after it was last written."""
        if self.is_anonymous:
            return int(kept("session").total_seconds())
        return int(settings.SESSION_COOKIE_AGE)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row. Raises SessionTooLarge."""
        row = super().create_model_instance(data)
        known = SESSION_KEY in data or PENDING in data
        if not known and len(row.session_data) > settings.ANONYMOUS_SESSION_BYTES:
            raise SessionTooLarge
        return row

    def create(self) -> None:
        """A new one; the oldest anonymous ones beyond the most there can be go."""
        super().create()
        _make_room()


def register_budgets() -> None:
    """Called once, when the app is ready."""
    strangers.register_budgets(lambda: [Budget("all", "sessions", _anonymous().count())])


def _anonymous() -> QuerySet[Session]:
    """Those without a person: over so soon, and noted as nobody's."""
    signed_in = UserSession.objects.filter(session_key=OuterRef("session_key"))
    soon = clock.now() + kept("session")
    return Session.objects.filter(~Exists(signed_in), expire_date__lte=soon)


def _make_room() -> None:
    most = settings.STRANGERS["all"]["sessions"]
    beyond = _anonymous().order_by("-expire_date", "session_key")[most:]
    keys = [row.session_key for row in beyond if SESSION_KEY not in row.get_decoded()]
    Session.objects.filter(session_key__in=keys).delete()
