"""Forms of the rows of an initiative, and which kinds of rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import day_field, words_field, year_field, years_in_order
from plans.enums import ActivityState, EffectKind, FundingKind, InitiativeLinkKind
from plans.models import (
    Annex,
    EffectNode,
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

from .facts import FactsForm, KroneField, capital, line, when_field


class PhaseForm(FactsForm):
    """A phase of an initiative."""

    NAMES = ("when", "title", "aim", "is_current")

    when = when_field(label=_("When"))
    title = line(
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
        "dropped_because", "description", "milestone", "node", "is_public",
    )  # fmt: skip

    when = when_field(label=_("When"))
    title = line(label=_("What happens"), error_messages={"required": _("Write what happens.")})
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
    state = forms.ChoiceField(label=_("State"), choices=lambda: capital(ActivityState.choices))
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
    node = forms.ModelChoiceField(
        EffectNode.objects.none(),
        label=_("Activity of the theory of change that it carries out"),
        required=False,
        to_field_name="uid",
        empty_label=_("None of them"),
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
            "node": row.node.uid if row.node else None,
        }  # fmt: skip
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.fields["phase"].queryset = initiative.phases.all()
        cycles = initiative.plan.cycles.all()
        rows = Milestone.objects.filter(cycle__in=cycles).order_by("sort_begin", "position", "pk")
        self.fields["milestone"].queryset = rows
        if row is None:
            for name in ("done_on", "dropped_because", "reason", "node"):
                del self.fields[name]
        else:
            self.fields["node"].queryset = activities_of_chain(initiative.plan)
            if not self.fields["node"].queryset:
                del self.fields["node"]
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

    kind = forms.ChoiceField(label=_("Kind of money"), choices=lambda: capital(FundingKind.choices))
    source = line(
        label=_("Source"),
        help_text=_("For example “satspulje 19M”."),
        error_messages={"required": _("Write where the money comes from.")},
    )
    amount = KroneField(
        label=_("Amount in kroner"), help_text=_("Whole kroner, or “4 mio.”. Empty: not known.")
    )
    first_year = year_field(label=_("From the year"))
    last_year = year_field(label=_("To and including the year"))
    note = line(label=_("Note"), required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The years are in order."""
        super().clean()
        return years_in_order(self)


class PartnerForm(FactsForm):
    """An organisation that an initiative is carried out with."""

    NAMES = ("name", "role")

    name = line(
        label=_("Organisation"), error_messages={"required": _("Write the organisation's name.")}
    )
    role = line(label=_("What it does"), required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


def activities_of_chain(plan: Plan) -> QuerySet[EffectNode]:
    """The activities in the plan's theory of change."""
    rows = EffectNode.objects.filter(theme__plan=plan, kind=EffectKind.ACTIVITY)
    rows = rows.filter(retired_at__isnull=True, theme__retired_at__isnull=True)
    return rows.order_by("theme__position", "position", "pk")


class LinkForm(FactsForm):
    """A website or a document."""

    NAMES = ("kind", "title", "address", "annex", "note")

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: capital(InitiativeLinkKind.choices))
    title = line(label=_("Title"), error_messages={"required": _("Write what it is called.")})
    address = line(
        500,
        label=_("Address"),
        required=False,
        validators=[URLValidator(schemes=["https", "http"])],
        error_messages={"invalid": _("Write a whole address, beginning with https://.")},
        help_text=_("Beginning with https://. Empty while there is none yet."),
    )
    note = line(label=_("Note"), required=False)

    annex = forms.ModelChoiceField(
        Annex.objects.none(),
        label=_("Or an annex of the plan"),
        required=False,
        to_field_name="uid",
        empty_label=_("No annex"),
    )

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        row: InitiativeLink | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"annex": row.annex.uid if row.annex else None} if row else {}
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.fields["annex"].queryset = initiative.plan.annexes.filter(retired_at__isnull=True)
        if row is None or not self.fields["annex"].queryset:
            del self.fields["annex"]


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
