"""The two mails that tell people what concerns them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommuneplan.core.mail.kinds import register

from .telling import DIGEST, URGENT


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(DIGEST, _("What is new to a person, once a day"))
    register(URGENT, _("What is urgent to a person"))
