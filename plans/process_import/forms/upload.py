"""Handing a process plan in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Body, User
from kommuneplan.timespan.forms import FIRST_YEAR, LAST_YEAR
from plans.enums import PlanKind
from plans.models import Plan

from ..corrections import NewPlan


class StartForm(forms.Form):
    """Step one: a file or a text, which plan it is for, and the year where the text has none.

    The document is read by ``read_upload`` or ``read_paste``.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Word (.docx), PDF with text, plain text, CSV or HTML, at most 10 MB."),
        widget=forms.FileInput({"accept": ".docx,.pdf,.txt,.csv,.tsv,.md,.html,.htm"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Copy the table or the list from the document and paste it here."),
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Which plan is it for?"),
        required=False,
        to_field_name="slug",
        empty_label=_("A new plan"),
        help_text=_(
            "Choose an existing plan when the document is a newer version of its process plan."
        ),
    )
    title = forms.CharField(
        label=_("Title of the new plan"),
        required=False,
        max_length=300,
        help_text=_("Leave empty to use the title in the document. You can correct it afterwards."),
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Body that answers for the new plan"),
        required=False,
        to_field_name="uid",
        empty_label=_("Suggest it from the document"),
    )
    kind = forms.ChoiceField(
        label=_("Kind of the new plan"),
        required=False,
        choices=PlanKind.choices,
        initial=PlanKind.STRATEGY,
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Used where the document does not say the year itself."),
        error_messages={
            "invalid": _("Write the year with four figures, for example 2026."),
            "min_value": _("Write the year with four figures, for example 2026."),
            "max_value": _("Write the year with four figures, for example 2026."),
        },
    )

    def __init__(
        self, *args: Any, user: User, plans: Any, bodies: list[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["key"].initial = uuid.uuid4
        self.fields["plan"].queryset = plans
        self.fields["body"].queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])
        if not bodies:
            for name in ("title", "body", "kind"):
                del self.fields[name]
            self.fields["plan"].required = True
            self.fields["plan"].empty_label = _("Choose a plan")

    def clean(self) -> dict[str, Any]:
        """One document: a file or a text."""
        data = super().clean()
        upload, pasted = data.get("file"), (data.get("text") or "").strip()
        if self.errors:
            if upload:
                self.add_error("file", _("Choose the file again; the browser has not kept it."))
        elif upload and pasted:
            self.add_error("text", _("Both a file and a text were given. Keep one of them."))
        elif not upload and not pasted:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return data

    @property
    def handed_in(self) -> str:
        """The field with the document."""
        return "file" if self.cleaned_data.get("file") else "text"

    @property
    def open_new_plan(self) -> bool:
        """Is anything said of a new plan, or wrong with it?"""
        names = ("title", "body")
        return any(name in self.errors or self.data.get(name) for name in names)

    @property
    def new_plan(self) -> NewPlan:
        """What was said of a new plan; nothing where the person may not make one."""
        if "title" not in self.fields:
            return NewPlan()
        body = self.cleaned_data.get("body")
        return NewPlan(
            title=self.cleaned_data.get("title") or "",
            kind=self.cleaned_data.get("kind") or PlanKind.STRATEGY.value,
            body=str(body.uid) if body else "",
        )
