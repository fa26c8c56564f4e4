"""Meetings in the admin: moved through the same action as in the workspace, so that every plan a
meeting stands in tells the public its new day and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin import MeetingAdmin
from kommuneplan.core.admin_kit import LockedForm
from kommuneplan.core.models import Meeting
from kommuneplan.core.permissions import bodies_of
from plans.permissions import MOVE_MEETING
from plans.process import published
from plans.process.actions import meetings, milestones


class MeetingAdminForm(LockedForm):
    """A meeting; a day that the public has read in a plan is moved with a reason only."""

    reason = forms.CharField(
        label=_("why the date is moved"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the public has read the old date; the public reads the reason."),
    )

    def clean(self) -> dict[str, Any]:
        """The reason is there where it is needed."""
        cleaned = super().clean()
        moved = self.instance.pk and "date" in self.changed_data
        if moved and not cleaned.get("reason", "").strip() and is_published(self.instance):
            self.add_error("reason", _t("This date has been published. Write why it is moved."))
        return cleaned


def is_published(meeting: Meeting) -> bool:
    """Has the public read it in some plan?"""
    return bool(published.published_uids(meeting.milestones.values_list("uid", flat=True)))


admin.site.unregister(Meeting)


@admin.register(Meeting)
class MeetingOfPlansAdmin(MeetingAdmin):
    """Meetings, and the plans they stand in."""

    form = MeetingAdminForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may move it in the workspace."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.has_perm(MOVE_MEETING, obj))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A meeting of a body whose meetings one looks after."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "body":
            field.queryset = bodies_of(request.user)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The body of a published meeting stands fast."""
        fixed = [*super().get_readonly_fields(request, obj)]
        return [*fixed, "body"] if obj and is_published(obj) else fixed

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """A new day through the action; what else was changed after it."""
        if change and "date" in form.changed_data:
            try:
                meetings.move_meeting(
                    meeting=obj,
                    seen=obj.version,
                    day=obj.date,
                    reason=form.cleaned_data.get("reason", ""),
                    by=request.user,  # type: ignore[arg-type]
                )
            except (milestones.ReasonNeeded, meetings.DayTaken):
                told = _t("Nothing was saved: the meeting has been published or moved meanwhile.")
                self.message_user(request, told, messages.ERROR)
                return
            stored = Meeting.objects.get(pk=obj.pk)
            obj.version = stored.version
            if "papers_due" not in form.changed_data:
                obj.papers_due = stored.papers_due
        super().save_model(request, obj, form, change)
