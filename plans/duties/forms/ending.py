"""The form of a decision on the end of a plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.forms import SeenVersionForm, day_field, words_field
from kommuneplan.core.models import Body
from plans.models import Plan
from plans.models.duties import EndChoice

from .duties import link_field


class EndForm(SeenVersionForm):
    """A body has decided that the plan holds longer, or that it expires."""

    FACTS = ("body", "decided_on", "reason", "protocol", "is_closed")

    choice = forms.ChoiceField(
        label=_("What was decided?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )
    until = day_field(
        label=_("Extended to and including"),
        required=False,
        help_text=_("Only where the plan is extended."),
    )
    body = forms.ModelChoiceField(
        Body.objects.all(),
        label=_("Decided by"),
        to_field_name="uid",
        error_messages={"required": _("Choose the body that decided it.")},
    )
    decided_on = day_field(
        label=_("Decided on"),
        error_messages={"required": _("Write the day of the decision.")},
    )
    reason = words_field(
        3,
        label=_("Reason"),
        help_text=_("Everybody reads it on the page of the plan, unless the item was closed."),
        error_messages={"required": _("Write the reason.")},
    )
    protocol = link_field(label=_("Link to the protocol"))
    is_closed = forms.BooleanField(
        label=_("Closed item"),
        required=False,
        help_text=_("Then nothing but the day is told to everybody."),
    )

    def __init__(self, *args: Any, plan: Plan, end: dt.date | None, **kwargs: Any) -> None:
        initial = {"seen": plan.version, "body": plan.body.uid, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.end = end
        choices = [(EndChoice.EXTEND.value, _("The plan is extended"))]
        if end is not None:
            choices.append((EndChoice.EXPIRE.value, _("The plan expires as it stands")))
        self.fields["choice"].choices = choices

    def clean(self) -> dict[str, Any]:
        """A longer period has a later end; a decision lies behind."""
        data = super().clean() or {}
        until, decided = data.get("until"), data.get("decided_on")
        if data.get("choice") == EndChoice.EXTEND and "until" not in self.errors:
            if until is None:
                self.add_error("until", _t("Write the new last day."))
            elif self.end is not None and until <= self.end:
                self.add_error("until", _t("The new last day has to be later than the present."))
        if decided and decided > today():
            self.add_error("decided_on", _t("The day is to come. Record what has been decided."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.FACTS}
