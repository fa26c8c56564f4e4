"""The municipality's own Word template: tried out when it is handed in, kept when it is fit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.documents.memo_check import MAX_BYTES, template_problems

from .models import Municipality, StoredFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MunicipalityForm(forms.ModelForm):
    """The municipality with a field to hand in a new template; for the admin."""

    new_memo_template = forms.FileField(
        label=_("New Word template"),
        required=False,
        help_text=_(
            "A .docx with placeholders; it is tried out before it is kept. See docs/skabeloner.md."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    class Meta:
        model = Municipality
        fields = (  # not memo_template: only a file that was tried out comes in
            *("name", "genitive", "code", "address", "web_address", "contact_email"),
            *("contact_phone", "accessibility_statement", "accent_colour", "year_parts"),
            "shortest_hearing_days",
        )

    def clean_new_memo_template(self) -> Any:
        """Every problem with the file, each as a message of its own."""
        upload = self.cleaned_data["new_memo_template"]
        if upload:
            problems = template_problems(upload.read(MAX_BYTES + 1))
            if problems:
                raise forms.ValidationError(problems)
        return upload

    def save(self, commit: bool = True) -> Municipality:
        """Keep the file and point to it; the one before stays stored."""
        upload = self.cleaned_data.get("new_memo_template")
        if upload:
            upload.seek(0)
            self.instance.memo_template = StoredFile.keep(upload.name, upload.read(), WORD)
        return super().save(commit)
