"""Duties, evaluations and decisions on the end of plans, as the admin shows them."""

from __future__ import annotations

from django.contrib import admin

from kommuneplan.core.admin_kit import ReadOnlyAdmin, TrackedAdmin
from plans.models import Duty, DutyFulfilment, EvaluatedGoal, Evaluation, PlanExtension


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What plans have to do again and again; edited in the workspace."""

    list_display = ["title", "plan", "kind", "rule", "begins", "ends", "is_public"]
    list_select_related = ["plan"]
    list_filter = ["kind", "rule", "is_public"]
    search_fields = ["title", "plan__search_text"]


@admin.register(DutyFulfilment)
class DutyFulfilmentAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What became of each turn of a duty."""

    list_display = ["duty", "due_words", "done_on", "is_skipped"]
    list_select_related = ["duty"]
    list_filter = ["is_skipped"]
    search_fields = ["duty__title", "words"]


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin, TrackedAdmin):
    """How plans have worked."""

    list_display = ["title", "plan", "concluded_on", "published_at"]
    list_select_related = ["plan"]
    search_fields = ["title", "words", "plan__search_text"]


@admin.register(EvaluatedGoal)
class EvaluatedGoalAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What evaluations say of goals."""

    list_display = ["focus_area", "evaluation", "outcome"]
    list_select_related = ["focus_area", "evaluation"]
    list_filter = ["outcome"]
    search_fields = ["focus_area__title", "words"]


@admin.register(PlanExtension)
class PlanExtensionAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What bodies decided of the end of plans."""

    list_display = ["plan", "choice", "body", "decided_on", "new_end"]
    list_select_related = ["plan", "body"]
    list_filter = ["choice"]
    search_fields = ["plan__search_text", "reason"]
