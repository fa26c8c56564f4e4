"""The form of a step of money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.forms import (
    PastMeetingField,
    SeenVersionForm,
    words_field,
    year_field,
    years_in_order,
)
from kommuneplan.core.models import Body
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.timespan.forms import TimeSpanField
from plans.agenda.choice import ItemField, items_of_plan
from plans.enums import BudgetState, MilestoneKind
from plans.models import BudgetStep, Milestone, Plan
from plans.models.budget import MOST_KRONER

from .amounts import NotAnAmount, kroner_words, read_kroner


class KronerField(forms.CharField):
    """An amount as people write it: "4.000.000", "4 mio. kr."; ``clean`` gives whole kroner."""

    def prepare_value(self, value: Any) -> Any:
        """A stored amount as it is said."""
        return kroner_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole kroner, or None where nothing was written."""
        words = super().clean(value)
        if not words:
            return None
        try:
            kroner = read_kroner(words)
        except NotAnAmount:
            raise forms.ValidationError(
                _("Write whole kroner, for example “4.000.000” or “4 mio. kr.”")
            ) from None
        if abs(kroner) > MOST_KRONER:
            raise forms.ValidationError(_("So much money there is not. Look at the noughts."))
        return kroner


class StepField(forms.ModelChoiceField):
    """An earlier step of the plan's money."""

    def label_from_instance(self, obj: BudgetStep) -> str:
        """ "Afsat: Ny psykiatriplan, 4.000.000 kr." """
        amount = f", {kroner_words(obj.amount)}" if obj.amount is not None else ""
        return f"{capfirst(obj.get_state_display())}: {obj.title}{amount}"


class BudgetStepForm(SeenVersionForm):
    """What becomes of some money of a plan."""

    NAMES = (
        "title", "state", "amount", "first_year", "last_year", "source", "follows", "milestone",
        "body", "meeting", "item", "words", "is_public",
    )  # fmt: skip

    title = forms.CharField(
        label=_("What is the money for?"),
        max_length=300,
        error_messages={"required": _("Write what the money is for.")},
    )
    state = forms.ChoiceField(
        label=_("Which step is it?"),
        choices=[(value, capfirst(label)) for value, label in BudgetState.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which step it is.")},
    )
    amount = KronerField(
        label=_("Amount"),
        required=False,
        max_length=40,
        help_text=_(
            "Whole kroner, for all its budget years together: “4.000.000” or “4 mio. kr.” Empty: "
            "the amount is not known."
        ),
    )
    first_year = year_field(label=_("Budget year"))
    last_year = year_field(label=_("To and including the budget year"))
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("For example “budgetaftale for budget 2008” or “satspulje, pulje 19M”."),
    )
    follows = StepField(
        BudgetStep.objects.none(),
        label=_("Goes on from the step"),
        to_field_name="uid",
        required=False,
        empty_label=_("None: it is the first step of this money"),
    )
    when = TimeSpanField(
        label=_("When?"),
        required=False,
        undated=True,
        help_text=_("Only where neither a meeting nor a milestone says it."),
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label=_("Milestone"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
        help_text=_("Milestones of the kind budget in the process plan."),
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Decided by"),
        to_field_name="uid",
        required=False,
        empty_label=_("Not said"),
    )
    meeting = PastMeetingField(
        label=_("At the meeting"), empty_label=_("Not at one of these meetings")
    )
    item = ItemField(
        label=_("Treated under the item"),
        help_text=_("Of a closed item nothing is ever published, whatever is marked below."),
    )
    words = words_field(4, label=_("In words"), required=False)
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_(
            "Everybody reads it at once on the plan's public page. Without the mark only those who "
            "work with the plan know of it."
        ),
    )

    def __init__(
        self, *args: Any, plan: Plan, step: BudgetStep | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_as_typed(step), **kwargs)
        others = plan.budget_steps.exclude(pk=step.pk if step else None)
        self.fields["follows"].queryset = others.order_by("position", "pk")
        kept = step.milestone_id if step else None
        budget = Milestone.objects.filter(cycle__plan=plan, kind=MilestoneKind.BUDGET)
        kept_too = Milestone.objects.filter(pk=kept)
        self.fields["milestone"].queryset = (budget | kept_too).order_by("sort_begin", "pk")
        political = [kind for kind in BodyKind if kind.is_political]
        bodies = Body.objects.filter(kind__in=political)
        if step and step.body_id:
            bodies = bodies | Body.objects.filter(pk=step.body_id)
        self.fields["body"].queryset = bodies
        self.fields["meeting"].of_bodies(bodies, also=step.meeting if step else None)
        kept_item = step.item.uid if step and step.item else None
        self.fields["item"].offer(items_of_plan(plan, kept_item))
        if not self.fields["item"].has_items:
            del self.fields["item"]
        self.fields["when"].year_parts = year_parts()
        self.fields["when"].year = today().year

    def clean(self) -> dict[str, Any]:
        """The years are in order; a meeting is of the body that decides."""
        super().clean()
        data = years_in_order(self)
        if data.get("last_year") and not data.get("first_year"):
            self.add_error("first_year", _("Write the first of the years as well."))
        item = data.get("item")
        if item is not None:
            data["meeting"] = data.get("meeting") or item.meeting
        meeting = data.get("meeting")
        if meeting is not None:
            data["body"] = data.get("body") or meeting.body
            if data["body"] != meeting.body:
                self.add_error(
                    "meeting", _("This is a meeting of another body. Correct one of them.")
                )
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        data = self.cleaned_data
        facts = {name: data.get(name) for name in self.NAMES}
        return {**facts, "when": data["when"].span, "written": data["when"].written}


def _as_typed(step: BudgetStep | None) -> dict[str, Any]:
    """A stored step as its form shows it."""
    if step is None:
        return {"seen": 0}
    names = ("title", "state", "amount", "first_year", "last_year", "source", "words", "is_public")
    links = ("follows", "milestone", "body", "meeting", "item")
    return {
        **{name: getattr(step, name) for name in names},
        **{name: getattr(getattr(step, name), "uid", None) for name in links},
        "seen": step.version,
        "when": step.when or step.written,
    }
