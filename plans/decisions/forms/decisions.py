"""Forms of a plan's life: put before the bodies, what they decided, given up, revised, repealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.forms import MeetingField, ReasonForm, _day, _text
from kommuneplan.core.models import Body
from plans.enums import ItemType, Outcome, Purpose
from plans.models import Plan

OFFERED = [Purpose.CONSULTATION, Purpose.ADOPTION, Purpose.PROCESS_PLAN, Purpose.DISCUSSION]


def _choices(enum: Any, members: Any = None) -> list[tuple[str, str]]:
    """The members of an enumeration as choices begin: with a capital."""
    return [(member.value, capfirst(member.label)) for member in members or enum]


class SubmitForm(forms.Form):
    """What is put before which bodies, at which meetings."""

    plans = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=_("Plans"),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One decision may cover several plans: a framework and its sub-strategies."),
        error_messages={"required": _("Choose at least one plan.")},
    )
    purpose = forms.ChoiceField(
        label=_("What are the bodies asked to do?"),
        choices=_choices(Purpose, OFFERED),
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title of the agenda item"),
        max_length=300,
        error_messages={"required": _("Write the title of the agenda item.")},
    )
    treated = forms.BooleanField(
        label=_("The bodies have already treated the matter"),
        required=False,
        help_text=_(
            "Then it is only written down here, also if something is missing. "
            "You record the outcome afterwards."
        ),
    )

    def __init__(
        self, *args: Any, plans: Sequence[Plan], bodies: Sequence[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plans"].queryset = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        if len(plans) == 1:
            self.fields["plans"].help_text = ""
        self.bodies = list(bodies)
        for number, body in enumerate(self.bodies):
            self._add_body(number, body)

    def _add_body(self, number: int, body: Body) -> None:
        label = _t("Treated by %(body)s") % {"body": body.name}
        self.fields[f"take_{number}"] = forms.BooleanField(label=label, required=False)
        meeting = self.fields[f"meeting_{number}"] = MeetingField(label=_("Meeting"))
        meeting.of(body)
        self.fields[f"date_{number}"] = _day(
            label=_("Day of the meeting, if it is not in the list"), required=False
        )
        self.fields[f"item_{number}"] = forms.ChoiceField(
            label=_("Type of item"),
            choices=_choices(ItemType),
            initial=ItemType.DECISION,
            required=False,
        )

    @property
    def rows(self) -> list[tuple[Body, list[Any]]]:
        """The fields of each body, in the order of the chain."""
        names = ("take", "meeting", "date", "item")
        return [
            (body, [self[f"{name}_{number}"] for name in names])
            for number, body in enumerate(self.bodies)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one body; a day that is no meeting in the list becomes one."""
        cleaned = super().clean()
        self.chain = []
        for number, body in enumerate(self.bodies):
            if cleaned.get(f"take_{number}"):
                item = cleaned.get(f"item_{number}") or ItemType.DECISION
                self.chain.append(
                    (body, cleaned.get(f"meeting_{number}"), cleaned.get(f"date_{number}"), item)
                )
        if not self.chain:
            self.add_error(None, _t("Choose at least one body that is to treat the matter."))
        return cleaned


class OutcomeForm(forms.Form):
    """What a body decided, after its protocol."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=_choices(Outcome),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the body decided.")},
    )
    decided_on = _day(
        label=_("Decided on"), error_messages={"required": _("Write the day of the decision.")}
    )
    amended = forms.BooleanField(
        label=_("The amendments are already written into the plan"),
        required=False,
        help_text=_(
            "Only for “approved with amendments”: the plan is then frozen as it is now. "
            "Otherwise write them in first; the matter waits for it."
        ),
    )
    meeting = MeetingField(
        label=_("Treated again at the meeting"), help_text=_("Only for “postponed”.")
    )
    wording = _text(4, label=_("Extract of the protocol"), required=False)
    votes = forms.CharField(
        label=_("Votes"),
        max_length=200,
        required=False,
        help_text=_("If there was a vote: “7 for, 2 against”."),
    )
    dissent = _text(
        2,
        label=_("Dissent"),
        required=False,
        help_text=_("What somebody demanded to have entered in the protocol at the meeting."),
    )
    protocol = forms.URLField(
        label=_("Link to the protocol"),
        required=False,
        assume_scheme="https",
        help_text=_("The protocol is authoritative; what stands here is an extract."),
    )
    reason = _text(
        2,
        label=_("Why is the outcome corrected?"),
        help_text=_("What was recorded first stays in the history."),
        error_messages={"required": _("Write why the outcome is corrected.")},
    )

    def __init__(self, *args: Any, body: Body, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].of(body)
        if not correcting:
            del self.fields["reason"]

    def clean_decided_on(self) -> dt.date:
        """Nothing is decided before its day."""
        day = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError(
                _t("The day lies in the future. Record the outcome when the body has met.")
            )
        return day


class RepealForm(ReasonForm):
    """From which day a plan no longer applies, and why."""

    on = _day(
        label=_("Repealed from"),
        error_messages={"required": _("Write the day from which the plan no longer applies.")},
    )
    field_order = ["on", "reason"]
