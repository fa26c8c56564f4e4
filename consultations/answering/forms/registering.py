"""The form of a response that came by letter, mail, telephone or in person."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.enums import Channel, SenderKind
from consultations.models import Invitation, Round
from consultations.permissions import shows_private_names
from kommuneplan import clock
from kommuneplan.core.forms import mail_field
from kommuneplan.core.models import User

REGISTERED = [
    Channel.LETTER, Channel.MAIL, Channel.DIGITAL_POST, Channel.PHONE, Channel.SPOKEN,
]  # fmt: skip


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as (name, bytes)."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class _PartyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Invitation) -> str:
        return obj.name


class RegisterForm(forms.Form):
    """A response that came by letter, mail, telephone or in person."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    channel = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[(one.value, capfirst(one.label)) for one in REGISTERED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the response came in.")},
    )
    day = forms.DateField(
        label=_("Date of receipt"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day it reached the municipality, not the day it is registered."),
        error_messages={"required": _("Write the day on which the response was received.")},
    )
    time = forms.TimeField(
        label=_("Time of receipt"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        required=False,
        help_text=_("Only where it is known, as of an e-mail. A letter counts for the whole day."),
    )
    invitation = _PartyField(
        Invitation.objects.none(),
        label=_("Is it from a party on the list?"),
        to_field_name="uid",
        required=False,
        empty_label=_("No"),
    )
    sender_kind = forms.ChoiceField(
        label=_("The sender answers as"),
        choices=[(one.value, capfirst(one.label)) for one in SenderKind],
        initial=SenderKind.CITIZEN,
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    email = mail_field(
        label=_("E-mail"), required=False, help_text=_("Only if the sender has given one.")
    )
    is_protected = forms.BooleanField(label=_("Protected name and address"), required=False)
    verified = forms.BooleanField(label=_("It is known who the sender is"), required=False)
    names_public = forms.BooleanField(
        label=_("The sender knows that the name is published"), required=False
    )
    text = forms.CharField(
        label=_("The response"),
        widget=forms.Textarea({"rows": 12}),
        max_length=200_000,
        required=False,
        help_text=_("Word for word. What was said is written down as it was said."),
    )
    files = FilesField(label=_("Files"), required=False)
    no_remarks = forms.BooleanField(label=_("The sender has no remarks"), required=False)
    helper = forms.CharField(
        label=_("Written down by"),
        max_length=150,
        required=False,
        help_text=_("Who wrote down what was said, or helped the sender. Empty: you."),
    )

    def __init__(self, *args: Any, round: Round, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        self.by = by
        rows = round.invitations.on_the_list()
        self.fields["invitation"].queryset = rows.order_by("sort_key", "pk")
        if not shows_private_names():
            del self.fields["names_public"]

    def clean_day(self) -> dt.date:
        """A day that can be meant: not to come, and not long before the round."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_t("The day is still to come. Write the day it came in."))
        if self.round.first_day and day < self.round.first_day - dt.timedelta(days=365):
            raise forms.ValidationError(
                _t("The day is more than a year before the consultation. Check the year.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Something was said; what was spoken was written down by whoever registers it, unless they
        name somebody else."""
        data = super().clean() or {}
        said = data.get("text") or data.get("files") or data.get("no_remarks")
        if not said and not self.errors.keys() & {"text", "files"}:
            self.add_error("text", _("Write the response, add its file, or say “no remarks”."))
        spoken = data.get("channel") in {Channel.PHONE, Channel.SPOKEN}
        if spoken and not data.get("helper"):
            data["helper"] = self.by.name
        if data.get("sender_kind") != SenderKind.CITIZEN and not (
            data.get("organisation") or data.get("invitation")
        ):
            self.add_error("organisation", _("Write the organisation's name."))
        return data

    @property
    def sender(self) -> dict[str, Any]:
        """The fields of Sender; a party on the list answers by its own name."""
        data = self.cleaned_data
        names = ("sender_kind", "name", "organisation", "email", "is_protected")
        found = {name: data[name] for name in names}
        party = data["invitation"]
        if party is not None:
            found["organisation"] = found["organisation"] or party.name
            if found["sender_kind"] == SenderKind.CITIZEN:
                found["sender_kind"] = SenderKind.ORGANISATION
        return found
