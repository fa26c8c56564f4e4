"""Milestones in the admin: a date is a line of words; a published one moves with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import (
    LockedAdmin,
    LockedForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    TrackedAdmin,
)
from kommuneplan.timespan.phrase import phrase
from plans.models import DateChange, Milestone
from plans.process import published
from plans.process.actions import milestones

from .date_field import WordsField


class MilestoneAdminForm(LockedForm):
    """A milestone with its date in words. A published date is moved with a reason only."""

    when = WordsField(
        label=_("when"),
        required=False,
        undated=True,
        help_text=_("In Danish words: “ultimo oktober 2015”, “uge 34”, “senest 1. oktober 2015”."),
    )
    reason = forms.CharField(
        label=_("why the date is moved"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the public has read the old date; the public reads the reason."),
    )

    class Meta:
        model = Milestone
        fields = [
            "cycle", "phase", "within", "position", "title", "description", "kind", "bodies",
            "others", "meeting", "conditional", "state", "done_on", "is_public",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "when" in self.fields:
            self.fields["when"].initial = self.instance.when or self.instance.written
            begin = self.instance.earliest_begin or self.instance.latest_end
            self.fields["when"].year = begin.year if begin else None

    def clean(self) -> dict[str, Any]:
        """The date, the meeting and the reason have to fit together."""
        cleaned = super().clean()
        chosen = cleaned.get("when")
        if cleaned.get("meeting") and chosen and chosen.span and "when" in self.changed_data:
            self.add_error(
                "when",
                ValidationError(
                    _t("A milestone that is a meeting takes its date from the meeting: empty one.")
                ),
            )
        moved = self.instance.pk and {"when", "meeting"} & set(self.changed_data)
        silent = moved and not cleaned.get("reason", "").strip()
        if silent and published.last_published(self.instance):
            told = _t("The public has read the old date: say why.")
            self.add_error("reason", ValidationError(told))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Column values as the actions take them; the date only when it was changed."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"when", "reason", "seen", "bodies"}
        }
        if {"when", "meeting"} & set(self.changed_data):
            chosen = self.cleaned_data.get("when")
            meeting = self.cleaned_data.get("meeting")
            facts["when"] = chosen.span if chosen and not meeting else None
            facts["written"] = chosen.written if chosen else ""
        return facts


class DateChangeInline(ReadOnlyInline):
    """Published dates that were moved."""

    model = DateChange
    fields = ["written", "reason", "decided_at", "changed_at", "changed_by"]
    readonly_fields = fields


@admin.register(Milestone)
class MilestoneAdmin(LockedAdmin):
    """The rows of process plans."""

    form = MilestoneAdminForm
    list_display = ["title", "plan", "when_words", "kind", "who", "state", "is_public"]
    list_select_related = ["cycle__plan", "meeting"]
    list_filter = ["kind", "state", "is_public", "conditional"]
    search_fields = ["title", "description", "written", "cycle__plan__search_text"]
    autocomplete_fields = ["cycle", "phase", "within", "bodies", "meeting"]
    date_hierarchy = "earliest_begin"
    inlines = [DateChangeInline]
    fieldsets = [
        (None, {"fields": ["title", "description", "kind", "bodies", "others"]}),
        (
            _("Date"),
            {
                "fields": [
                    "when",
                    "meeting",
                    "confirmed",
                    "reason",
                    "conditional",
                    "state",
                    "done_on",
                ]
            },
        ),
        (_("Place"), {"fields": ["cycle", "phase", "within", "position", "is_public"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        """With the bodies, for the list."""
        return super().get_queryset(request).prefetch_related("bodies")

    @admin.display(description=_("plan"), ordering="cycle__plan__sort_key")
    def plan(self, milestone: Milestone) -> str:
        """The plan it belongs to."""
        return milestone.cycle.plan.title

    @admin.display(description=_("when"), ordering="sort_begin")
    def when_words(self, milestone: Milestone) -> str:
        """The words as written, else the span in words."""
        span = milestone.takes_place
        return milestone.written or (phrase(span) if span else "–")

    @admin.display(description=_("who"))
    def who(self, milestone: Milestone) -> str:
        """The bodies, by abbreviation where they have one."""
        return ", ".join(body.abbreviation or body.name for body in milestone.bodies.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A published milestone that is a meeting moves with the meeting; an announced consultation
        with its round."""
        fixed = [*super().get_readonly_fields(request, obj)]
        if obj and obj.follows_consultation:
            fixed += ["kind", "meeting", "state", "done_on", "confirmed"]
        if obj and obj.meeting_id and published.last_published(obj):
            fixed.append("meeting")
        return fixed

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What the public has read is cancelled, not deleted."""
        may = super().has_delete_permission(request, obj)
        return may and (
            obj is None or (not obj.follows_consultation and published.last_published(obj) is None)
        )

    def save_model(self, request: HttpRequest, obj: Milestone, form: Any, change: bool) -> None:
        """Through the action, so that a moved date leaves its trace."""
        if not change:
            chosen = form.cleaned_data.get("when")
            obj.when = chosen.span if chosen and not obj.meeting else None
            obj.written = chosen.written if chosen else ""
            super().save_model(request, obj, form, change)
            return
        try:
            saved = milestones.edit_milestone(
                milestone=obj,
                facts=form.facts(),
                reason=form.cleaned_data.get("reason", ""),
                by=request.user,  # type: ignore[arg-type]
            )
        except milestones.DateNotItsOwn:
            self.message_user(
                request,
                _t("Nothing was saved: the milestone is a consultation that has been announced. "
                   "Extend or withdraw it under “Consultations” instead.")
                if obj.follows_consultation
                else _t("Nothing was saved: the milestone is a meeting. Move the meeting instead."),
                messages.ERROR,
            )  # fmt: skip
            return
        obj.version = saved.version


@admin.register(DateChange)
class DateChangeAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Every published date that was moved, and why."""

    list_display = ["milestone", "written", "reason", "decided_at", "changed_at", "changed_by"]
    list_select_related = ["milestone", "decided_at__body", "changed_by"]
    search_fields = ["milestone__title", "reason", "written"]
    date_hierarchy = "changed_at"
