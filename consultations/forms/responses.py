"""Forms of the room of responses: finding one, deciding what is shown of it, registering one."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.collation import fold

from ..enums import Channel, Ground, LateDecision, PublicationState, SenderKind
from ..models import Attachment, Invitation, Round
from ..models.response import ResponseQuerySet
from ..permissions import shows_private_names

_MOST_WORDS = 8
REGISTERED = [
    Channel.LETTER, Channel.MAIL, Channel.DIGITAL_POST, Channel.PHONE, Channel.SPOKEN,
]  # fmt: skip
STATES = [
    ("waiting", _("Not looked through")),
    ("cleared", _("May be published")),
    ("hidden", _("Hidden from the public")),
    ("late", _("After the deadline")),
    ("withdrawn", _("Withdrawn")),
    ("unverified", _("Sender not confirmed")),
    ("annexes", _("With annexes")),
]


class ResponseSearch(forms.Form):
    """Words, state and channel. A value that is not there counts as not chosen."""

    q = forms.CharField(label=_("Search in the responses"), max_length=200, required=False)
    stand = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *STATES], required=False)
    vej = forms.ChoiceField(
        label=_("Came by"),
        choices=[("", _("All")), *((one.value, capfirst(one.label)) for one in Channel)],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.unmarked = True  # that one may search without a filter goes without saying

    @property
    def used(self) -> dict[str, str]:
        """The filters in use."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filtered(self, rows: ResponseQuerySet) -> ResponseQuerySet:
        """The responses that every filter lets through."""
        used = self.used
        for word in fold(used.get("q", "").replace("\x00", "")).split()[:_MOST_WORDS]:
            rows = rows.filter(Q(search_text__contains=word) | _is_number(word))
        if "vej" in used:
            rows = rows.filter(channel=used["vej"])
        if used.get("stand") == "unverified":
            return rows.unverified()
        return rows.filter(_state(used["stand"])) if "stand" in used else rows


def _is_number(word: str) -> Q:
    return Q(number=int(word)) if word.isdecimal() and len(word) < 7 else Q(pk__in=())


def _state(name: str) -> Q:
    if name in PublicationState.values:
        return Q(publication_state=name, withdrawn_at__isnull=True)
    return {
        "late": Q(is_late=True),
        "withdrawn": Q(withdrawn_at__isnull=False),
        "annexes": Q(Exists(Attachment.objects.filter(response=OuterRef("pk")))),
    }[name]


class SeenForm(forms.Form):
    """What the page knew of the row when it was opened: its lock version."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


def _reason(label: Any, missing: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing},
        **more,
    )


class HideForm(SeenForm):
    """Why a response is hidden from everybody."""

    reason = _reason(
        _("Why is it hidden?"),
        _("Write why the response is hidden."),
        help_text=_("Only the administration reads the reason. Everybody sees the number alone."),
    )


class LateForm(SeenForm):
    """Whether a late response takes part."""

    decision = forms.ChoiceField(
        label=_("Does the response take part?"),
        choices=[
            (LateDecision.ACCEPTED.value, _("Yes, it is handled like the others")),
            (LateDecision.REFUSED.value, _("No, it came too late")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the response takes part.")},
    )
    reason = _reason(_("Reason"), _("Write the reason."))


class PassageForm(forms.Form):
    """Words to take out: marked with the mouse (``place``, ``begins``, ``ends``), or written."""

    revision = forms.UUIDField(widget=forms.HiddenInput)
    wanted = forms.CharField(
        label=_("Words to take out"),
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Mark them in the text, or write them exactly as they stand there."),
        error_messages={"required": _("Mark or write the words that shall be taken out.")},
    )
    everywhere = forms.BooleanField(
        label=_("Everywhere these words stand in the response"), required=False, initial=True
    )
    ground = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Choose a reason")), *((one.value, capfirst(one.label)) for one in Ground)],
        error_messages={"required": _("Choose why the words are taken out.")},
        help_text=_("The reason is shown where the words stood."),
    )
    words = forms.CharField(
        label=_("Explanation for the administration"), max_length=300, required=False
    )
    place = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    begins = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    ends = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        """Other reasons are explained."""
        data = super().clean() or {}
        if data.get("ground") == Ground.OTHER and not data.get("words"):
            self.add_error("words", _("Explain why the words are taken out."))
        return data


class AnnexForm(SeenForm):
    """What becomes of an annex."""

    PUBLISH, HIDE = "publish", "hide"

    decision = forms.ChoiceField(
        label=_("What becomes of the annex?"),
        choices=[
            (PUBLISH, _("It is published with the response")),
            (HIDE, _("It is hidden from the public")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the annex.")},
    )
    reason = _reason(_("Reason"), _("Write the reason."), required=False)

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _(
                "Say what you have looked at, and why it can be published or has to be hidden."
            )

    def clean(self) -> dict[str, Any]:
        """A reason is given for hiding as well, when nothing was found."""
        data = super().clean() or {}
        hides = data.get("decision") == self.HIDE and not self.needs_reason
        if hides and not data.get("reason"):
            self.add_error("reason", self.fields["reason"].error_messages["required"])
        return data


class ReplaceForm(SeenForm):
    """Another file that is given out instead."""

    file = forms.FileField(
        label=_("File without what must not be shown"),
        help_text=_("PDF, Word (docx), odt, txt, PNG or JPEG, at most 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )


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
    email = forms.EmailField(
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
        help_text=_("Who wrote down what was said, or helped the sender."),
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
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
        """Something was said, and what was spoken has somebody who wrote it down."""
        data = super().clean() or {}
        said = data.get("text") or data.get("files") or data.get("no_remarks")
        if not said and not self.errors.keys() & {"text", "files"}:
            self.add_error("text", _("Write the response, add its file, or say “no remarks”."))
        spoken = data.get("channel") in {Channel.PHONE, Channel.SPOKEN}
        if spoken and not data.get("helper"):
            self.add_error("helper", _("Say who has written down what was said."))
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
