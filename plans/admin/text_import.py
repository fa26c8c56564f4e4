"""Texts from Word in the admin: that they came, not what was answered on the way."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, TrackedAdmin
from plans.models import TextImport


@admin.register(TextImport)
class TextImportAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Texts being looked through; they are decided on where they were begun."""

    list_display = ["__str__", "owner", "plan", "state", "created_at", "applied_at"]
    list_select_related = ["owner", "plan", "file"]
    list_filter = ["state"]
    search_fields = ["owner__name", "file__name", "plan__search_text"]
    date_hierarchy = "created_at"
    fields = ["owner", "plan", "file", "state", "applied_at"]
