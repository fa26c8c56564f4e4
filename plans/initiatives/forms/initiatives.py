"""Forms of initiatives themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm, day_field, words_field
from plans.enums import InitiativeState
from plans.models import (
    FocusArea,
    Initiative,
    Plan,
)

from .facts import DATE_HELP, FactsForm, capital, line, when_field


class InitiativeForm(FactsForm):
    """An initiative itself."""

    NAMES = (
        "title", "aim", "when", "duration", "state", "ended_on", "stopped_because", "lead",
        "participants_count", "participants", "target_groups", "own_plan", "is_example",
        "is_public",
    )  # fmt: skip

    title = line(
        label=_("Title"), error_messages={"required": _("Write what the initiative is called.")}
    )
    aim = words_field(
        4,
        label=_("Aim"),
        required=False,
        help_text=_("What is to become different by it, in a few sentences."),
    )
    when = when_field(label=_("Period"), help_text=DATE_HELP)
    duration = line(
        100,
        label=_("How long it lasts"),
        required=False,
        help_text=_("In words, where that is what is known: “treårigt”. May be empty."),
    )
    state = forms.ChoiceField(label=_("State"), choices=lambda: capital(InitiativeState.choices))
    ended_on = day_field(
        label=_("Ended on"),
        required=False,
        help_text=_("Of an initiative that is finished or stopped, where the day is known."),
    )
    stopped_because = words_field(2, label=_("Why was it stopped?"), required=False)
    lead = line(
        200,
        label=_("Who leads it"),
        required=False,
        help_text=_("A role or a unit, not the name of a person: everybody may come to read it."),
    )
    participants_count = forms.IntegerField(
        label=_("Number of participants"), required=False, min_value=0, max_value=1_000_000
    )
    participants = line(
        label=_("Who takes part"),
        required=False,
        help_text=_("For example “sagsbehandlere fra fem voksenteams”."),
    )
    target_groups = words_field(
        3, label=_("Target groups"), required=False, help_text=_("One on each line.")
    )
    own_plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Its own plan"),
        required=False,
        to_field_name="uid",
        empty_label=_("It has none"),
        help_text=_("Where the initiative has a process plan of its own."),
    )
    focus_areas = forms.ModelMultipleChoiceField(
        FocusArea.objects.none(),
        label=_("Focus areas it works on"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )
    is_example = forms.BooleanField(
        label=_("It is an example, made up to show what an initiative is"), required=False
    )
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("An internal initiative stands in no version and is seen by nobody else."),
    )

    def __init__(self, *args: Any, plan: Plan, row: Initiative | None = None, **kwargs: Any):
        initial: dict[str, Any] = {}
        if row:
            initial["own_plan"] = row.own_plan.uid if row.own_plan else None
            initial["focus_areas"] = [area.uid for area in row.focus_areas.all()]
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.fields["stopped_because"].unmarked = True  # has to be there when it is stopped
        below = Q(parent=plan, retired_at__isnull=True)
        chosen = Q(pk=row.own_plan_id) if row else Q()
        self.fields["own_plan"].queryset = Plan.objects.filter(below | chosen if row else below)
        areas = plan.focus_areas.filter(retired_at__isnull=True)
        self.fields["focus_areas"].queryset = areas
        if not areas:
            del self.fields["focus_areas"]
        if not self.fields["own_plan"].queryset:
            del self.fields["own_plan"]

    def clean(self) -> dict[str, Any]:
        """What is stopped has a reason, what is over may have a day."""
        data = super().clean() or {}
        state = data.get("state")
        if state == InitiativeState.STOPPED and not data.get("stopped_because"):
            self.add_error("stopped_because", _t("Write why the initiative was stopped."))
        if data.get("ended_on") and state and not InitiativeState(state).is_over:
            self.add_error(
                "ended_on",
                _t("It has a day on which it ended: choose “finished” or “stopped”, or empty it."),
            )
        return data


class WhyForm(SeenVersionForm):
    """An initiative is taken out, for a reason."""

    reason = words_field(3, label=_("Why?"), error_messages={"required": _("Write why.")})
