"""Forms of a plan's life: put before the bodies, what they decided, given up, revised, repealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import (
    DecidedOnMixin,
    MeetingField,
    ReasonForm,
    _day,
    _text,
    why_moved_field,
)
from kommuneplan.core.models import Body
from plans.enums import Outcome
from plans.models import Milestone, Treatment

from ..submission import choices_of


class OutcomeForm(DecidedOnMixin, forms.Form):
    """What a body decided, after its protocol."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=choices_of(Outcome),
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
    wording = _text(
        4,
        label=_("Extract of the protocol"),
        required=False,
        help_text=_(
            "Everybody reads it as soon as the plan is decided; at once where the agenda of the "
            "meeting is sent out."
        ),
    )
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
        max_length=Treatment._meta.get_field("protocol").max_length,
        required=False,
        assume_scheme="https",
        help_text=_("The protocol is authoritative; what stands here is an extract."),
    )
    is_closed = forms.BooleanField(
        label=_("It was a closed item"),
        required=False,
        help_text=_(
            "Then neither the extract nor the link is shown to the public, only what the plan is "
            "from now on."
        ),
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


class RepealForm(ReasonForm):
    """From which day a plan no longer applies, and why."""

    on = _day(
        label=_("Repealed from"),
        error_messages={"required": _("Write the day from which the plan no longer applies.")},
    )
    field_order = ["on", "reason"]


class RescheduleForm(forms.Form):
    """At which meeting a body is to treat a matter."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    meeting = MeetingField(label=_("Meeting"))
    date = _day(label=_("Day of the meeting, if it is not in the list"), required=False)

    along = forms.ModelMultipleChoiceField(
        Milestone.objects.none(),
        label=_("These milestones go along"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are the meeting in the process plan."),
    )
    reason = why_moved_field()

    def __init__(
        self, *args: Any, body: Body, along: list[Milestone], published: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].of(body)
        self.fields["along"].queryset = Milestone.objects.filter(pk__in=[one.pk for one in along])
        self.fields["along"].initial = [one.uid for one in along]
        if not along:
            del self.fields["along"]
        if not published:
            del self.fields["reason"]
