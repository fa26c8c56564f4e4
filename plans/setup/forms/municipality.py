"""Everything that a municipality decides for itself, in groups, with help in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.site.word_templates import MunicipalityForm

_TEMPLATES = (
    "new_memo_template",
    "new_plan_template",
    "new_report_template",
    "new_paper_template",
)
_GROUPS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (
        _("Name and contact"),
        _("Stands on the pages for everybody, and at the head of documents."),
        (
            *("name", "genitive", "code", "address", "web_address", "contact_email"),
            *("contact_phone", "accessibility_statement", "accent_colour"),
        ),
    ),
    (
        _("Approval and signing in"),
        _("Who says yes before a plan is put before the bodies, and how safely people sign in."),
        ("approval_steps", "require_second_factor", "notes_end_with_term"),
    ),
    (
        _("Consultations"),
        _("You are warned where a consultation is planned otherwise. Nothing is blocked."),
        (
            *("shortest_hearing_days", "shortest_hearing_weeks", "hears_senior_council"),
            *("hears_disability_council", "shows_private_names", "report_name"),
        ),
    ),
    (
        _("What citizens are told of personal data"),
        _("Stands on the page about personal data. What is empty is told with our own words."),
        (
            *("dpo_name", "dpo_email", "dpo_phone", "privacy_purpose", "privacy_basis"),
            *("privacy_recipients", "privacy_kept"),
        ),
    ),
    (
        _("Accessibility statement and open data"),
        _("Stands on the page of the statement, and on the page about data."),
        (
            *("statement_status", "statement_issues", "statement_method"),
            *("statement_prepared_on", "statement_reviewed_on", "data_licence"),
        ),
    ),
    (
        _("Dates in words"),
        _("What is meant when somebody writes “ultimo 2027”."),
        ("year_parts",),
    ),
)


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings that belong together."""

    title: Any
    about: Any
    fields: list[forms.BoundField]


class SettingsForm(MunicipalityForm):
    """The municipality as its first administrator fills it in; ``seen`` is the version shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta(MunicipalityForm.Meta):
        help_texts = {
            "name": _("As it is written everywhere, for example Prøve Kommune."),
            "genitive": _("As in “Prøve Kommunes plans”. Empty: the name with an s."),
            "code": _("Three digits, for example 999. Stands in file numbers of some systems."),
            "address": _("At the head of letters and memos."),
            "web_address": _("The municipality's own site, for example www.proeve.dk."),
            "contact_email": _("Whom citizens write to. Shown at the foot of every page."),
            "accessibility_statement": _(
                "The address of your statement at was.digst.dk. The law asks for a link to it."
            ),
            "accent_colour": _("The municipality's colour, as # and six figures or letters."),
            "shortest_hearing_days": _("A consultation planned shorter gets a warning."),
            "hears_disability_council": _(
                "The law asks for it (retssikkerhedsloven § 37 a). Take the mark away where your "
                "agreement with the council says otherwise."
            ),
            "hears_senior_council": _(
                "The law asks for it (retssikkerhedsloven § 30). Take the mark away where your "
                "agreement with the council says otherwise."
            ),
            "dpo_name": _("A person or an office. May be empty."),
            "dpo_email": _("The law asks for a way to reach the officer: e-mail or telephone."),
            "dpo_phone": _("Shown on the page about personal data."),
            "statement_status": _("As in your own assessment."),
            "statement_method": _("Stands in the statement."),
            "statement_prepared_on": _("The day of the first statement. May be empty."),
            "report_name": _("The word on the pages and documents that answer a consultation."),
        }
        widgets = {
            name: forms.Textarea({"rows": 3})
            for name in (
                *("address", "privacy_purpose", "privacy_basis", "privacy_recipients"),
                *("privacy_kept", "statement_issues"),
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accessibility_statement"].assume_scheme = "https"
        self.initial.setdefault("seen", self.instance.version)

    @property
    def groups(self) -> list[SettingGroup]:
        """The fields in their groups."""
        return [
            SettingGroup(title, about, [self[name] for name in of]) for title, about, of in _GROUPS
        ]

    @property
    def templates(self) -> list[forms.BoundField]:
        """The fields where a Word template is handed in."""
        return [self[name] for name in _TEMPLATES]

    @property
    def open_templates(self) -> bool:
        """Is there something to say of a template?"""
        return any(name in self.errors for name in _TEMPLATES)

    def clean(self) -> dict[str, Any]:
        """A genitive where none was written."""
        data = super().clean() or self.cleaned_data
        name = data.get("name", "")
        if name and not data.get("genitive"):
            ending = "'" if name[-1:].lower() in "sxz" else "s"
            data["genitive"] = f"{name[:98]}{ending}"
        return data
