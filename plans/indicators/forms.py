"""Forms of indicators, their targets and measurements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.forms import SeenVersionForm, words_field
from kommuneplan.core.models import Membership, User
from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.span import TimeSpan
from plans.enums import GoodDirection, Interval, Standing
from plans.models import FocusArea, Indicator, Measurement, Plan, PlanIndicator, PlanLead
from plans.models.indicators import PLACES

from .actions.measuring import MeasurementFacts
from .measurable import measurable
from .numbers import NotANumber, read_number, written_number


class NumberField(forms.CharField):
    """A number in Danish, exact; what it may be is said by the unit."""

    def __init__(self, *, unit: str = "", decimals: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)
        self.unit, self.decimals = unit, decimals

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; ValidationError says what to write instead."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return read_number(words, unit=self.unit, decimals=self.decimals)
        except NotANumber as wrong:
            raise ValidationError(str(wrong)) from None


class PersonByName(forms.ModelChoiceField):
    """A person by name."""

    def label_from_instance(self, obj: User) -> str:
        """The name, without the address."""
        return obj.name


class IndicatorForm(SeenVersionForm):
    """What is measured."""

    NAMES = (
        "name", "definition", "unit", "decimals", "direction", "interval", "source", "reference",
        "by_reference", "owner",
    )  # fmt: skip

    name = forms.CharField(
        label=_("What is measured"),
        max_length=300,
        help_text=_("For example “Citizens who live in a home of their own with support”."),
        error_messages={"required": _("Write what is measured.")},
    )
    definition = words_field(
        3,
        label=_("Definition"),
        required=False,
        help_text=_("Who and what is counted, and when. Two people must count the same."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        required=False,
        help_text=_("For example “%” or “citizens”. May be empty."),
    )
    decimals = forms.TypedChoiceField(
        label=_("Decimals"),
        coerce=int,
        choices=[(n, str(n)) for n in range(PLACES + 1)],
        initial=0,
    )
    direction = forms.ChoiceField(label=_("When is it good?"), choices=GoodDirection.choices)
    interval = forms.ChoiceField(
        label=_("Is measured"), choices=Interval.choices, initial=Interval.YEARLY
    )
    source = forms.CharField(label=_("Where the numbers come from"), max_length=300, required=False)
    reference = forms.CharField(
        label=_("Taken over from"),
        max_length=300,
        required=False,
        help_text=_("An earlier project, a document or a case number. May be empty."),
    )
    by_reference = forms.BooleanField(
        label=_("It is only referred to and not written out yet"), required=False
    )
    owner = PersonByName(
        User.objects.none(),
        label=_("Who measures"),
        required=False,
        to_field_name="uid",
        empty_label=_("Not decided yet"),
        help_text=_("Is reminded before a measurement is due."),
    )

    def __init__(
        self, *args: Any, plan: Plan, indicator: Indicator | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {}
        if indicator:
            initial = {name: getattr(indicator, name) for name in self.NAMES}
            initial["owner"] = indicator.owner.uid if indicator.owner else None
        initial["seen"] = indicator.version if indicator else 0
        super().__init__(*args, initial=initial, **kwargs)
        self.indicator = indicator
        self.fields["owner"].queryset = people_who_measure(plan, indicator)

    def clean_decimals(self) -> int:
        """Never fewer than the values that stand there have."""
        wanted = int(self.cleaned_data["decimals"])
        if self.indicator and wanted < self.indicator.decimals:
            step = Decimal(1).scaleb(-wanted)
            values = self.indicator.measurements.values_list("value", flat=True)
            if any(value % step for value in values):
                raise ValidationError(
                    _t("There are measurements with more decimals. Correct them first.")
                )
        return wanted

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


def people_who_measure(plan: Plan, indicator: Indicator | None = None) -> Any:
    """Who may be asked to measure: everybody with a role in the body of the plan or in the
    administration of the house, those who lead the plan, and who does it now."""
    day = today()
    roles = Membership.objects.held(on=day).exclude(role=Role.MEMBER)
    leads = PlanLead.objects.leading(on=day).filter(plan=plan)
    who = Q(pk__in=roles.values("user")) | Q(pk__in=leads.values("user"))
    if indicator and indicator.owner_id:
        who |= Q(pk=indicator.owner_id)
    return User.objects.filter(who, is_active=True).order_by("name", "pk")


class UseForm(SeenVersionForm):
    """What the plan itself says of an indicator."""

    NAMES = ("focus_area", "rank", "is_public")

    focus_area = forms.ModelChoiceField(
        FocusArea.objects.none(),
        label=_("Focus area"),
        required=False,
        to_field_name="uid",
        empty_label=_("None: it is for the plan as a whole"),
    )
    rank = forms.IntegerField(
        label=_("Rank"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("1 is the most important. Empty where the plan gives no order."),
    )
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("An internal indicator stands in no version and is seen by nobody else."),
    )

    def __init__(
        self, *args: Any, plan: Plan, use: PlanIndicator | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {}
        if use:
            area = use.focus_area.uid if use.focus_area else None
            initial = {"focus_area": area, "rank": use.rank, "is_public": use.is_public}
        initial["seen"] = use.version if use else 0
        super().__init__(*args, initial=initial, **kwargs)
        areas = plan.focus_areas.filter(retired_at__isnull=True)
        self.fields["focus_area"].queryset = areas

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


class PeriodField(TimeSpanField):
    """The period, or the day, that a value is of: with a beginning and an end, and not to come."""

    def clean(self, value: Any) -> TimeSpan:  # type: ignore[override]
        """The period; ValidationError says what is wrong."""
        try:
            return measurable(super().clean(value).span)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class MeasurementForm(SeenVersionForm):
    """A value of a period."""

    when = PeriodField(
        label=_("Period or day"),
        help_text=_("For example “2024”, “1. halvår 2024”, “marts 2024” or “3. marts 2024”."),
        error_messages={"required": _("Write which period the value is of.")},
    )
    value = NumberField(
        label=_("Value"), error_messages={"required": _("Write the value that was measured.")}
    )
    is_preliminary = forms.BooleanField(label=_("Preliminary"), required=False)
    is_baseline = forms.BooleanField(
        label=_("This is the baseline, from which it is to change"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        measurement: Measurement | None = None,
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"seen": measurement.version if measurement else 0}
        if measurement:
            initial |= {
                "when": measurement.when,
                "value": written_number(measurement.value, indicator.decimals),
                "is_preliminary": measurement.is_preliminary,
                "is_baseline": measurement.is_baseline,
                "note": measurement.note,
            }
        super().__init__(*args, initial=initial, **kwargs)
        number = self.fields["value"]
        number.unit, number.decimals = indicator.unit, indicator.decimals  # type: ignore[attr-defined]
        if indicator.unit:
            label = _t("Value (%(unit)s)") % {"unit": indicator.unit}
            number.label = label

    @property
    def facts(self) -> MeasurementFacts:
        """The measurement to store."""
        return MeasurementFacts(
            **{name: one for name, one in self.cleaned_data.items() if name != "seen"}
        )


class PasteForm(forms.Form):
    """Measurements as text from a spreadsheet, or as a CSV file."""

    text = forms.CharField(
        label=_("Measurements"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Copy the cells in the spreadsheet and paste them here. Either the periods stand in "
            "the first row and each indicator in a row below, or each row is an indicator, a "
            "period and a value. A star after a number means preliminary."
        ),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,text/csv"}),
    )


class StandingForm(SeenVersionForm):
    """A person's word against the rule."""

    standing = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[("", _("As the rule says")), *Standing.choices],
    )
    reason = words_field(3, label=_("Why?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Against the rule with a reason only."""
        data = super().clean() or {}
        if data.get("standing") and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Write why it stands otherwise than the rule says."))
        return data
