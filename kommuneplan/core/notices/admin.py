"""Notices in the admin: to look at. What a person has turned off is theirs to choose."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from kommuneplan.core.models import Notice, NoticeTurnedOff

from .kinds import kinds


class _OfAKind(ReadOnlyAdmin):
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]

    @admin.display(description=_("kind"), ordering="kind")
    def sort(self, row: Notice | NoticeTurnedOff) -> str:
        """The kind in words."""
        kind = kinds.get(row.kind)
        return str(kind.label if kind else row.kind)


@admin.register(Notice)
class NoticeAdmin(_OfAKind):
    """Who was to be told, about what, and what became of it."""

    list_display = ["sort", "user", "due_at", "urgent", "ended_at", "end"]
    list_filter = ["end", "urgent"]
    fields = ["sort", "user", "thing", "occasion", "urgent", "due_at", "ended_at", "end", "mail"]
    readonly_fields = fields


@admin.register(NoticeTurnedOff)
class NoticeTurnedOffAdmin(_OfAKind):
    """Who does not want which kind."""

    list_display = ["sort", "user"]
    fields = ["sort", "user"]
    readonly_fields = fields
