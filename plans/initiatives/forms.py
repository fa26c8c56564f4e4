"""Forms of initiatives and of their rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm, day_field, words_field, years_in_order
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.timespan.forms import Chosen, TimeSpanField
from plans.enums import ActivityState, FundingKind, InitiativeLinkKind, InitiativeState
from plans.models import (
    FocusArea,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    Milestone,
    Plan,
)
from plans.process.kinds import kind_choices

MOST = 9_000_000_000_000_000_000  # kroner that a column holds
FIRST_YEAR, LAST_YEAR = 1990, 2100


def _capital(choices: Any) -> list[tuple[str, str]]:
    return [(value, str(capfirst(label))) for value, label in choices]


def _year(**more: Any) -> forms.IntegerField:
    wrong = _("Write a year with four digits.")
    return forms.IntegerField(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


def _line(longest: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(max_length=longest, **more)


def _when(**more: Any) -> TimeSpanField:
    return TimeSpanField(undated=True, required=False, **more)


_DATE_HELP = _(
    "In words, as precise as you know it: “ultimo 2009”, “november/december 2009”, “fra juni 2009”."
)


class KroneField(forms.CharField):
    """Whole kroner as people write them: "4.000.000", "4 mio.", "4,5 mio. kr."."""

    default_error_messages = {
        "amount": _("Write the amount in whole kroner, for example 4.000.000, or “4 mio.”."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, required=False, **more)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """With dots between the thousands."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The number; None where nothing is written."""
        written = super().clean(value).casefold().removesuffix("kr.").removesuffix("kr").strip()
        if not written:
            return None
        million = re.fullmatch(r"(\d{1,6})(?:,(\d{1,6}))? ?(?:mio\.?|millioner|million)", written)
        if million:
            whole, part = million.group(1), (million.group(2) or "").ljust(6, "0")
            return int(whole) * 1_000_000 + int(part)
        plain = re.sub(r"[. \u00a0]", "", written)
        grouped = re.fullmatch(r"\d{1,3}([. \u00a0]\d{3})*|\d+", written)
        if not grouped or len(plain) > 15:
            raise forms.ValidationError(self.error_messages["amount"], "amount")
        return int(plain)


class FactsForm(SeenVersionForm):
    """What is said of a row, field by field. ``NAMES`` are the columns it writes."""

    NAMES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        self.row = row
        initial = {name: stored(row, name) for name in self.NAMES} if row else {}
        initial |= {"seen": row.version if row else 0, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        if "when" in self.fields:
            self.fields["when"].year_parts = year_parts()

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES if name in self.fields}

    def differs(self, other: Any) -> list[tuple[Any, str, str]]:
        """What somebody else has saved beside what was typed: (label, mine, theirs)."""
        found = []
        for name, mine in self.facts.items():
            theirs = stored(other, name)
            pair = (self._said(name, mine), self._said(name, theirs))
            if pair[0] != pair[1]:
                found.append((self.fields[name].label, *pair))
        return found

    def _said(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _t("Yes") if value else _t("No")
        if isinstance(value, Chosen):
            return value.written
        if hasattr(value, "written"):
            return str(value.written)
        labels = dict(getattr(self.fields[name], "choices", ()) or ())
        return str(labels.get(value, value)) if isinstance(value, str) else str(value)


def stored(row: Any, name: str) -> Any:
    """A column as a form shows it: a date with its words, or the words alone."""
    if name == "when":
        return Chosen(row.when, row.written) if row.when else row.written
    return getattr(row, name)


class InitiativeForm(FactsForm):
    """An initiative itself."""

    NAMES = (
        "title", "aim", "when", "duration", "state", "ended_on", "stopped_because", "lead",
        "participants_count", "participants", "target_groups", "own_plan", "is_example",
        "is_public",
    )  # fmt: skip

    title = _line(
        label=_("Title"), error_messages={"required": _("Write what the initiative is called.")}
    )
    aim = words_field(
        4,
        label=_("Aim"),
        required=False,
        help_text=_("What is to become different by it, in a few sentences."),
    )
    when = _when(label=_("Period"), help_text=_DATE_HELP)
    duration = _line(
        100,
        label=_("How long it lasts"),
        required=False,
        help_text=_("In words, where that is what is known: “treårigt”. May be empty."),
    )
    state = forms.ChoiceField(label=_("State"), choices=lambda: _capital(InitiativeState.choices))
    ended_on = day_field(
        label=_("Ended on"),
        required=False,
        help_text=_("Of an initiative that is finished or stopped, where the day is known."),
    )
    stopped_because = words_field(2, label=_("Why was it stopped?"), required=False)
    lead = _line(
        200,
        label=_("Who leads it"),
        required=False,
        help_text=_("A role or a unit, not the name of a person: everybody may come to read it."),
    )
    participants_count = forms.IntegerField(
        label=_("Number of participants"), required=False, min_value=0, max_value=1_000_000
    )
    participants = _line(
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


class PhaseForm(FactsForm):
    """A phase of an initiative."""

    NAMES = ("when", "title", "aim", "is_current")

    when = _when(label=_("When"))
    title = _line(
        200, label=_("Phase"), error_messages={"required": _("Write what the phase is called.")}
    )
    aim = words_field(2, label=_("Aim"), required=False)
    is_current = forms.BooleanField(
        label=_("The initiative stands here now"),
        required=False,
        help_text=_("The phase that was marked before is so no longer."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ActivityForm(FactsForm):
    """An activity of an initiative."""

    NAMES = (
        "when", "title", "audiences", "phase", "closes_phase", "kind", "state", "done_on",
        "dropped_because", "description", "milestone", "is_public",
    )  # fmt: skip

    when = _when(label=_("When"))
    title = _line(label=_("What happens"), error_messages={"required": _("Write what happens.")})
    audiences = words_field(
        2,
        label=_("For whom"),
        required=False,
        help_text=_("Target groups or audiences, one on each line."),
    )
    phase = forms.ModelChoiceField(
        InitiativePhase.objects.none(),
        label=_("Phase"),
        required=False,
        to_field_name="uid",
        empty_label=_("No phase"),
    )
    closes_phase = forms.BooleanField(label=_("The phase ends with it"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    state = forms.ChoiceField(label=_("State"), choices=lambda: _capital(ActivityState.choices))
    done_on = day_field(
        label=_("Done on"), required=False, help_text=_("Where the day is known. May be empty.")
    )
    dropped_because = words_field(2, label=_("Why was it dropped?"), required=False)
    reason = words_field(
        2,
        label=_("Why is the date moved?"),
        required=False,
        help_text=_(
            "Write it when the date is another than was planned: the earlier date and the reason "
            "then stay beside the new one. A correction needs none until the date is published."
        ),
    )
    description = words_field(3, label=_("Description"), required=False)
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label=_("Milestone of the plan it belongs to"),
        required=False,
        to_field_name="uid",
        empty_label=_("No milestone"),
    )
    is_public = forms.BooleanField(
        label=_("May be published with the initiative"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        row: InitiativeActivity | None = None,
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"kind": "other", "state": "planned"} if row is None else {
            "phase": row.phase.uid if row.phase else None,
            "milestone": row.milestone.uid if row.milestone else None,
        }  # fmt: skip
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.fields["phase"].queryset = initiative.phases.all()
        cycles = initiative.plan.cycles.all()
        rows = Milestone.objects.filter(cycle__in=cycles).order_by("sort_begin", "position", "pk")
        self.fields["milestone"].queryset = rows
        if row is None:
            for name in ("done_on", "dropped_because", "reason"):
                del self.fields[name]
        else:
            for name in ("dropped_because", "reason"):  # may have to be there
                self.fields[name].unmarked = True

    def clean(self) -> dict[str, Any]:
        """What is dropped has a reason, and a day belongs to what is done."""
        data = super().clean() or {}
        state = data.get("state")
        if state == ActivityState.DROPPED and not data.get("dropped_because"):
            field = "dropped_because" if "dropped_because" in self.fields else "state"
            self.add_error(field, _t("Write why the activity was dropped."))
        if data.get("done_on") and state != ActivityState.DONE:
            self.add_error("done_on", _t("It has a day on which it was done: choose “done”."))
        if data.get("closes_phase") and not data.get("phase"):
            self.add_error("phase", _t("Choose the phase that ends with it."))
        return data


class FundingForm(FactsForm):
    """Where money of an initiative comes from."""

    NAMES = ("kind", "source", "amount", "first_year", "last_year", "note")

    kind = forms.ChoiceField(
        label=_("Kind of money"), choices=lambda: _capital(FundingKind.choices)
    )
    source = _line(
        label=_("Source"),
        help_text=_("For example “satspulje 19M”."),
        error_messages={"required": _("Write where the money comes from.")},
    )
    amount = KroneField(
        label=_("Amount in kroner"), help_text=_("Whole kroner, or “4 mio.”. Empty: not known.")
    )
    first_year = _year(label=_("From the year"))
    last_year = _year(label=_("To and including the year"))
    note = _line(label=_("Note"), required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The years are in order."""
        super().clean()
        return years_in_order(self)


class PartnerForm(FactsForm):
    """An organisation that an initiative is carried out with."""

    NAMES = ("name", "role")

    name = _line(
        label=_("Organisation"), error_messages={"required": _("Write the organisation's name.")}
    )
    role = _line(label=_("What it does"), required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class LinkForm(FactsForm):
    """A website or a document."""

    NAMES = ("kind", "title", "address", "note")

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: _capital(InitiativeLinkKind.choices))
    title = _line(label=_("Title"), error_messages={"required": _("Write what it is called.")})
    address = _line(
        500,
        label=_("Address"),
        required=False,
        validators=[URLValidator(schemes=["https", "http"])],
        error_messages={"invalid": _("Write a whole address, beginning with https://.")},
        help_text=_("Beginning with https://. Empty while there is none yet."),
    )
    note = _line(label=_("Note"), required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class WhyForm(SeenVersionForm):
    """An initiative is taken out, for a reason."""

    reason = words_field(3, label=_("Why?"), error_messages={"required": _("Write why.")})


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of rows of an initiative: ``key`` in addresses, ``many`` its name on the initiative,
    ``short`` the fields of the line in which one is added."""

    key: str
    model: type[Any]
    form: type[FactsForm]
    many: str
    short: tuple[str, ...]
    heading: Any
    add: Any
    empty: Any


ROW_KINDS: dict[str, RowKind] = {
    kind.key: kind
    for kind in (
        RowKind("faser", InitiativePhase, PhaseForm, "phases", ("when", "title"),
                _("Phases"), _("Add a phase"),
                _("Analysis, development, trial: the stretches it goes through.")),
        RowKind("aktiviteter", InitiativeActivity, ActivityForm, "activities",
                ("when", "title", "audiences", "phase"), _("Activities"), _("Add an activity"),
                _("What is done, when, and for whom.")),
        RowKind("penge", InitiativeFunding, FundingForm, "funding",
                ("kind", "source", "amount", "first_year", "last_year"), _("Money"),
                _("Add money"), _("Pools, grants and own budget; the amount may be unknown.")),
        RowKind("partnere", InitiativePartner, PartnerForm, "partners", ("name", "role"),
                _("Partners"), _("Add a partner"),
                _("Organisations that it is carried out with.")),
        RowKind("links", InitiativeLink, LinkForm, "links", ("kind", "title", "address"),
                _("Website and documents"), _("Add a link"),
                _("A website of its own, reports, papers.")),
    )
}  # fmt: skip
"""The kinds of rows, in the order of the page."""
