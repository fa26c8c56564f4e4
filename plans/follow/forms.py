"""The form of somebody who wants to follow something: an address, and nothing else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """``website`` is a trap, empty with everybody who can read."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole address, such as navn@eksempel.dk."),
        },
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Nothing stands in it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This box has to be empty."))
        return ""
