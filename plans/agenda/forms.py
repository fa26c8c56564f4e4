"""Forms of an agenda: an item in one line, what it is, what is recommended, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.forms import DecidedOnMixin, SeenVersionForm, day_field, words_field
from kommuneplan.core.models import Body, Membership, User
from kommuneplan.core.models.body import POLITICAL
from plans.enums import InsightAnswer, ItemType, Outcome, RecusalReason
from plans.models import AgendaItem, AtClause, Plan, PlanVersion

from .actions.writing import clauses_in

_LONGEST = AgendaItem._meta.get_field("own_title").max_length
_MOST = 30
"""Clauses of one recommendation."""


def _choices(enum: Any) -> list[tuple[str, str]]:
    return [(one.value, capfirst(one.label)) for one in enum]


class PlanField(forms.ModelChoiceField):
    """A plan the person works with."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("empty_label", _("No plan"))
        super().__init__(Plan.objects.none(), to_field_name="uid", required=False, **more)

    def label_from_instance(self, obj: Plan) -> str:
        return obj.title


class _OwnItem(forms.Form):
    title = forms.CharField(
        label=_("Item"),
        max_length=_LONGEST,
        error_messages={"required": _("Write what the item is called.")},
    )
    item_type = forms.ChoiceField(label=_("Type of item"), choices=_choices(ItemType))
    plan = PlanField(label=_("Plan"))
    is_closed = forms.BooleanField(label=_("Closed item"), required=False)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans


class NewItemForm(_OwnItem):
    """An item in one line."""


class ItemForm(SeenVersionForm, _OwnItem):
    """What an item is. Of an item of a matter the title, the sort and the plan are the matter's."""

    closed_reason = forms.CharField(
        label=_("Why it is closed"),
        max_length=AgendaItem._meta.get_field("closed_reason").max_length,
        required=False,
        help_text=_("Kommunestyrelsesloven § 10: for the house, never published."),
    )
    label = forms.CharField(
        label=_("Number on the agenda"),
        max_length=AgendaItem._meta.get_field("label").max_length,
        required=False,
        help_text=_("As it stands there: “12” or “C”."),
    )
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=AgendaItem._meta.get_field("case_number").max_length,
        required=False,
    )
    summary = words_field(
        3,
        label=_("What it is about"),
        required=False,
        help_text=_(
            "Everybody may read it once the agenda is sent out, unless the item is closed."
        ),
    )
    papers_on = day_field(label=_("The papers came in on"), required=False)

    field_order = [
        "seen", "title", "item_type", "plan", "label", "case_number", "summary", "papers_on",
        "is_closed", "closed_reason",
    ]  # fmt: skip

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_closed"].help_text = _(
            "Kommunestyrelsesloven § 10. Then nobody outside reads a word of it, not even its "
            "title."
        )
        if item.treatment_id is not None:
            for name in ("title", "item_type", "plan"):
                del self.fields[name]


class RecommendationForm(SeenVersionForm):
    """Who recommends what."""

    sender = forms.CharField(
        label=_("Who recommends"),
        max_length=AgendaItem._meta.get_field("sender").max_length,
        required=False,
        help_text=_("As the paper says it: “Socialforvaltningen”."),
    )
    clauses = words_field(
        8,
        label=_("The recommendation"),
        required=False,
        max_length=20_000,
        help_text=_(
            "One clause a line, each beginning with “at”. They are numbered by themselves."
        ),
    )

    def clean_clauses(self) -> list[str]:
        """The clauses in order."""
        found = clauses_in(self.cleaned_data["clauses"])
        if len(found) > _MOST:
            raise forms.ValidationError(
                _t("There are %(n)s lines; a recommendation has at most %(most)s clauses.")
                % {"n": len(found), "most": _MOST}
            )
        return found


class MinutesForm(DecidedOnMixin, forms.Form):
    """What a body did with an item that is no matter."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=_choices(Outcome),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the body decided.")},
    )
    decided_on = day_field(
        label=_("Decided on"), error_messages={"required": _("Write the day of the decision.")}
    )
    wording = words_field(
        4,
        label=_("Extract of the protocol"),
        required=False,
        help_text=_("Everybody may read it, unless the item is closed."),
    )
    votes = forms.CharField(
        label=_("Votes"),
        max_length=200,
        required=False,
        help_text=_("If there was a vote: “7 for, 2 against”."),
    )
    dissent = words_field(
        2,
        label=_("Dissent"),
        required=False,
        help_text=_("What somebody demanded to have entered in the protocol at the meeting."),
    )
    protocol = forms.URLField(
        label=_("Link to the protocol"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=_("The protocol is authoritative; what stands here is an extract."),
    )
    reason = words_field(
        2,
        label=_("Why is the outcome corrected?"),
        help_text=_("What was recorded first stays in the history."),
        error_messages={"required": _("Write why the outcome is corrected.")},
    )

    def __init__(self, *args: Any, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["reason"]


class ClauseForm(forms.Form):
    """What a body did with one clause, where that is another thing than with the whole."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("As the whole item")), *_choices(Outcome)],
        required=False,
    )
    wording = words_field(2, label=_("Extract of the protocol"), required=False)

    def __init__(self, *args: Any, clause: AtClause, **kwargs: Any) -> None:
        initial = {"outcome": clause.outcome, "wording": clause.wording}
        super().__init__(*args, prefix=f"at-{clause.number}", initial=initial, **kwargs)
        self.clause = clause


class ProtocolForm(forms.Form):
    """Where the protocol of the whole meeting lies."""

    protocol = forms.URLField(
        label=_("Link to the protocol of the meeting"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=_("The protocol is authoritative; what stands here is an extract."),
    )


class ItemRecusalForm(forms.Form):
    """Who is inhabil, and why."""

    member = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Member"),
        empty_label=_("Choose a member"),
        error_messages={"required": _("Choose the member who is inhabil.")},
    )
    reason = forms.ChoiceField(
        label=_("Ground in section 3(1) of the Public Administration Act"),
        choices=_choices(RecusalReason),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground.")},
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.held(on=today()).filter(role=Role.MEMBER, body=body)
        field = self.fields["member"]
        field.queryset = User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")
        field.label_from_instance = lambda one: one.name or one.email


class InsightForm(forms.Form):
    """What a member of the council asks to see."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Whose matter is it?"),
        to_field_name="slug",
        empty_label=_("Choose a body"),
        error_messages={"required": _("Choose whose matter it is.")},
    )
    wanted = words_field(
        4,
        label=_("What do you want to see?"),
        error_messages={"required": _("Write what you want to see.")},
        help_text=_("Name the matter as well as you can. You need give no reason."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(kind__in=POLITICAL).ranked()


class InsightAnswerForm(SeenVersionForm):
    """What a member of the council is answered."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=_choices(InsightAnswer),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is given or refused.")},
    )
    versions = forms.ModelMultipleChoiceField(
        PlanVersion.objects.none(),
        label=_("Give these versions to read here"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What was put before the body; nothing that is still being written."),
    )
    given = words_field(
        3,
        label=_("What else was given?"),
        required=False,
        help_text=_("What was sent or shown outside this system."),
    )
    reason = words_field(
        3,
        label=_("Reason"),
        required=False,
        help_text=_("A refusal needs one; the member reads it."),
    )

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = versions
        self.fields["versions"].label_from_instance = lambda one: f"{one.title}, {one.name}"
        if not versions:
            del self.fields["versions"]

    def clean(self) -> dict[str, Any]:
        """A refusal says why; what is given is said."""
        data = super().clean() or self.cleaned_data
        refused = data.get("answer") == InsightAnswer.REFUSED
        if refused and not data.get("reason", "").strip():
            self.add_error("reason", _t("Write why it is refused."))
        given = data.get("given", "").strip() or data.get("versions")
        if data.get("answer") == InsightAnswer.GIVEN and not given:
            self.add_error("given", _t("Choose a version, or write what was given."))
        return data
