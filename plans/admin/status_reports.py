"""Status reports in the admin: to look at; what is done with them is done in the workspace."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from plans.models import ReportRecipient, StatusReport, StatusReportSection


class RecipientInline(ReadOnlyInline):
    """Who is to have it."""

    model = ReportRecipient
    fields = ["kind", "body", "name", "channel", "meeting", "written", "sent_on"]
    readonly_fields = fields


@admin.register(StatusReport)
class StatusReportAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Reports of all plans."""

    list_display = ["title", "plan", "number", "edition", "begun_at", "frozen_at", "published_at"]
    list_select_related = ["plan"]
    list_filter = ["repeats"]
    search_fields = ["title", "plan__search_text"]
    date_hierarchy = "frozen_at"
    inlines = [RecipientInline]


@admin.register(StatusReportSection)
class StatusReportSectionAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What is written in them."""

    list_display = ["title", "report", "part"]
    list_select_related = ["report__plan"]
    list_filter = ["part"]
    search_fields = ["title", "report__title", "report__plan__search_text"]


@admin.register(ReportRecipient)
class ReportRecipientAdmin(ReadOnlyAdmin, TrackedAdmin):
    """To whom they go, and when they went."""

    list_display = ["__str__", "report", "kind", "channel", "sent_on"]
    list_select_related = ["report__plan", "body"]
    list_filter = ["kind", "channel"]
    search_fields = ["name", "body__name", "report__title"]
