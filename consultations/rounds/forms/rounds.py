"""Forms of a round: what it is over, for whom and until when; its questions; what happens to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations import deadlines
from consultations.enums import MembersSee, PublishWhen
from consultations.models import Round
from kommuneplan.clock import today
from kommuneplan.core.forms import SeenVersionForm, day_field, words_field
from kommuneplan.timespan.phrase import phrase
from plans.models import Milestone, PlanVersion

PUBLIC, PARTIES, INTERNAL = "public", "parties", "internal"
NOW = "nu"
NEW = "ny"
_AUDIENCES = [
    (PUBLIC, _("Everybody, and the parties on the list")),
    (PARTIES, _("Only the parties on the list")),
    (INTERNAL, _("Only other administrations and MED (internal consultation)")),
]


class TextForm(forms.Form):
    """What may be said otherwise of a round as long as it is not withdrawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write the title of the consultation.")},
    )
    introduction = words_field(
        4,
        label=_("What is it about, in plain words?"),
        required=False,
        help_text=_("Two or three sentences for every reader. They stand in the invitation too."),
    )
    open_list = forms.BooleanField(
        label=_("The list of parties is open (“among others”)"),
        required=False,
        help_text=_("The letter then says that others may answer too."),
    )
    members_see = forms.ChoiceField(
        label=_("The members of the bodies read the responses"),
        choices=[(one.value, capfirst(one.label)) for one in MembersSee],
        initial=MembersSee.DEADLINE,
        widget=forms.RadioSelect,
    )

    @property
    def facts(self) -> dict[str, Any]:
        """Column values to store."""
        names = ("title", "introduction", "open_list", "members_see")
        return {name: self.cleaned_data[name] for name in names}


class RoundForm(TextForm):
    """A round that is being prepared."""

    frozen = forms.ChoiceField(
        label=_("Over which version?"),
        error_messages={"required": _("Choose the version that is to be answered.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may answer?"), choices=_AUDIENCES, initial=PUBLIC, widget=forms.RadioSelect
    )
    first_day = day_field(
        label=_("First day"), required=False, help_text=_("It opens when this day begins.")
    )
    last_day = day_field(
        label=_("Last day"),
        required=False,
        help_text=_("Up to and including this day: it closes at midnight after it."),
    )
    milestone = forms.ChoiceField(
        label=_("Which consultation of the process plan is it?"),
        required=False,
        help_text=_(
            "The step in the process plan has the dates of the consultation from the moment it is "
            "opened. An internal consultation is no step of the process plan."
        ),
        error_messages={
            "invalid_choice": _("The step is no longer a consultation of the plan. Choose another.")
        },
    )
    publish_when = forms.ChoiceField(
        label=_("Responses that are looked through are published"),
        choices=[(one.value, capfirst(one.label)) for one in PublishWhen],
        initial=PublishWhen.DEADLINE,
        widget=forms.RadioSelect,
    )
    because = words_field(
        3,
        label=_("Why is the plan sent out for consultation again?"),
        help_text=_("Those who are consulted read it."),
        error_messages={"required": _("Write why the plan is sent out again.")},
    )
    field_order = [
        "seen", "because", "frozen", "title", "introduction", "audience", "open_list",
        "milestone", "first_day", "last_day", "publish_when", "members_see",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        versions: Sequence[PlanVersion],
        milestones: Sequence[Milestone] = (),
        renewal: bool = False,
        is_running: bool = False,
        **kwargs: Any,
    ) -> None:
        """``is_running``: the plan is being worked on, so that it can be frozen as it is now and
        its process plan can get another step."""
        super().__init__(*args, **kwargs)
        steps = [(str(row.uid), _step_words(row)) for row in milestones]
        if is_running:
            steps.append((NEW, _t("A new step, made when the consultation is opened")))
        self.fields["milestone"].choices = steps
        self.fields["milestone"].unmarked = True  # one is always chosen
        if not steps:
            del self.fields["milestone"]
        self.versions = {str(one.uid): one for one in versions}
        choices = [(uid, one.details) for uid, one in self.versions.items()]
        if is_running:
            choices.append((NOW, _t("The plan as it is now (frozen when you save)")))
        self.fields["frozen"].choices = choices
        if not renewal:
            del self.fields["because"]

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _t("The last day lies before the first."))
        if cleaned.get("frozen") == NOW and cleaned.get("audience") != INTERNAL:
            self.add_error(
                "frozen",
                _t(
                    "Only an internal consultation can be about the plan as it is now. Choose a "
                    "version, or let the consultation be internal."
                ),
            )
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Column values to store."""
        data = self.cleaned_data
        return {
            **super().facts,
            **self._milestone,
            "frozen": self.versions.get(data["frozen"]),
            "is_public": data["audience"] == PUBLIC,
            "is_internal": data["audience"] == INTERNAL,
            "opens_at": data["first_day"] and deadlines.begins(data["first_day"]),
            "closes_at": data["last_day"] and deadlines.ends(data["last_day"]),
            "publish_when": data["publish_when"],
        }

    @property
    def _milestone(self) -> dict[str, Any]:
        """Nothing where nothing is chosen."""
        if self.cleaned_data["audience"] == INTERNAL:
            return {"milestone_uid": None}
        chosen = self.cleaned_data.get("milestone")
        if not chosen:
            return {}
        return {"milestone_uid": uuid4() if chosen == NEW else UUID(chosen)}


def _step_words(row: Milestone) -> str:
    span = row.takes_place
    when = phrase(span) if span else row.written
    return f"{row.title}: {when}" if when else row.title


def as_typed(round: Round) -> dict[str, Any]:
    """What a form shows of a round that is there."""
    audience = PUBLIC if round.is_public else INTERNAL if round.is_internal else PARTIES
    return {
        "seen": round.version,
        "title": round.title,
        "introduction": round.introduction,
        "open_list": round.open_list,
        "members_see": round.members_see,
        "frozen": round.frozen.uid,
        "audience": audience,
        "first_day": round.first_day,
        "last_day": round.last_day,
        "publish_when": round.publish_when,
    }


class EventForm(SeenVersionForm):
    """A step that needs a reason, which is told to everybody."""

    reason = words_field(
        4,
        label=_("Reason"),
        help_text=_("Everybody who is told reads it."),
        error_messages={"required": _("Write the reason.")},
    )


class CorrectionForm(EventForm):
    """A correction sheet, in words and perhaps as a file."""

    reason = words_field(
        6,
        label=_("What is corrected?"),
        help_text=_("Write what stood there, and what it should say."),
        error_messages={"required": _("Write what is corrected.")},
    )
    file = forms.FileField(
        label=_("Correction sheet as a file"),
        required=False,
        help_text=_("It goes to the materials of the consultation."),
    )
    looked = forms.BooleanField(
        label=_("I have looked: it may be sent out and published"), required=False
    )

    def __init__(self, *args: Any, found: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found:
            self.fields["looked"].widget = forms.HiddenInput()


class ExtendForm(EventForm):
    """More time, for everybody or for one party."""

    last_day = day_field(
        label=_("New last day"),
        help_text=_("Up to and including this day."),
        error_messages={"required": _("Choose the new last day.")},
    )
    party = forms.ChoiceField(label=_("For whom?"), required=False)
    field_order = ["seen", "party", "last_day", "reason"]

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", _t("Everybody")), *parties]
        if not parties:
            self.fields["party"].widget = forms.HiddenInput()

    def clean_last_day(self) -> dt.date:
        """Not in the past."""
        day = self.cleaned_data["last_day"]
        if day < today():
            raise forms.ValidationError(_t("The day is past. Choose today or a later day."))
        return day


class CloseRoundForm(EventForm):
    """An end that is sooner than was told."""

    last_day = day_field(
        label=_("New last day"),
        required=False,
        help_text=_("Up to and including this day. Empty: it closes at once."),
    )
    field_order = ["seen", "last_day", "reason"]

    def clean_last_day(self) -> dt.date | None:
        """Not in the past."""
        day = self.cleaned_data["last_day"]
        if day is not None and day < today():
            raise forms.ValidationError(_t("The day is past. Choose today or a later day."))
        return day


class QuestionForm(SeenVersionForm):
    """A question to everybody who answers."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Question"),
        max_length=500,
        error_messages={"required": _("Write the question.")},
    )
    help = words_field(
        2, label=_("Explanation"), required=False, help_text=_("Stands below the question.")
    )
