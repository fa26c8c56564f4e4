"""The forms of the page of mails."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """One mail address."""

    address = forms.EmailField(
        label=_("Address"),
        max_length=254,
        error_messages={"required": _("Write the address.")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        """In lower case, as addresses are kept."""
        return self.cleaned_data["address"].strip().lower()
