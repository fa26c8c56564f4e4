"""Several colleagues are invited at once."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.models import Invitation, User

from ..colleague_preview import ColleaguePreview
from .shown import as_shown


@transaction.atomic
def invite_all(
    *, preview: Callable[[], ColleaguePreview], seen: str, address: str, by: User
) -> ColleaguePreview:
    """Invite everybody whom the preview shows, and give it. ``address`` as ``invite`` has it.
    Raises Outdated when somebody has been invited or has come since ``seen``."""
    found = as_shown(preview, seen)
    for row in found.inviting:
        invitation = Invitation(email=row.email, name=row.name, role=row.role, body=row.body)
        invite(invitation=invitation, address=address, by=by)
    return found
