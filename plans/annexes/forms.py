"""Forms of annexes and effort descriptions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm
from plans.enums import AnnexKind, FoundDecision
from plans.models import Annex, EffortDescription, FocusArea, Plan, Section

MAX_TEXT = 20_000
FILE_KINDS = _("PDF, Word (.docx), OpenDocument (.odt), text or a picture; at most 20 MB.")


def _text(rows: int, **more: Any) -> forms.CharField:
    more.setdefault("required", False)
    return forms.CharField(widget=forms.Textarea({"rows": rows}), max_length=MAX_TEXT, **more)


class PlanAnnexForm(SeenVersionForm):
    """What an annex is called, what it is, and its file where it is added with one."""

    NAMES = ("number", "title", "note", "is_public")

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (AnnexKind.FILE, _("A file")),
            (AnnexKind.EFFORT, _("An effort description that is written here")),
        ],
        initial=AnnexKind.FILE,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        required=False,
        help_text=_("As it is written: “7” or “7a”. May be empty."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the annex is called.")},
    )
    note = _text(
        2,
        label=_("What it holds"),
        help_text=_("One or two sentences for readers. Is it not enclosed, write why here."),
    )
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("An internal annex stands in no version and is seen by nobody else."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=FILE_KINDS,
    )

    def __init__(self, *args: Any, annex: Annex | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(annex, name) for name in self.NAMES} if annex else {}
        initial["seen"] = annex.version if annex else 0
        super().__init__(*args, initial=initial, **kwargs)
        if annex:
            del self.fields["kind"], self.fields["file"]

    def clean(self) -> dict[str, Any]:
        """An effort description has no file."""
        data = super().clean() or {}
        if data.get("kind") == AnnexKind.EFFORT and data.get("file"):
            told = _t("An effort description is written here. Add the file as an annex of its own.")
            self.add_error("file", told)
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        facts = {name: self.cleaned_data[name] for name in self.NAMES}
        return {**facts, **({"kind": self.cleaned_data["kind"]} if "kind" in self.fields else {})}


class ReplaceFileForm(forms.Form):
    """The file in a new version."""

    file = forms.FileField(
        label=_("File"), help_text=FILE_KINDS, error_messages={"required": _("Choose a file.")}
    )
    reason = forms.CharField(
        label=_("What is new?"),
        max_length=500,
        required=False,
        help_text=_("For your colleagues. May be empty."),
    )


class FoundForm(forms.Form):
    """What becomes of a file in which something was found."""

    decision = forms.ChoiceField(
        label=_("What becomes of the file?"),
        choices=[(value, capfirst(label)) for value, label in FoundDecision.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write why.")},
    )


class RetireAnnexForm(SeenVersionForm):
    """An annex is taken out, for a reason."""

    reason = _text(3, label=_("Why?"), required=True, error_messages={"required": _("Write why.")})


class EffortForm(SeenVersionForm):
    """An effort description."""

    target_group = _text(
        3, label=_("Target group"), help_text=_("Who is it for, and who is it not for?")
    )
    purpose = _text(3, label=_("Purpose"), help_text=_("What is to be different for the citizen?"))
    method = _text(6, label=_("Method"), help_text=_("What is done, how often and for how long?"))
    expected_results = _text(3, label=_("Expected results"))
    indicators = _text(
        3, label=_("Indicators"), help_text=_("What you look at to see whether it works.")
    )
    resources = _text(3, label=_("Resources"), help_text=_("People, hours, places, money."))
    provider = _text(
        2, label=_("Provider or offer"), help_text=_("A place or a unit, never a person.")
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        label=_("Chapter of the plan"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
    )
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.none(),
        label=_("Focus area"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
    )

    NAMES = (*EffortDescription.WRITTEN, "section", "focus_area")

    def __init__(
        self, *args: Any, plan: Plan, effort: EffortDescription | None, **kwargs: Any
    ) -> None:
        initial = {name: getattr(effort, name) for name in EffortDescription.WRITTEN if effort}
        if effort:
            initial["section"] = effort.section and effort.section.uid
            initial["focus_area"] = effort.focus_area and effort.focus_area.uid
        super().__init__(
            *args, initial={**initial, "seen": effort.version if effort else 0}, **kwargs
        )
        self.fields["section"].queryset = plan.sections.filter(retired_at__isnull=True)
        self.fields["focus_area"].queryset = plan.focus_areas.filter(retired_at__isnull=True)

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}
