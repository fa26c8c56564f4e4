"""Images in texts in the admin: to look at. They come in through the text room alone."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from plans.models import SectionImage, VersionImage


@admin.register(SectionImage)
class SectionImageAdmin(ReadOnlyAdmin):
    """Images that may stand in the text of a plan."""

    list_display = ["alt", "plan", "width", "height"]
    list_select_related = ["plan"]
    search_fields = ["alt", "plan__search_text"]


@admin.register(VersionImage)
class VersionImageAdmin(ReadOnlyAdmin):
    """Which frozen versions hold which images."""

    list_display = ["version", "image"]
    list_select_related = ["version", "image"]
    search_fields = ["image__alt", "version__search_text"]
