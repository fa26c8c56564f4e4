"""Forms of a process plan's milestones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import NextMeetingField
from kommuneplan.core.models import Body, Meeting
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.forms import TimeSpanField, in_reach
from kommuneplan.timespan.span import TimeSpan
from plans.models import Cycle, FocusArea, Milestone

from ..kinds import kind_choices

OTHERS_LIMIT = 300


class MilestoneForm(forms.Form):
    """A milestone by hand. ``version`` is the one the user saw; a changed published date asks
    for a reason (the action decides, the form only has the place for it)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=500, error_messages={"required": _("Write what is to happen.")}
    )
    when = TimeSpanField(
        label=_("When"),
        undated=True,
        help_text=_(
            "In words, as precise as you know it: “21. maj 2015”, “uge 34”, “ultimo oktober 2015”, "
            "“senest 1. oktober”. If the date is not known, write “afventer”."
        ),
    )
    at = NextMeetingField(
        label=_("Or at a meeting"),
        empty_label=_("No meeting: the date above holds"),
        help_text=_("The milestone then follows the meeting, also when the meeting is moved."),
    )
    begins_at = forms.TimeField(
        label=_("From o'clock"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 16.30.")},
        help_text=_("Of a citizens' meeting or the like, once it is known. May be empty."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Why is the date moved?"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "This date has been published: write why when you change it. The old date and the "
            "reason are shown to the public."
        ),
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("Decided at the meeting"),
        required=False,
        to_field_name="uid",
        empty_label=_("No meeting"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.ranked(),
        label=_("Who"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Others who take part"),
        required=False,
        max_length=OTHERS_LIMIT,
        help_text=_("In words; for those who are not in the list."),
    )
    phase = forms.CharField(
        label=_("Phase"),
        required=False,
        max_length=200,
        help_text=_("Milestones with the same phase stand together. May be empty."),
    )
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.none(),
        label=_("Focus area"),
        required=False,
        to_field_name="uid",
        empty_label=_("No focus area"),
        help_text=_("The yearly status shows what became of it there."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea({"rows": 4})
    )
    conditional = forms.BooleanField(label=_("Only if needed"), required=False)

    def __init__(
        self,
        *args: Any,
        cycle: Cycle | None,
        milestone: Milestone | None = None,
        published: bool = False,
        parts: YearParts = YearParts.THIRDS,
        year: int | None = None,
        day: dt.date | None = None,
        **kwargs: Any,
    ) -> None:
        """``day``: one that is proposed; a meeting of those who take part, where they have one."""
        if milestone is not None:
            kwargs.setdefault("initial", initial_of(milestone))
        super().__init__(*args, **kwargs)
        self.milestone = milestone
        self.fields["when"].year_parts = parts
        self.fields["when"].year = year
        if milestone is not None and not milestone.has_own_date:
            for name in ("when", "at", "begins_at", "place"):
                del self.fields[name]
        else:
            self._offer_meetings(cycle, milestone, day)
        if milestone is not None and milestone.follows_consultation:
            del self.fields["kind"]
        if published and "when" in self.fields:
            meetings = Meeting.objects.filter(cancelled=False).select_related("body")
            self.fields["meeting"].queryset = meetings.order_by("-date", "pk")
            self.fields["reason"].unmarked = True  # has to be there when the date changes
        else:
            del self.fields["reason"], self.fields["meeting"]
        shown = Q(retired_at__isnull=True)
        if milestone is not None:
            shown |= Q(pk=milestone.focus_area_id)
        areas = FocusArea.objects.filter(shown, plan=cycle.plan) if cycle else ()
        if areas:
            self.fields["focus_area"].queryset = areas
        else:
            del self.fields["focus_area"]
        self.phases = [phase.title for phase in cycle.phases.all()] if cycle else []

    def _offer_meetings(
        self, cycle: Cycle | None, milestone: Milestone | None, day: dt.date | None
    ) -> None:
        taking = list(milestone.bodies.all()) if milestone else []
        own = [cycle.plan.body] if cycle else []
        self.fields["at"].of_bodies([*taking, *own])
        if len(self.fields["at"].choices) < 2:
            del self.fields["at"]
        elif self.data.get("at"):
            self.fields["when"].required = False
        if day is not None:
            there = Meeting.objects.filter(body__in=taking, date=day, cancelled=False).first()
            proposed = {"at": there.uid} if there else {"when": TimeSpan.day(day)}
            self.initial = {**self.initial, **proposed}

    def clean(self) -> dict[str, Any]:
        """Whose meeting it is takes part."""
        data = super().clean() or {}
        at = data.get("at")
        if at is not None and "bodies" in data and at.body not in data["bodies"]:
            data["bodies"] = [*data["bodies"], at.body]
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        data = self.cleaned_data
        facts = {
            name: data[name]
            for name in (
                "title",
                "kind",
                "others",
                "phase",
                "description",
                "conditional",
                "begins_at",
                "place",
            )
            if name in data
        }
        if "focus_area" in self.fields:
            facts["focus_area"] = data["focus_area"]
        if data.get("at") is not None:
            facts["at"] = data["at"]
        elif "when" in self.fields:
            facts["when"], facts["written"] = data["when"].span, data["when"].written
        return facts


def initial_of(milestone: Milestone) -> dict[str, Any]:
    """A milestone as the form shows it."""
    return {
        "version": milestone.version,
        "title": milestone.title,
        "when": milestone.when or milestone.written,
        "begins_at": milestone.begins_at,
        "place": milestone.place,
        "kind": milestone.kind,
        "bodies": [body.uid for body in milestone.bodies.all()],
        "others": milestone.others,
        "phase": milestone.phase.title if milestone.phase else "",
        "focus_area": milestone.focus_area.uid if milestone.focus_area else None,
        "description": milestone.description,
        "conditional": milestone.conditional,
    }


class VersionForm(forms.Form):
    """A single act on a milestone, on the version the user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DoneForm(VersionForm):
    """Done, on which day; empty = not known."""

    done_on = forms.DateField(
        label=_("Done on"),
        validators=[in_reach],
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("May be empty."),
    )


class Uids(forms.MultipleChoiceField):
    """Names of rows, some of which may be gone: whoever reads them looks each up."""

    def valid_value(self, value: str) -> bool:
        """Any."""
        return True


class PublicForm(forms.Form):
    """What the public may see with the next publication: ``shown`` is all that was on the page,
    ``was`` what of it was public then, ``public`` what shall be."""

    shown = Uids(required=False)
    was = Uids(required=False)
    public = Uids(required=False)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_("It is kept in the history with each of them."),
    )
