"""Several colleagues are invited at once."""

from __future__ import annotations

from django.db import transaction

from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.models import Invitation, User
from kommuneplan.locking import Outdated

from ..colleague_preview import ColleaguePreview


@transaction.atomic
def invite_all(*, preview: ColleaguePreview, seen: str, address: str, by: User) -> int:
    """Invite everybody whom the preview shows; how many mails were written. ``address`` as
    ``invite`` has it. Raises Outdated when somebody has been invited or has come since ``seen``."""
    User.objects.select_for_update().get(pk=by.pk)
    if preview.fingerprint != seen:
        raise Outdated
    for row in preview.inviting:
        invitation = Invitation(email=row.email, name=row.name, role=row.role, body=row.body)
        invite(invitation=invitation, address=address, by=by)
    return len(preview.inviting)
