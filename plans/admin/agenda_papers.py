"""Papers for agendas in the admin: to look at; they are written in the workspace."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, TrackedAdmin
from plans.models import AgendaPaper, PaperAnnex, PaperHeading, PaperSection


@admin.register(AgendaPaper)
class AgendaPaperAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Papers for agendas."""

    list_display = ["title", "plan", "treatment", "handed_in_at"]
    list_select_related = ["plan", "treatment__body"]
    search_fields = ["title", "plan__search_text"]


@admin.register(PaperSection)
class PaperSectionAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Their sections."""

    list_display = ["heading", "paper", "part", "position"]
    list_select_related = ["paper"]
    search_fields = ["heading", "text", "paper__title"]


@admin.register(PaperAnnex)
class PaperAnnexAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What goes with them."""

    list_display = ["paper", "version", "annex", "position"]
    list_select_related = ["paper", "version", "annex"]
    search_fields = ["paper__title", "annex__title"]


@admin.register(PaperHeading)
class PaperHeadingAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Which sections papers have in this municipality."""

    list_display = ["heading", "part", "position"]
    search_fields = ["heading"]
