"""Matters before the bodies in the admin: to look at. What was decided is recorded in the
workspace, where what follows from it is done too."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin

from .models import Matter, MatterPlan, Treatment


class MatterPlanInline(ReadOnlyInline):
    """The plans in a matter, with the version the bodies have before them."""

    model = MatterPlan
    fields = ["cycle", "version"]
    readonly_fields = fields


class TreatmentInline(ReadOnlyInline):
    """The chain of treatment."""

    model = Treatment
    fields = ["position", "body", "meeting", "item_type", "outcome", "decided_on"]
    readonly_fields = fields


@admin.register(Matter)
class MatterAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What was put before the bodies."""

    list_display = ["title", "purpose", "created_at", "closed_at"]
    list_filter = ["purpose"]
    search_fields = ["title", "plans__cycle__plan__search_text"]
    date_hierarchy = "created_at"
    inlines = [MatterPlanInline, TreatmentInline]


@admin.register(MatterPlan)
class MatterPlanAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Which plan was in which matter."""

    list_display = ["matter", "cycle", "version"]
    list_select_related = ["matter", "cycle__plan", "version"]
    search_fields = ["matter__title", "cycle__plan__search_text"]


@admin.register(Treatment)
class TreatmentAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What each body did with a matter."""

    list_display = ["matter", "position", "body", "meeting", "outcome", "decided_on"]
    list_select_related = ["matter", "body", "meeting__body"]
    list_filter = ["outcome", "item_type"]
    search_fields = ["matter__title", "body__name", "wording"]
    date_hierarchy = "decided_on"
