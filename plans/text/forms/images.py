"""The form an image comes in with."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg)", re.IGNORECASE)


class ImageForm(forms.Form):
    """An image and what it shows, in words. A file's name is no words."""

    file = forms.FileField(
        label=_("Image"),
        help_text=_("PNG, JPEG, GIF or WebP, at most 10 MB."),
        widget=forms.ClearableFileInput({"accept": "image/png,image/jpeg,image/gif,image/webp"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose an image.")},
    )
    alt = forms.CharField(
        label=_("What does the image show?"),
        max_length=500,
        help_text=_(
            "In words, for those who cannot see it (alternative text). A figure: say what it "
            "tells, not only what it is."
        ),
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Say in words what the image shows, for those who cannot see it.")
        },
    )

    def clean_alt(self) -> str:
        """One line of words."""
        alt = " ".join(self.cleaned_data["alt"].split())
        if _FILE_NAME.fullmatch(alt):
            raise forms.ValidationError(
                _("This is the name of a file. Say in words what the image shows.")
            )
        return alt

    @property
    def upload(self) -> dict[str, Any]:
        """The arguments of ``keep_image``."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "name": file.name, "alt": self.cleaned_data["alt"]}
