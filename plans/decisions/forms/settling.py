"""The form about the steps that a decision has overtaken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import _day, _text
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.forms import Chosen, TimeSpanField
from plans.models import Milestone

from ..actions.settling import SettledStep

ACTS = [
    ("", _("Leave it as it is")),
    ("done", _("It was done")),
    ("moved", _("It is moved")),
    ("dropped", _("It is dropped")),
]


class SettleForm(forms.Form):
    """For each step what becomes of it, and one reason. A step that is a meeting is not moved
    here: the meeting is."""

    reason = _text(
        2,
        label=_("Why are steps moved or dropped?"),
        required=False,
        help_text=_("The public reads the reason with a new date."),
    )

    def __init__(
        self, *args: Any, steps: Sequence[Milestone], parts: YearParts, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(steps)
        for row in self.steps:
            key = row.uid.hex
            acts = [one for one in ACTS if one[0] != "moved" or row.has_own_date]
            self.fields[f"act_{key}"] = forms.ChoiceField(
                label=_("What becomes of it?"),
                choices=acts,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"done_{key}"] = _day(
                label=_("Done on"), required=False, help_text=_("May be empty.")
            )
            self.fields[f"version_{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=row.version
            )
            if row.has_own_date:
                when = TimeSpanField(label=_("New date"), required=False)
                when.year_parts = parts
                self.fields[f"when_{key}"] = when

    @property
    def rows(self) -> list[tuple[Milestone, list[Any]]]:
        """The fields of each step."""
        names = ("act", "done", "when", "version")
        return [
            (
                row,
                [self[f"{n}_{row.uid.hex}"] for n in names if f"{n}_{row.uid.hex}" in self.fields],
            )
            for row in self.steps
        ]

    def clean(self) -> dict[str, Any]:
        """Something is chosen; what is moved has a date; moving and dropping has a reason."""
        cleaned = super().clean() or {}
        self.settled: list[SettledStep] = []
        for row in self.steps:
            key = row.uid.hex
            act = cleaned.get(f"act_{key}") or ""
            if not act:
                continue
            to: Chosen | None = cleaned.get(f"when_{key}") or None
            if act == "moved" and not to and f"when_{key}" not in self.errors:
                self.add_error(f"when_{key}", _t("Write the new date."))
            row.version = cleaned.get(f"version_{key}", row.version)
            self.settled.append(SettledStep(row, act, cleaned.get(f"done_{key}"), to))
        if not self.settled and not self.errors:
            self.add_error(None, _t("Choose what becomes of at least one step."))
        acts = {one.act for one in self.settled}
        if acts & {"moved", "dropped"} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _t("Write why steps are moved or dropped."))
        return cleaned
