"""The open page of a text that is written as a section is: of a plan, of a status report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kommuneplan.core.templatetags.keeping_page import KeepingPage

from .actions import sections


def keeping_page(request: HttpRequest, row: Any, *, sent: str = "") -> KeepingPage:
    """The open page of a section; what stands there is the person's draft, or else the text."""
    draft = sections.open_draft(row, request.user)
    return KeepingPage(
        windows=sections.windows_of(row, request.user),
        stored={name: getattr(draft or row, name) for name in sections.NAMES},
        labels={"title": _("Heading"), "text": _("Text")},
        at=request.arrived_at,
        sent=sent,
        is_own=True,
        rich=frozenset({"text"}),
    )
