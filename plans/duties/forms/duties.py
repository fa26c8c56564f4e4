"""The forms about a duty and its turns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.forms import PersonField, SeenVersionForm, day_field, words_field
from kommuneplan.core.models import User
from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.words import DANISH
from plans.enums import CycleState, MilestoneKind, MilestoneState, StatusState
from plans.models import Duty, Evaluation, Milestone, Plan, YearlyStatus
from plans.models.duties import DutyKind, DutyRule
from plans.permissions import who_may_see_to

DUTY_KINDS = [(value, capfirst(label)) for value, label in DutyKind.choices]
LINK = _("Write a whole address, with https:// at the beginning.")


def link_field(**more: Any) -> forms.URLField:
    """The address of a document somewhere else."""
    return forms.URLField(
        max_length=1000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": LINK},
        **more,
    )


def _number(least: int, most: int, wrong: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


class MilestoneField(forms.ModelChoiceField):
    """A milestone of the plan, by its title."""

    def label_from_instance(self, obj: Milestone) -> str:
        """The title, and when it is."""
        span = obj.takes_place
        written = obj.written or (span.written if span else "")
        return f"{obj.title} ({written})" if written else obj.title


def milestone_field(plan: Plan, kept: Milestone | None = None) -> MilestoneField:
    """The milestones of the plan that a duty or an evaluation can be: evaluations first."""
    rows = Milestone.objects.filter(cycle__plan=plan).exclude(state=MilestoneState.CANCELLED)
    fits = rows.filter(kind__in=[MilestoneKind.EVALUATION, MilestoneKind.STATUS])
    return MilestoneField(
        (fits | Milestone.objects.filter(pk=kept.pk) if kept else fits).select_related("meeting"),
        label=_("Milestone of the process plan"),
        required=False,
        to_field_name="uid",
        empty_label=_("None"),
        help_text=_("The date is then the milestone's, and moves with it."),
    )


class DutyForm(SeenVersionForm):
    """A duty: what, to whom, when, and who."""

    NAMES = (
        "kind", "title", "details", "recipients", "source", "rule", "month", "day", "months",
        "milestone", "begins", "ends", "unit", "person", "notice_days", "is_public",
    )  # fmt: skip

    kind = forms.ChoiceField(label=_("What sort of duty is it?"), choices=DUTY_KINDS)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the duty is called.")},
    )
    details = words_field(3, label=_("What it is about"), required=False)
    recipients = forms.CharField(
        label=_("To whom"),
        max_length=300,
        required=False,
        help_text=_("For example the committee, or a ministry. May be empty."),
    )
    source = forms.CharField(
        label=_("Where it is said"),
        max_length=300,
        required=False,
        help_text=_("A document, a case number, a decision."),
    )
    rule = forms.ChoiceField(
        label=_("When is it due?"),
        choices=[
            (DutyRule.YEARLY, _("Once a year")),
            (DutyRule.AFTER_ADOPTION, _("Some months after the adoption of the plan")),
            (DutyRule.ONCE, _("Once")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when it is due.")},
    )
    month = forms.TypedChoiceField(
        label=_("Every year: month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Some time in the year")),
            *((number, capfirst(name)) for number, name in enumerate(DANISH.months, start=1)),
        ],
    )
    day = _number(
        1,
        31,
        _("Write a day between 1 and 31."),
        label=_("Every year: no later than day"),
        help_text=_("Empty: some time in the month. 31 is the last day of any month."),
    )
    months = _number(
        1,
        240,
        _("Write a number of months between 1 and 240."),
        label=_("Months after the adoption"),
    )
    when = TimeSpanField(label=_("Once: when"), required=False)
    begins = day_field(
        label=_("Holds from"),
        required=False,
        help_text=_("Empty: from the adoption of the plan."),
    )
    ends = day_field(label=_("Holds until"), required=False)
    unit = forms.CharField(
        label=_("Unit or role"),
        max_length=200,
        required=False,
        help_text=_("Who has the task, for example an office."),
    )
    person = PersonField(
        User.objects.none(),
        label=_("Who sees to it"),
        required=False,
        to_field_name="uid",
        empty_label=_("Not decided yet"),
        help_text=_("Is told before it is due. Without anybody, those who lead the plan are."),
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        min_value=0,
        max_value=366,
        initial=60,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write a number of days between 0 and 366."),
        ),
    )
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("Then it stands in the year wheel that everybody reads."),
    )

    def __init__(self, *args: Any, plan: Plan, duty: Duty | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"rule": DutyRule.YEARLY, "seen": 0}
        if plan.last_cycle and plan.last_cycle.state == CycleState.ADOPTED:
            initial["begins"] = today()  # what lies before it was written down is not late
        if duty is not None:
            initial = {name: getattr(duty, name) for name in self.NAMES}
            initial |= {"when": duty.when, "seen": duty.version}
            initial["person"] = duty.person.uid if duty.person else None
            initial["milestone"] = duty.milestone.uid if duty.milestone else None
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["person"].queryset = who_may_see_to(plan, duty and duty.person_id)
        self.fields["milestone"] = milestone_field(plan, duty.milestone if duty else None)

    def clean(self) -> dict[str, Any]:
        """The rule has what it needs; what another rule needs is left out."""
        data = super().clean() or {}
        rule = data.get("rule")
        if rule == DutyRule.AFTER_ADOPTION and not data.get("months"):
            self._once_at("months", _t("Write how many months after the adoption."))
        if rule == DutyRule.YEARLY and data.get("day") and not data.get("month"):
            self._once_at("month", _t("Choose the month that the day belongs to."))
        if rule == DutyRule.ONCE and not data.get("when") and not data.get("milestone"):
            self._once_at("when", _t("Write when, or choose the milestone that says it."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _t("The last day is before the first. Correct one of them."))
        return data

    def _once_at(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store; only those that belong to the rule."""
        data = self.cleaned_data
        facts = {name: data.get(name) for name in self.NAMES}
        rule, own = data["rule"], data.get("when")
        if rule != DutyRule.YEARLY:
            facts |= {"month": None, "day": None}
        if rule != DutyRule.AFTER_ADOPTION:
            facts["months"] = None
        is_own = rule == DutyRule.ONCE and not facts["milestone"]
        if rule != DutyRule.ONCE:
            facts["milestone"] = None
        return {**facts, "when": own.span if own and is_own else None}


class FulfilForm(forms.Form):
    """A turn is done: when, and by what."""

    occurrence = forms.CharField(widget=forms.HiddenInput, max_length=20)
    done_on = day_field(
        label=_("Done on"),
        error_messages={"required": _("Write the day on which it was done.")},
    )
    status = forms.ModelChoiceField(
        YearlyStatus.objects.none(),
        label=_("By a yearly status"),
        required=False,
        to_field_name="uid",
        empty_label=_("None"),
    )
    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(),
        label=_("By an evaluation"),
        required=False,
        to_field_name="uid",
        empty_label=_("None"),
    )
    words = words_field(
        3,
        label=_("By what, in words"),
        required=False,
        help_text=_("For example “Status report sent to the ministry”."),
    )
    link = link_field(label=_("Link to it"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed = plan.yearly_statuses.filter(state=StatusState.CLOSED)
        self.fields["status"].queryset = closed.select_related("plan")
        self.fields["evaluation"].queryset = plan.evaluations.all()

    def clean(self) -> dict[str, Any]:
        """It says by what; and what is done is not to come."""
        data = super().clean() or {}
        by = ("status", "evaluation", "words", "link")
        if not any(data.get(name) for name in by) and not set(by) & self.errors.keys():
            self.add_error("words", _t("Say by what the duty was fulfilled."))
        done = data.get("done_on")
        if done and done > today():
            self.add_error("done_on", _t("The day is to come. Write it once it is done."))
        return data


class SkipForm(forms.Form):
    """A turn is left out, for a reason."""

    occurrence = forms.CharField(widget=forms.HiddenInput, max_length=20)
    reason = words_field(
        3, label=_("Why is it left out?"), error_messages={"required": _("Write why.")}
    )


class RetireForm(SeenVersionForm):
    """A duty is taken out, for a reason."""

    reason = words_field(3, label=_("Why?"), error_messages={"required": _("Write why.")})
