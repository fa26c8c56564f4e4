"""Forms of the process plan's room: moving, dependencies, accepting, chains and templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Body, Meeting
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.forms import TimeSpanField, in_reach
from plans.enums import PlanningAct
from plans.models import Milestone

from ..moving import Scope


class MoveForm(forms.Form):
    """Where a milestone goes, and what goes with it."""

    when = TimeSpanField(label=_("New date"), help_text=_("In words, as “24. september 2027”."))
    scope = forms.ChoiceField(
        label=_("What is moved along?"),
        widget=forms.RadioSelect,
        choices=[
            (Scope.DEPENDENT.value, _("What depends on it, directly or through others")),
            (Scope.LATER.value, _("Everything that comes after it in time")),
            (Scope.ALONE.value, _("Nothing: only this one")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        parts: YearParts = YearParts.THIRDS,
        year: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].year_parts = parts
        self.fields["when"].year = year


class ConfirmMoveForm(forms.Form):
    """What was shown, and why published dates move."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why are the published dates moved?"),
        required=False,
        error_messages={"required": _("Published dates move. Write why.")},
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The old dates and the reason are shown to the public."),
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.filter(cancelled=False).select_related("body").order_by("-date", "pk"),
        label=_("Decided at the meeting"),
        required=False,
        to_field_name="uid",
        empty_label=_("No meeting"),
    )

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["reason"], self.fields["meeting"]
        else:
            self.fields["reason"].required = True


class DependencyForm(forms.Form):
    """What a milestone waits for, and for how long."""

    after = forms.ModelChoiceField(
        Milestone.objects.none(),
        label=_("It comes after"),
        to_field_name="uid",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the milestone it comes after.")},
    )
    days = forms.IntegerField(
        label=_("Days between at the least"),
        min_value=0,
        max_value=3650,
        initial=0,
        help_text=_("0: as soon as the other is over."),
    )

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = milestone.cycle.milestones.exclude(pk=milestone.pk)
        self.fields["after"].queryset = others.select_related("meeting")


class AcceptForm(forms.Form):
    """Why a finding is let stand."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("Why it stands"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write in a few words why it may stand.")},
    )


class BodyForm(forms.Form):
    """Somebody who is to take part."""

    body = forms.ModelChoiceField(Body.objects.all(), to_field_name="uid")


class ActForm(forms.Form):
    """Which rule of the planning act the plan follows."""

    rule = forms.ChoiceField(
        label=_("The plan's consultation follows"),
        required=False,
        choices=[("", _("no rule of the planning act")), *PlanningAct.choices],
    )


class ChainForm(forms.Form):
    """A matter's way through the bodies."""

    title = forms.CharField(
        label=_("The matter"),
        max_length=200,
        help_text=_("For example “Forslag til strategien sendes i høring”."),
        error_messages={"required": _("Write what the bodies are to treat.")},
    )
    first_day = forms.DateField(
        label=_("Not before"),
        validators=[in_reach],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the first day the matter can be treated.")},
    )
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(),
        label=_("The bodies, in the order they treat it"),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one body.")},
    )
    adoption = forms.BooleanField(
        label=_("The last body adopts the plan"), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = bodies


class TemplateForm(forms.Form):
    """A template and the day it begins."""

    template = forms.ChoiceField(label=_("Template"), widget=forms.RadioSelect)
    begins = forms.DateField(
        label=_("It begins on"),
        validators=[in_reach],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day it begins.")},
    )

    def __init__(self, *args: Any, templates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = templates
