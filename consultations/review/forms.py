"""Forms of the room of responses: finding one, and deciding what is shown of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consultations.enums import Channel, Ground, LateDecision, PublicationState
from consultations.models import Attachment
from consultations.models.response import ResponseQuerySet
from kommuneplan.collation import fold
from kommuneplan.core.forms import SeenVersionForm

_MOST_WORDS = 8
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


def _reason(label: Any, missing: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing},
        **more,
    )


class HideResponseForm(SeenVersionForm):
    """Why a response is hidden from everybody."""

    reason = _reason(
        _("Why is it hidden?"),
        _("Write why the response is hidden."),
        help_text=_("Only the administration reads the reason. Everybody sees the number alone."),
    )


class LateForm(SeenVersionForm):
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


class AnnexForm(SeenVersionForm):
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


class ReplaceForm(SeenVersionForm):
    """Another file that is given out instead."""

    file = forms.FileField(
        label=_("File without what must not be shown"),
        help_text=_("PDF, Word (docx), odt, txt, PNG or JPEG, at most 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
