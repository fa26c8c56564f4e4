"""Forms about who leads and approves a plan, and what an approver says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import PlanRole
from kommuneplan.core.models import User
from kommuneplan.timespan.forms import in_reach
from plans.models import PlanLead


class ApprovalForm(forms.Form):
    """Approved, or sent back with a reason. ``seen`` is the digest of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("What you want to say"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed when you send the plan back: what is to be changed."),
    )

    def __init__(self, *args: Any, sends_back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sends_back = sends_back

    def clean_words(self) -> str:
        """A reason, when the plan is sent back."""
        words = self.cleaned_data["words"].strip()
        if self.sends_back and not words:
            raise ValidationError(_("Write what is to be changed before you send the plan back."))
        return words


class AppointForm(forms.Form):
    """Who is to do what on a plan, from when."""

    email = forms.EmailField(
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
