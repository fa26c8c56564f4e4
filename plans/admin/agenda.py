"""Meetings' items in the admin: to look at. They are written where the agenda is made."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from plans.enums import ItemType
from plans.models import (
    Agenda,
    AgendaItem,
    AtClause,
    InsightRequest,
    ItemOutcome,
    ItemRecusal,
)


@admin.register(Agenda)
class AgendaAdmin(ReadOnlyAdmin, TrackedAdmin):
    """When the agenda of a meeting was sent out, and where its protocol lies."""

    list_display = ["meeting", "is_out", "sent_at", "protocol"]
    list_select_related = ["meeting__body"]
    search_fields = ["meeting__body__name"]
    date_hierarchy = "sent_at"


class AtClauseInline(ReadOnlyInline):
    """What is recommended."""

    model = AtClause
    fields = ["number", "words", "outcome"]
    readonly_fields = fields


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin, TrackedAdmin):
    """The items of meetings."""

    list_display = ["__str__", "own_meeting", "shown_type", "plan", "position"]
    list_select_related = ["own_meeting__body", "treatment__matter", "plan"]
    list_filter = ["own_type", "own_closed"]
    search_fields = ["own_title", "treatment__matter__title", "plan__search_text"]
    inlines = [AtClauseInline]

    @admin.display(description=_("type of item"))
    def shown_type(self, item: AgendaItem) -> str:
        """Its own type, or that of the treatment it is."""
        return str(ItemType(item.item_type).label)


@admin.register(AtClause)
class AtClauseAdmin(ReadOnlyAdmin, TrackedAdmin):
    """The clauses of recommendations."""

    list_display = ["item", "number", "words", "outcome"]
    list_select_related = ["item__treatment__matter"]
    list_filter = ["outcome"]
    search_fields = ["words", "item__own_title"]


@admin.register(ItemOutcome)
class ItemOutcomeAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What bodies did with items that are no matters."""

    list_display = ["item", "outcome", "decided_on"]
    list_select_related = ["item__treatment__matter"]
    list_filter = ["outcome"]
    search_fields = ["item__own_title", "wording"]
    date_hierarchy = "decided_on"


@admin.register(ItemRecusal)
class ItemRecusalAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Who is inhabil in which item; recorded in the workspace."""

    list_display = ["user", "item", "reason", "recorded_at", "lifted_at"]
    list_select_related = ["user", "item__treatment__matter"]
    list_filter = ["reason"]
    search_fields = ["user__name", "item__own_title"]


@admin.register(InsightRequest)
class InsightRequestAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What members of the council asked to see, and what they were given."""

    list_display = ["asked_by", "body", "asked_at", "answer", "answered_at"]
    list_select_related = ["asked_by", "body"]
    list_filter = ["answer", "body"]
    search_fields = ["asked_by__name", "wanted"]
    date_hierarchy = "asked_at"
