"""Whose meetings and colleagues a person looks after."""

from __future__ import annotations

from kommuneplan.core.models import Body, User
from kommuneplan.core.permissions import bodies_of

MEETING = {"council", "finance", "committee", "advisory"}


def keeps_meetings_of(user: User) -> list[Body]:
    """The bodies whose meetings somebody keeps, those that meet first; all of them for an
    administrator."""
    bodies = list(bodies_of(user))
    return sorted(bodies, key=lambda body: body.kind not in MEETING)
