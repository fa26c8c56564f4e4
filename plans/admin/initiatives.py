"""Initiatives in the admin: what the workspace edits, as tables; dates are lines of words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import LockedAdmin, LockedForm, ReadOnlyAdmin, TrackedAdmin
from kommuneplan.timespan.phrase import phrase
from plans.models import (
    ActivityMove,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
)

from .date_field import WordsField


class DatedForm(LockedForm):
    """A row with its date in words."""

    when = WordsField(
        label=_("when"),
        required=False,
        undated=True,
        help_text=_("In Danish words: “ultimo oktober 2015”, “uge 34”, “senest 1. oktober 2015”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "when" in self.fields:
            self.fields["when"].initial = self.instance.when or self.instance.written


class DatedAdmin(LockedAdmin):
    """A table whose rows have a date in words."""

    form = DatedForm
    date_hierarchy = "earliest_begin"

    @admin.display(description=_("when"), ordering="sort_begin")
    def when_words(self, row: Any) -> str:
        """The words as written, else the span in words."""
        return row.written or (phrase(row.when) if row.when else "–")

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """The date follows from its words."""
        if "when" in form.cleaned_data and (not change or "when" in form.changed_data):
            chosen = form.cleaned_data["when"]
            obj.when, obj.written = chosen.span, chosen.written  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)


@admin.register(Initiative)
class InitiativeAdmin(DatedAdmin):
    """Initiatives by plan."""

    list_display = ["title", "plan", "state", "when_words", "is_public", "retired_at"]
    list_select_related = ["plan"]
    list_filter = ["state", "is_public"]
    search_fields = ["title", "aim", "plan__search_text"]
    autocomplete_fields = ["plan", "own_plan", "focus_areas"]
    fieldsets = [(None, {"fields": [
        "plan", "position", "title", "aim", "when", "duration", "state", "ended_on",
        "stopped_because", "lead", "participants_count", "participants", "target_groups",
        "own_plan", "focus_areas", "is_example", "is_public",
    ]})]  # fmt: skip


@admin.register(InitiativePhase)
class InitiativePhaseAdmin(DatedAdmin):
    """Phases of initiatives."""

    list_display = ["title", "initiative", "when_words", "is_current"]
    list_select_related = ["initiative"]
    search_fields = ["title", "initiative__title"]
    autocomplete_fields = ["initiative"]
    fieldsets = [
        (None, {"fields": ["initiative", "position", "title", "aim", "when", "is_current"]})
    ]


@admin.register(InitiativeActivity)
class InitiativeActivityAdmin(DatedAdmin):
    """Activities of initiatives."""

    list_display = ["title", "initiative", "when_words", "state", "is_public"]
    list_select_related = ["initiative"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "description", "initiative__title"]
    autocomplete_fields = ["initiative", "phase", "milestone", "node"]
    fieldsets = [(None, {"fields": [
        "initiative", "position", "phase", "title", "kind", "when", "description", "audiences",
        "state", "done_on", "dropped_because", "closes_phase", "milestone", "node", "is_public",
    ]})]  # fmt: skip


@admin.register(ActivityMove)
class ActivityMoveAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Every date of an activity that was moved, and why."""

    list_display = ["activity", "written", "reason", "changed_at", "changed_by"]
    list_select_related = ["activity", "changed_by"]
    search_fields = ["activity__title", "reason", "written"]
    date_hierarchy = "changed_at"


@admin.register(InitiativeFunding)
class InitiativeFundingAdmin(LockedAdmin):
    """The money of initiatives."""

    list_display = ["source", "initiative", "kind", "amount", "period"]
    list_select_related = ["initiative"]
    list_filter = ["kind"]
    search_fields = ["source", "note", "initiative__title"]
    autocomplete_fields = ["initiative"]

    @admin.display(description=_("period"))
    def period(self, row: InitiativeFunding) -> str:
        """The years it is for."""
        return row.period


@admin.register(InitiativePartner)
class InitiativePartnerAdmin(LockedAdmin):
    """The organisations that initiatives are carried out with."""

    list_display = ["name", "initiative", "role"]
    list_select_related = ["initiative"]
    search_fields = ["name", "role", "initiative__title"]
    autocomplete_fields = ["initiative"]


@admin.register(InitiativeLink)
class InitiativeLinkAdmin(LockedAdmin):
    """Websites and documents of initiatives."""

    list_display = ["title", "initiative", "kind", "address"]
    list_select_related = ["initiative"]
    list_filter = ["kind"]
    search_fields = ["title", "address", "initiative__title"]
    autocomplete_fields = ["initiative", "annex"]
