"""The form of an evaluation: the result, and what it says of each focus area's goals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.forms import SeenVersionForm, day_field, words_field
from plans.models import Evaluation, FocusArea, Plan
from plans.models.duties import GoalOutcome

from .duties import link_field, milestone_field


class EvaluationForm(SeenVersionForm):
    """An evaluation, written as it comes about."""

    NAMES = ("title", "words", "link", "concluded_on", "milestone")

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the evaluation is called.")},
    )
    words = words_field(8, label=_("Result in words"), required=False, max_length=20_000)
    link = link_field(label=_("Link to the document"))
    concluded_on = day_field(
        label=_("Concluded on"),
        required=False,
        help_text=_("Empty while it is being made."),
    )

    def __init__(
        self, *args: Any, plan: Plan, evaluation: Evaluation | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"seen": 0}
        said = {}
        if evaluation is not None:
            initial = {name: getattr(evaluation, name) for name in self.NAMES}
            initial["milestone"] = evaluation.milestone.uid if evaluation.milestone else None
            initial["seen"] = evaluation.version
            said = {one.focus_area_id: one for one in evaluation.goals.all()}
        super().__init__(*args, initial=initial, **kwargs)
        kept = evaluation.milestone if evaluation else None
        self.fields["milestone"] = milestone_field(plan, kept)
        self.fields["milestone"].help_text = ""
        self.areas = [
            area
            for area in plan.focus_areas.all()
            if area.pk in said or (area.goals.strip() and area.retired_at is None)
        ]
        for area in self.areas:
            known = said.get(area.pk)
            self.fields[f"outcome_{area.uid.hex}"] = forms.ChoiceField(
                label=_("Are the goals met?"),
                required=False,
                choices=[
                    ("", _("Not decided yet")),
                    *((value, capfirst(label)) for value, label in GoalOutcome.choices),
                ],
                initial=known.outcome if known else "",
            )
            self.fields[f"words_{area.uid.hex}"] = words_field(
                2, label=_("In words"), required=False, initial=known.words if known else ""
            )

    @property
    def rows(self) -> list[tuple[FocusArea, Any, Any]]:
        """Each focus area with its two fields."""
        return [
            (area, self[f"outcome_{area.uid.hex}"], self[f"words_{area.uid.hex}"])
            for area in self.areas
        ]

    def clean_concluded_on(self) -> Any:
        """What is concluded is not to come."""
        day = self.cleaned_data["concluded_on"]
        if day and day > today():
            raise forms.ValidationError(_t("The day is to come. Write it once it is done."))
        return day

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}

    @property
    def goals(self) -> dict[FocusArea, tuple[str, str]]:
        """What is said of each area's goals; those of which nothing is said and was, too."""
        data = self.cleaned_data
        return {
            area: (data[f"outcome_{area.uid.hex}"], data[f"words_{area.uid.hex}"].strip())
            for area in self.areas
        }
