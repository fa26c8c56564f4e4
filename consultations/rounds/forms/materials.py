"""The form of a file that goes out with a draft."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MaterialForm(forms.Form):
    """A file, what it is called, and that somebody has looked at what was found in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word (.docx), OpenDocument (.odt), text or a picture; at most 20 MB."),
        error_messages={"required": _("Choose a file.")},
    )
    title = forms.CharField(
        label=_("What is it?"),
        max_length=200,
        required=False,
        help_text=_("Empty: the name of the file."),
    )
    looked = forms.BooleanField(
        label=_("I have looked: it may be sent out and published"), required=False
    )

    def __init__(self, *args: object, found: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not found:
            self.fields["looked"].widget = forms.HiddenInput()
