"""Forms of focus areas and of the yearly status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import PersonField, SeenVersionForm
from kommuneplan.core.models import User
from kommuneplan.timespan.forms import in_reach
from plans.enums import FocusDecision
from plans.form_drafts import MAX_TEXT
from plans.models import FocusArea, FocusStatus, Plan, YearlyStatus
from plans.permissions import who_may_see_to

FIRST_YEAR, LAST_YEAR = 1990, 2100


def _year(**more: Any) -> forms.IntegerField:
    wrong = _("Write a year with four digits.")
    return forms.IntegerField(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


def _text(rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea({"rows": rows}), max_length=MAX_TEXT, **more)


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    wrong = _("Write a date: day, month and year.")
    return forms.DateField(widget=widget, error_messages={"required": wrong, "invalid": wrong},
                           validators=[in_reach], **more)  # fmt: skip


class AreaForm(SeenVersionForm):
    """A focus area."""

    NAMES = ("title", "theme", "goals", "first_year", "last_year", "is_public")

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the focus area is called.")},
    )
    theme = forms.CharField(
        label=_("Theme"),
        max_length=200,
        required=False,
        help_text=_("What it belongs under, for example “Housing”. May be empty."),
    )
    goals = _text(
        4,
        label=_("Goals for the effect"),
        required=False,
        help_text=_("What is to be different for the citizens, and how you will see it."),
    )
    first_year = _year(label=_("From the year"), required=False)
    last_year = _year(label=_("To and including the year"), required=False)
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("An internal focus area stands in no version and is seen by nobody else."),
    )

    def __init__(self, *args: Any, area: FocusArea | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(area, name) for name in self.NAMES} if area else {}
        initial["seen"] = area.version if area else 0
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The years are in order."""
        data = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and last < first:
            self.add_error(
                "last_year", _("The last year is before the first. Correct one of them.")
            )
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


class EndAreaForm(SeenVersionForm):
    """A focus area ends, or is taken out, for a reason."""

    reason = _text(3, label=_("Why?"), error_messages={"required": _("Write why.")})


class StatusForm(SeenVersionForm):
    """A year's status: when it is made, and who sees to it."""

    NAMES = ("year", "opens_on", "closes_on", "owner")

    year = _year(
        label=_("The status of the year"),
        help_text=_("The year that is looked back on."),
    )
    opens_on = _day(label=_("Is made from"))
    closes_on = _day(label=_("To and including"))
    owner = PersonField(
        User.objects.none(),
        label=_("Who sees to it"),
        required=False,
        to_field_name="uid",
        empty_label=_("Not decided yet"),
    )

    def __init__(
        self, *args: Any, plan: Plan, status: YearlyStatus | None = None, **kwargs: Any
    ) -> None:
        initial = dict(kwargs.pop("initial", {}))
        if status:
            initial = {name: getattr(status, name) for name in self.NAMES}
            initial["owner"] = status.owner.uid if status.owner else None
        initial["seen"] = status.version if status else 0
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = who_may_see_to(plan, status and status.owner_id)

    def clean(self) -> dict[str, Any]:
        """The window has its days in order."""
        data = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day is before the first. Correct one of them."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


class SummaryForm(SeenVersionForm):
    """The year in words."""

    summary = _text(
        4,
        label=_("The year in words"),
        required=False,
        help_text=_("What the committee should know of the year as a whole."),
    )


class EntryForm(SeenVersionForm):
    """What the status says of one focus area, and what is decided."""

    NAMES = ("words", "decision", "reason")

    words = _text(4, label=_("Status in words"), required=False)
    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in FocusDecision.choices],
        widget=forms.RadioSelect,
    )
    reason = _text(
        2,
        label=_("Reason"),
        required=False,
        help_text=_("Has to be there when the focus area is to be changed or ended."),
    )

    def __init__(
        self, *args: Any, entry: FocusStatus, kept: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """``kept``: what the person has written here and not saved."""
        initial = {name: getattr(entry, name) for name in self.NAMES}
        initial = {**initial, "seen": entry.version, **(kept or {})}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("decision", "reason"):  # may wait, but are not optional in the end
            self.fields[name].unmarked = True

    def clean(self) -> dict[str, Any]:
        """A change and an end have a reason."""
        data = super().clean() or {}
        needs = {FocusDecision.CHANGE, FocusDecision.END}
        if data.get("decision") in needs and not data.get("reason"):
            self.add_error("reason", _("Write why the focus area is to be changed or ended."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}

    @property
    def typed_fields(self) -> list[forms.BoundField]:
        """The fields in which one writes or chooses."""
        return [self[name] for name in self.NAMES]


class CloseStatusForm(forms.Form):
    """The status is closed as it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
