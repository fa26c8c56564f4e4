"""Sentences that more than one page about meetings says."""

from __future__ import annotations

from django.utils.translation import gettext as _


def reason_needed() -> str:
    """What is said where the reason is missing."""
    return _("This date has been published. Write why it is moved.")
