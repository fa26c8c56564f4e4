"""The forms of the page of mails."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import mail_field


class AddressForm(forms.Form):
    """One mail address."""

    address = mail_field(
        label=_("Address"),
        error_messages={"required": _("Write the address.")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        """In lower case, as addresses are kept."""
        return self.cleaned_data["address"].strip().lower()
