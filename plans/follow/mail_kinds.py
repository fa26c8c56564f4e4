"""The two mails that followers get."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommuneplan.core.mail.kinds import register

ASKED, TOLD = "plans.follow_asked", "plans.followed"


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(ASKED, _("Do you want to follow this?"))
    register(TOLD, _("What is new in plans that somebody follows"))
