"""Forms of the members' pages, and of those who answer them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.models import Body, Membership, User
from plans.enums import RecusalReason

MAX_WORDS = 10_000  # letters in a note, a question or an answer


def _words(label: Any, missing: Any = None, rows: int = 6, **more: Any) -> forms.CharField:
    errors = {"max_length": _("The text is too long. Shorten it to 10,000 letters.")}
    if missing:
        errors["required"] = missing
    return forms.CharField(
        label=label,
        max_length=MAX_WORDS,
        required=missing is not None,
        widget=forms.Textarea({"rows": rows}),
        error_messages=errors,
        **more,
    )


class NoteForm(SeenVersionForm):
    """One's own note at a paragraph."""

    words = _words(
        _("Your note"),
        _("Write your note."),
        help_text=_("Only you can read it: no colleague, no secretary and no administrator."),
    )


class AskForm(forms.Form):
    """A question to the administration; ``key`` makes sending it twice one question."""

    words = _words(_("Your question"), _("Write your question."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ReplyForm(SeenVersionForm):
    """The administration's answer."""

    words = _words(_("The answer"), _("Write the answer."), rows=8)
    show = forms.BooleanField(
        label=_("Question and answer may be shown to all members of the body"),
        required=False,
        help_text=_("It is shown only when the member who asked agrees as well."),
    )


class _MemberField(forms.ModelChoiceField):
    """A member of one of some bodies, told with the body."""

    def label_from_instance(self, obj: Membership) -> str:
        """ "Navn (Socialudvalget)" """
        return f"{obj.user.name or obj.user.email} ({obj.body})"


class RecusalForm(forms.Form):
    """Who is inhabil, and why."""

    member = _MemberField(
        Membership.objects.none(),
        label=_("Member"),
        empty_label=_("Choose a member"),
        error_messages={"required": _("Choose the member who is inhabil.")},
    )
    reason = forms.ChoiceField(
        label=_("Ground in section 3(1) of the Public Administration Act"),
        choices=[(one.value, capfirst(one.label)) for one in RecusalReason],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground.")},
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Membership.objects.held(on=today()).filter(role=Role.MEMBER, body__in=bodies)
        self.fields["member"].queryset = rows.select_related("user", "body").order_by(
            "body__sort_key", "user__name", "pk"
        )

    @property
    def user(self) -> User:
        """The person chosen."""
        return self.cleaned_data["member"].user
