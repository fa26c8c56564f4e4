"""Forms about who leads and approves a plan, and what an approver says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """Approved, or sent back with a reason. ``seen`` is the digest of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("What you want to say"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed when you send the plan back: what is to be changed."),
    )

    def __init__(self, *args: Any, sends_back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sends_back = sends_back

    def clean_words(self) -> str:
        """A reason, when the plan is sent back."""
        words = self.cleaned_data["words"].strip()
        if self.sends_back and not words:
            raise ValidationError(_("Write what is to be changed before you send the plan back."))
        return words
