"""Forms of a plan in the workspace: what is public, and publishing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import now
from plans.enums import Audience


class PublishForm(forms.Form):
    """Confirming a publication: what was seen, and what the public is told of it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What has changed, and why?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In plain words. It is shown to the public with the new version."),
    )
    looked = forms.BooleanField(
        label=_("I have looked: it may be published"),
        required=False,
        error_messages={"required": _("Look the marked places through and confirm it.")},
    )

    def __init__(self, *args: Any, first: bool, flagged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _(
            "Write what has changed and why, so that those who follow the plan understand it."
        )
        if first:
            del self.fields["reason"]
        if flagged:
            self.fields["looked"].required = True
        else:
            del self.fields["looked"]


class PublishVersionForm(PublishForm):
    """Publishing a frozen version: to whom, from when, and what is told of it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(a.value, capfirst(a.label)) for a in (Audience.PUBLIC, Audience.MEMBERS)],
        widget=forms.RadioSelect,
    )
    visible_from = forms.DateTimeField(
        label=_("Visible from"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: at once."),
    )
    field_order = ["seen", "audience", "visible_from", "looked", "reason"]

    def clean_visible_from(self) -> dt.datetime | None:
        """A time to come, or none."""
        at = self.cleaned_data["visible_from"]
        if at is not None and at < now():
            raise forms.ValidationError(
                _t("The time is past. Leave it empty to publish at once, or choose a later one.")
            )
        return at
