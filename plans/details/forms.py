"""Forms of a plan's place: a plan begun from nothing, and where it stands among the others."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import PlanRole
from kommuneplan.core.forms import mail_field, years_in_order
from kommuneplan.core.models import Body, User
from kommuneplan.timespan.forms import in_reach
from plans.enums import PlanKind
from plans.models import Plan, PlanLead

_KINDS = [(kind.value, capfirst(kind.label)) for kind in PlanKind]
_EARLIEST, _LATEST = 1900, 2200


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=_EARLIEST,
        max_value=_LATEST,
        error_messages={"invalid": _("Write the year with four digits, for example 2027.")},
    )


def _parent(plans: QuerySet[Plan]) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        plans,
        label=_("Stands under"),
        to_field_name="uid",
        required=False,
        empty_label=_("No other plan"),
        help_text=_("For example the framework plan that a sub-strategy follows from."),
    )


class NewPlanForm(forms.Form):
    """A plan begun from nothing. ``uid`` is the plan's from the start, so that a form sent twice
    makes one plan."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write the title of the plan.")},
    )
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=_KINDS)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Responsible body"),
        to_field_name="uid",
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of your bodies.")},
    )
    first_year = _year(_("First year"))
    last_year = _year(_("Last year"))

    def __init__(
        self, *args: Any, bodies: QuerySet[Body], plans: QuerySet[Plan], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        self.fields["parent"] = _parent(plans)
        self.initial.setdefault("uid", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """The years stand in order."""
        super().clean()
        return years_in_order(self)


class PlaceForm(forms.Form):
    """Where a plan stands: its kind, the plan above it, and what it replaces."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=_KINDS)
    replaces = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=_("Replaces"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    replaces_more = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Replaces one more"),
        to_field_name="uid",
        required=False,
        empty_label=_("Choose a plan"),
        help_text=_("When this plan is adopted and published, the other is shown as replaced."),
    )
    replaces_in_words = forms.CharField(
        label=_("Replaces, in words"),
        max_length=300,
        required=False,
        help_text=_("An older plan that is not in this system."),
    )
    field_order = ["seen", "kind", "parent", "replaces", "replaces_more", "replaces_in_words"]

    def __init__(self, *args: Any, plan: Plan, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plans.exclude(pk=plan.pk)
        self.fields["parent"] = _parent(others)
        replaced = list(plan.replaces.order_by("sort_key"))
        self.fields["replaces"].queryset = plan.replaces.order_by("sort_key")
        self.fields["replaces_more"].queryset = others.exclude(pk__in=[p.pk for p in replaced])
        if not replaced:
            del self.fields["replaces"]
            self.fields["replaces_more"].label = _("Replaces")
        self.order_fields(self.field_order)

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        more = self.cleaned_data["replaces_more"]
        kept = list(self.cleaned_data.get("replaces", ()))
        return {
            "kind": self.cleaned_data["kind"],
            "parent": self.cleaned_data["parent"],
            "replaces": [*kept, more] if more else kept,
            "replaces_in_words": self.cleaned_data["replaces_in_words"],
        }


class HeadForm(forms.ModelForm):
    """What stands at the head of a plan: what it is, and the citizen's three questions."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Plan
        fields = [
            "title", "proposal", "still_open", "decided_by", "case_number", "document_number",
            "document_date", "sender_unit", "recipients", "annex_number", "case_worker",
            "first_year", "last_year", "expires_on",
        ]  # fmt: skip
        widgets = {
            "proposal": forms.Textarea({"rows": 4}),
            "still_open": forms.Textarea({"rows": 3}),
            "decided_by": forms.Textarea({"rows": 3}),
            "recipients": forms.Textarea({"rows": 2}),
            "document_date": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "expires_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "title": _("Title"),
            "proposal": _("What is proposed?"),
            "still_open": _("What can still be changed?"),
            "decided_by": _("Who decides, and when?"),
            "case_number": _("Case number"),
            "document_number": _("Document number"),
            "document_date": _("Date of the document"),
            "sender_unit": _("Sender unit"),
            "recipients": _("Recipients"),
            "annex_number": _("Annex number"),
            "case_worker": _("Case worker"),
            "first_year": _("First year"),
            "last_year": _("Last year"),
            "expires_on": _("Expires on"),
        }
        error_messages = {"title": {"required": _("Write the title of the plan.")}}

    def clean(self) -> dict[str, Any]:
        """The years stand in order."""
        super().clean()
        return years_in_order(self)

    @property
    def facts(self) -> dict[str, Any]:
        """Column values to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AppointForm(forms.Form):
    """Who is to do what on a plan, from when."""

    email = mail_field(
        label=_("E-mail"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Of somebody who has an account here."),
        error_messages={"required": _("Write the e-mail address of the person.")},
    )
    role = forms.ChoiceField(label=_("Does"))
    begins = forms.DateField(
        label=_("From"),
        validators=[in_reach],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the day from which the person does it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in PlanRole]
        self.fields["begins"].initial = today

    def clean_email(self) -> User:
        """The person with that address."""
        address = self.cleaned_data["email"].strip().lower()
        person = User.objects.filter(email=address, is_active=True).first()
        if person is None:
            raise ValidationError(
                _(
                    "Nobody here has an account with that address. Check it, or ask an "
                    "administrator to make the account."
                )
            )
        return person


class LeadField(forms.Field):
    """One of a plan's people as pages name it: "uid/lead/2026-01-01"."""

    def __init__(self, *, rows: list[PlanLead]) -> None:
        super().__init__(widget=forms.HiddenInput)
        self.rows = {lead_key(row): row for row in rows}

    def clean(self, value: Any) -> PlanLead:
        """The row; ValidationError when there is none such any more."""
        if value not in self.rows:
            raise ValidationError(_("The person no longer does that. Nothing was changed."))
        return self.rows[value]


def lead_key(row: PlanLead) -> str:
    """What names somebody's part in a plan."""
    return f"{row.user.uid}/{row.role}/{row.begins:%Y-%m-%d}"
