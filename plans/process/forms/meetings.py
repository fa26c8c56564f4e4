"""Forms of meetings that are moved: a meeting itself, a milestone, a treatment of a matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import MeetingField, _day, why_moved_field
from kommuneplan.core.models import Body


class MoveMeetingForm(forms.Form):
    """The new day of a meeting, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    date = _day(
        label=_("New day"), error_messages={"required": _("Write the new day of the meeting.")}
    )
    reason = why_moved_field()

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["reason"]


class OtherMeetingForm(forms.Form):
    """Which meeting a milestone is instead."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    meeting = MeetingField(label=_("Meeting"), empty_label=_("Choose"))
    date = _day(label=_("Day of the meeting, if it is not in the list"), required=False)
    reason = why_moved_field()

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
