"""What bodies asked for, what answered it, and money in steps: to look at."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse

from kommuneplan.core.admin_kit import ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from plans.models import BudgetStep, CommitteeRequest, RequestAnswer


class RequestAnswerInline(ReadOnlyInline):
    """What answered a request."""

    model = RequestAnswer
    fields = ["answered_on", "document", "meeting", "reopened_on", "reopened_because"]


@admin.register(CommitteeRequest)
class CommitteeRequestAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What bodies asked for."""

    list_display = ["title", "body", "meeting", "written", "plan", "withdrawn_on"]
    list_select_related = ["body", "meeting__body", "plan"]
    list_filter = ["body"]
    search_fields = ["title", "item_label", "words", "plan__search_text"]
    inlines = [RequestAnswerInline]

    def view_on_site(self, row: CommitteeRequest) -> str:
        """Its page in the workspace."""
        return reverse("plans:request", args=[row.uid])


@admin.register(RequestAnswer)
class RequestAnswerAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What answered them."""

    list_display = ["request", "answered_on", "document", "reopened_on"]
    list_select_related = ["request"]
    search_fields = ["request__title", "document", "words"]
    date_hierarchy = "answered_on"


@admin.register(BudgetStep)
class BudgetStepAdmin(ReadOnlyAdmin, TrackedAdmin):
    """The steps of money."""

    list_display = ["title", "plan", "state", "amount", "first_year", "last_year", "is_public"]
    list_select_related = ["plan"]
    list_filter = ["state", "is_public"]
    search_fields = ["title", "source", "words", "plan__search_text"]

    def view_on_site(self, step: BudgetStep) -> str:
        """The room it is told in."""
        return reverse("plans:plan-requests", args=[step.plan.slug])
