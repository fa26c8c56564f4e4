"""Sending an answer that has been read through: which one it is, and that no machine sends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.models import ResponseDraft

from .. import proof_of_work


class SendForm(forms.Form):
    """``key`` and ``seen`` say what was read through; ``task`` and ``number`` are the proof of
    work, found by the browser; ``website`` is a trap, empty with everybody who can read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    task = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        draft: ResponseDraft | None = None,
        at: dt.datetime | None = None,
        is_known: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.draft, self.at, self.is_known = draft, at, is_known
        self.told: list[Any] = []

    @classmethod
    def fresh(cls, draft: ResponseDraft, seen: str) -> SendForm:
        """The form for the answer as it is now, with a new task."""
        key = str(draft.key)
        return cls(initial={"key": key, "seen": seen, "task": proof_of_work.challenge(key)})

    def tell(self, refused: SendForm) -> None:
        """Say here why the form that was sent could not be taken."""
        self.told = [error for errors in refused.errors.values() for error in errors]

    def clean(self) -> dict[str, Any]:
        """The trap is empty, and the answer was not written faster than anybody writes."""
        data = super().clean() or {}
        if self.is_known or self.draft is None or self.at is None or not data.get("key"):
            return data
        if data.get("website"):
            self.add_error(None, _("A box that has to be empty was filled in. Send once more."))
            return data
        proved = proof_of_work.is_proved(
            str(data["key"]), data.get("task", ""), data.get("number", "")
        )
        seconds = proof_of_work.wait(self.draft.began_at, self.at, proved=proved)
        if seconds:
            self.add_error(
                None,
                ngettext(
                    "So that machines do not send answers, please wait %(seconds)s second, and "
                    "send once more. Nothing of yours is lost.",
                    "So that machines do not send answers, please wait %(seconds)s seconds, and "
                    "send once more. Nothing of yours is lost.",
                    seconds,
                )
                % {"seconds": seconds},
            )
        return data
