"""Indicators in the admin: to look at. They are written in their room, where numbers are read in
Danish and what was said before is kept beside what is said now."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, TrackedAdmin
from plans.models import Indicator, IndicatorTarget, Measurement, PlanIndicator


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What is measured."""

    list_display = ["name", "home", "unit", "interval", "owner"]
    list_select_related = ["home", "owner"]
    list_filter = ["interval", "direction"]
    search_fields = ["search_text", "home__search_text"]


@admin.register(PlanIndicator)
class PlanIndicatorAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Which plan uses which indicator."""

    list_display = ["indicator", "plan", "rank", "is_public", "override"]
    list_select_related = ["indicator", "plan"]
    list_filter = ["is_public", "override"]
    search_fields = ["indicator__search_text", "plan__search_text"]


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What plans want."""

    list_display = ["use", "year", "value", "upper"]
    list_select_related = ["use__indicator"]
    search_fields = ["use__indicator__search_text"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What was measured."""

    list_display = ["indicator", "written", "value", "is_preliminary", "entered_by"]
    list_select_related = ["indicator", "entered_by"]
    list_filter = ["is_preliminary", "is_baseline"]
    search_fields = ["indicator__search_text"]
