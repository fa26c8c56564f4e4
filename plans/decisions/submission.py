"""What is said when something is put before the bodies; also of the yearly status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import MeetingField, _day
from kommuneplan.core.models import Body
from plans.enums import ItemType, Purpose
from plans.models import Plan

OFFERED = [Purpose.CONSULTATION, Purpose.ADOPTION, Purpose.PROCESS_PLAN, Purpose.DISCUSSION]


def choices_of(enum: Any, members: Any = None) -> list[tuple[str, str]]:
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
        choices=choices_of(Purpose, OFFERED),
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
            choices=choices_of(ItemType),
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
