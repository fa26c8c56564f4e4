"""A plan's life in the admin: matters before the bodies, the yearly status, comments and accepted
findings to look at (what follows from them is done in the workspace); focus areas and
dependencies to correct."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import LockedAdmin, ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from plans.enums import StatusState
from plans.models import (
    AcceptedFinding,
    Approval,
    Comment,
    Dependency,
    FocusArea,
    FocusStatus,
    Matter,
    MatterPlan,
    Principle,
    Recusal,
    TargetGroup,
    Treatment,
    YearlyStatus,
)
from plans.permissions import EDIT_FOCUS, RECORD, RUN_STATUS, SUBMIT

from .steps import Place, leads_to


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Who approved what, and what was sent back."""

    list_display = ["cycle", "step", "sent_back", "at", "by"]
    list_select_related = ["cycle__plan", "by"]
    list_filter = ["step", "sent_back"]
    search_fields = ["cycle__plan__search_text"]
    date_hierarchy = "at"


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


def recording(treatment: Treatment) -> Place | None:
    """Where the outcome of a treatment is recorded, or corrected."""
    along = treatment.matter.plans.select_related("cycle__plan").order_by("pk").first()
    if along is None:
        return None
    plan = along.cycle.plan
    return "plans:outcome", [plan.slug, treatment.uid], plan


@admin.register(Treatment)
class TreatmentAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What each body did with a matter."""

    list_display = ["matter", "position", "body", "meeting", "outcome", "decided_on"]
    list_select_related = ["matter", "body", "meeting__body"]
    list_filter = ["outcome", "item_type"]
    actions = [leads_to("record", _("Record the outcome"), RECORD, recording)]
    search_fields = ["matter__title", "body__name", "wording"]
    date_hierarchy = "decided_on"


@admin.register(Recusal)
class RecusalAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Who is inhabil in which matter; recorded in the workspace."""

    list_display = ["user", "matter", "reason", "recorded_at", "lifted_at"]
    list_select_related = ["user", "matter"]
    list_filter = ["reason"]
    search_fields = ["user__name", "matter__title"]


@admin.register(FocusArea)
class FocusAreaAdmin(LockedAdmin):
    """What plans give special attention."""

    list_display = ["title", "plan", "theme", "first_year", "last_year", "is_public"]
    list_select_related = ["plan"]
    readonly_fields = ["ended_on", "ended_because", "retired_because"]  # actions/focus.py
    search_fields = ["title", "theme", "plan__search_text"]
    autocomplete_fields = ["plan"]


@admin.register(TargetGroup, Principle)
class CompletenessLineAdmin(LockedAdmin):
    """For whom plans are written, and by which principles."""

    list_display = ["title", "plan", "position", "retired_at"]
    list_select_related = ["plan"]
    search_fields = ["title", "plan__search_text"]
    autocomplete_fields = ["plan"]


def step_of(step: str, *states: StatusState) -> Callable[[YearlyStatus], Place | None]:
    """Where a step of a yearly status is taken, as long as it can be."""

    def place(status: YearlyStatus) -> Place | None:
        if status.state not in states:
            return None
        return f"plans:{step}", [status.plan.slug, status.year], status.plan

    return place


@admin.register(YearlyStatus)
class YearlyStatusAdmin(ReadOnlyAdmin, TrackedAdmin):
    """The yearly statuses of plans."""

    list_display = ["plan", "year", "state", "opens_on", "closes_on"]
    list_select_related = ["plan"]
    list_filter = ["state", "year"]
    actions = [
        leads_to(
            "fill", _("Write the yearly status"), EDIT_FOCUS, step_of("status", StatusState.OPEN)
        ),
        leads_to(
            "edit", _("Change its year and days"), RUN_STATUS,
            step_of("status-edit", StatusState.OPEN),
        ),
        leads_to(
            "close", _("Close the yearly status"), RUN_STATUS,
            step_of("status-close", StatusState.OPEN),
        ),
        leads_to(
            "submit", _("Put the yearly status before the bodies"), SUBMIT,
            step_of("status-submit", StatusState.CLOSED),
        ),
    ]  # fmt: skip
    search_fields = ["plan__search_text"]

    def view_on_site(self, status: YearlyStatus) -> str:
        """Its page in the workspace."""
        return reverse("plans:status", args=[status.plan.slug, status.year])


@admin.register(FocusStatus)
class FocusStatusAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What a year's status says of each focus area."""

    list_display = ["focus_area", "status", "decision"]
    list_select_related = ["focus_area", "status__plan"]
    list_filter = ["decision"]
    search_fields = ["focus_area__title", "words"]


@admin.register(Dependency)
class DependencyAdmin(TrackedAdmin):
    """What must come before what."""

    list_display = ["milestone", "after", "days"]
    list_select_related = ["milestone", "after"]
    search_fields = ["milestone__title", "after__title"]
    autocomplete_fields = ["milestone", "after"]


@admin.register(AcceptedFinding)
class AcceptedFindingAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Findings of the plan checks that somebody let stand."""

    list_display = ["plan", "code", "note", "accepted_at"]
    list_select_related = ["plan"]
    search_fields = ["plan__search_text", "note"]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Colleagues' comments on texts."""

    list_display = ["section", "text", "written_at", "resolved_at"]
    list_select_related = ["section"]
    search_fields = ["text", "section__title"]
