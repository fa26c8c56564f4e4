"""The kinds of mail that core sends itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommuneplan.core.mail.kinds import register
from kommuneplan.core.models import Invitation, User
from kommuneplan.core.permissions import GIVEN_BY_SECRETARIES, bodies_of


def register_kinds() -> None:
    """Called once, when the app is ready."""
    from .actions.inviting import readdress

    register(
        "core.invitation",
        _("Invitation to the workspace"),
        seen_by=_invitations,
        corrected=readdress,
    )
    register("core.password", _("New password"))


def _invitations(user: User) -> list[str]:
    """A secretary looks after the invitations that a secretary may send."""
    rows = Invitation.objects.filter(role__in=GIVEN_BY_SECRETARIES, body__in=bodies_of(user))
    return [f"core.invitation:{uid}" for uid in rows.values_list("uid", flat=True)]
