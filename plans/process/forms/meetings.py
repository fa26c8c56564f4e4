"""Forms of meetings that are moved: a meeting itself, a milestone, a treatment of a matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import MeetingField, _day, _text
from kommuneplan.core.models import Body
from plans.models import Milestone


def _why_moved() -> forms.CharField:
    """The form asks; whether it is needed, the action knows."""
    field = _text(
        2,
        label=_("Why is the date moved?"),
        required=False,
        max_length=2000,
        help_text=_(
            "This date has been published: write why when you change it. The old date and the "
            "reason are shown to the public."
        ),
    )
    field.unmarked = True
    return field


class RescheduleForm(forms.Form):
    """At which meeting a body is to treat a matter."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    meeting = MeetingField(label=_("Meeting"))
    date = _day(label=_("Day of the meeting, if it is not in the list"), required=False)

    along = forms.ModelMultipleChoiceField(
        Milestone.objects.none(),
        label=_("These milestones go along"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are the meeting in the process plan."),
    )
    reason = _why_moved()

    def __init__(
        self, *args: Any, body: Body, along: list[Milestone], published: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].of(body)
        self.fields["along"].queryset = Milestone.objects.filter(pk__in=[one.pk for one in along])
        self.fields["along"].initial = [one.uid for one in along]
        if not along:
            del self.fields["along"]
        if not published:
            del self.fields["reason"]


class MoveMeetingForm(forms.Form):
    """The new day of a meeting, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    date = _day(
        label=_("New day"), error_messages={"required": _("Write the new day of the meeting.")}
    )
    reason = _why_moved()

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["reason"]


class OtherMeetingForm(forms.Form):
    """Which meeting a milestone is instead."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    meeting = MeetingField(label=_("Meeting"), empty_label=_("Choose"))
    date = _day(label=_("Day of the meeting, if it is not in the list"), required=False)
    reason = _why_moved()

    def __init__(self, *args: Any, body: Body, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].of(body)
        for name in ("meeting", "date"):  # one of them is needed
            self.fields[name].unmarked = True
        if not published:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("meeting") and not data.get("date"):
            self.add_error("meeting", _t("Choose a meeting, or write its day."))
        return data
