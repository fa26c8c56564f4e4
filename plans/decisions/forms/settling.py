"""The form about the steps that a decision has overtaken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import MeetingField, _day, _text
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.forms import TimeSpanField
from plans.models import Milestone

from ..actions.settling import SettledStep

ACTS = [
    ("", _("Leave it as it is")),
    ("done", _("It was done")),
    ("moved", _("It is moved")),
    ("dropped", _("It is dropped")),
]


class SettleForm(forms.Form):
    """For each step what becomes of it, and one reason. A step that is a meeting becomes another
    meeting of its body; the meeting itself stays."""

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
            self.fields[f"act_{key}"] = forms.ChoiceField(
                label=_("What becomes of it?"),
                choices=ACTS,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"done_{key}"] = _day(
                label=_("Done on"), required=False, help_text=_("May be empty.")
            )
            self.fields[f"version_{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=row.version
            )
            if row.meeting is not None:
                meeting = MeetingField(label=_("Other meeting"), empty_label=_("Choose"))
                meeting.of(row.meeting.body)
                self.fields[f"meeting_{key}"] = meeting
                self.fields[f"day_{key}"] = _day(
                    label=_("Day of the meeting, if it is not in the list"), required=False
                )
            else:
                when = TimeSpanField(label=_("New date"), required=False)
                when.year_parts = parts
                self.fields[f"when_{key}"] = when

    @property
    def rows(self) -> list[tuple[Milestone, list[Any]]]:
        """The fields of each step."""
        names = ("act", "done", "when", "meeting", "day", "version")
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
            row.version = cleaned.get(f"version_{key}", row.version)
            step = SettledStep(
                row,
                act,
                on=cleaned.get(f"done_{key}"),
                to=cleaned.get(f"when_{key}") or None,
                meeting=cleaned.get(f"meeting_{key}"),
                day=cleaned.get(f"day_{key}"),
            )
            if act == "moved":
                self._is_moved(step)
            self.settled.append(step)
        if not self.settled and not self.errors:
            self.add_error(None, _t("Choose what becomes of at least one step."))
        acts = {one.act for one in self.settled}
        if acts & {"moved", "dropped"} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _t("Write why steps are moved or dropped."))
        return cleaned

    def _is_moved(self, step: SettledStep) -> None:
        """It has another date, or is another meeting."""
        was, key = step.milestone.meeting, step.milestone.uid.hex
        if self.errors.keys() & {f"when_{key}", f"meeting_{key}", f"day_{key}"}:
            return
        if was is None and not step.to:
            self.add_error(f"when_{key}", _t("Write the new date."))
        is_other = step.day != was.date if was and step.day else step.meeting not in {None, was}
        if was is not None and not is_other:
            self.add_error(f"meeting_{key}", _t("Choose another meeting, or write its day."))
