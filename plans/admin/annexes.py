"""Annexes in the admin. Files come in through the room of annexes alone."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import LockedAdmin, ReadOnlyAdmin, TrackedAdmin
from plans.models import Annex, AnnexFile, EffortDescription


@admin.register(Annex)
class AnnexAdmin(LockedAdmin):
    """Annexes of plans."""

    list_display = ["title", "number", "plan", "kind", "is_public"]
    list_select_related = ["plan"]
    list_filter = ["kind", "is_public"]
    search_fields = ["title", "note", "plan__search_text"]
    autocomplete_fields = ["plan"]


@admin.register(AnnexFile)
class AnnexFileAdmin(ReadOnlyAdmin, TrackedAdmin):
    """The versions of the files of annexes, and what was decided of each."""

    list_display = ["annex", "number", "file", "decision"]
    list_select_related = ["annex", "file"]
    list_filter = ["decision"]
    search_fields = ["annex__title", "file__name", "annex__plan__search_text"]


@admin.register(EffortDescription)
class EffortDescriptionAdmin(LockedAdmin):
    """Effort descriptions."""

    list_display = ["annex", "section", "focus_area"]
    list_select_related = ["annex", "section", "focus_area"]
    search_fields = ["annex__title", "purpose", "method", "annex__plan__search_text"]
    autocomplete_fields = ["annex", "section", "focus_area"]
