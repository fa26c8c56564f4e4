"""The municipality's own Word templates: tried out when handed in, kept when they are fit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.documents.template_check import MAX_BYTES, problems_in

CITIZENS = (
    *("data_licence", "dpo_name", "dpo_email", "dpo_phone", "privacy_purpose", "privacy_basis"),
    *("privacy_recipients", "privacy_kept", "statement_status", "statement_issues"),
    *("statement_method", "statement_prepared_on", "statement_reviewed_on"),
)
"""What citizens are told of the house: personal data, accessibility, the licence of open data."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MunicipalityForm(forms.ModelForm):
    """The municipality with fields to hand in new templates; for the admin."""

    new_memo_template = forms.FileField(
        label=_("New Word template for memos"),
        required=False,
        help_text=_(
            "A .docx with placeholders; it is tried out before it is kept. See docs/skabeloner.md."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
    new_plan_template = forms.FileField(
        label=_("New Word template for whole plans"),
        required=False,
        help_text=_(
            "A .docx with placeholders; it is tried out before it is kept. See docs/skabeloner.md."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    new_report_template = forms.FileField(
        label=_("New Word template for reports on consultations"),
        required=False,
        help_text=_(
            "A .docx with placeholders; it is tried out before it is kept. See docs/skabeloner.md."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    new_paper_template = forms.FileField(
        label=_("New Word template for papers for agendas"),
        required=False,
        help_text=_(
            "A .docx with placeholders; it is tried out before it is kept. See docs/skabeloner.md."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    class Meta:
        model = Municipality
        fields = (  # not the templates: only a file that was tried out comes in
            *("name", "genitive", "code", "address", "web_address", "contact_email"),
            *("contact_phone", "accessibility_statement", "accent_colour", "year_parts"),
            *("shortest_hearing_days", "shortest_hearing_weeks", "hears_disability_council"),
            *("hears_senior_council", "require_second_factor", "notes_end_with_term"),
            *("approval_steps", "report_name", "shows_private_names"),
            *CITIZENS,
        )

    def clean_new_memo_template(self) -> Any:
        """Every problem with the file, each as a message of its own."""
        return self._tried("memo")

    def clean_new_plan_template(self) -> Any:
        """Every problem with the file, each as a message of its own."""
        return self._tried("plan")

    def clean_new_report_template(self) -> Any:
        """Every problem with the file, each as a message of its own."""
        return self._tried("report")

    def clean_new_paper_template(self) -> Any:
        """Every problem with the file, each as a message of its own."""
        return self._tried("paper")

    def _tried(self, kind: str) -> Any:
        upload = self.cleaned_data[f"new_{kind}_template"]
        if upload:
            problems = problems_in(kind, upload.read(MAX_BYTES + 1))
            if problems:
                raise forms.ValidationError(problems)
        return upload

    def save(self, commit: bool = True) -> Municipality:
        """Keep the files and point to them; those before stay stored."""
        for name in ("memo_template", "plan_template", "report_template", "paper_template"):
            upload = self.cleaned_data.get(f"new_{name}")
            if upload:
                upload.seek(0)
                setattr(self.instance, name, StoredFile.keep(upload.name, upload.read(), WORD))
        return super().save(commit)
