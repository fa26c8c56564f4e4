"""A year's meetings at once, and one meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.forms import day_field
from kommuneplan.core.models import Body, Meeting

LONGEST_TEXT = 400_000
KINDS = [(kind.value, capfirst(kind.label)) for kind in MeetingKind]
FIRST_YEAR, LAST_YEAR = 1990, 2199
_EXAMPLE = "Socialudvalget\ntirsdag den 12. januar 2027 kl. 16.30, Rådhuset\n9/2 kl. 17, temamøde"


def coming_year() -> int:
    """The year whose meetings are planned now: from October the next."""
    day = today()
    return day.year + (day.month >= 10)


def body_field(bodies: list[Body], **more: Any) -> forms.ModelChoiceField:
    """One of the bodies that a person looks after."""
    rows = Body.objects.filter(pk__in=[body.pk for body in bodies])
    return forms.ModelChoiceField(rows, to_field_name="uid", **more)


class ManyMeetingsForm(forms.Form):
    """The dates as they were pasted, whose they are, and what was shown before they are saved."""

    text = forms.CharField(
        label=_("Dates of the meetings"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "One a line, or a table from Excel or Word. Time, place, “temamøde”, “aflyst” and "
            "“flyttet fra …” are understood. The name of a body above its dates, or in the line, "
            "says whose they are."
        ),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Where a date is written without one."),
        error_messages={"invalid": _("Write the year with four digits, for example 2027.")},
    )
    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        required=False,
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=_("From Outlook, or from the system of your agendas. At most 2 MB."),
    )
    reason = forms.CharField(
        label=_("Why are meetings moved?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Shown to the public with the old day, where that has been published."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = body_field(
            bodies,
            label=_("Body"),
            required=False,
            empty_label=_("It stands in the text"),
        )
        if len(bodies) == 1:
            self.fields["body"].empty_label = None
            self.fields["body"].initial = bodies[0].uid
        self.fields["year"].initial = coming_year
        for name in ("text", "file", "body", "reason"):
            self.fields[name].unmarked = True

    @property
    def example(self) -> str:
        """Lines as they may be written."""
        return _EXAMPLE


class MeetingForm(forms.Form):
    """One meeting. Its day is chosen once; later it is moved, with its milestones."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    date = day_field(label=_("Day"), error_messages={"required": _("Write the day.")})
    begins_at = forms.TimeField(
        label=_("From o'clock"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 16.30.")},
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    papers_due = day_field(
        label=_("Deadline for papers"),
        required=False,
        help_text=_("Empty: the body's usual number of days before the meeting."),
    )
    cancelled = forms.BooleanField(
        label=_("The meeting is cancelled"),
        required=False,
        help_text=_("It stays in the calendar, marked as cancelled."),
    )

    def __init__(
        self, *args: Any, bodies: list[Body], meeting: Meeting | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if meeting is not None:
            del self.fields["date"]
            return
        del self.fields["cancelled"]
        self.fields["body"] = body_field(
            bodies, label=_("Body"), empty_label=None if len(bodies) == 1 else _t("Choose"),
            error_messages={"required": _("Choose whose meeting it is.")},
        )  # fmt: skip
        self.order_fields(["seen", "body", "date", "begins_at", "place", "kind", "papers_due"])

    def clean(self) -> dict[str, Any]:
        """Papers are due before the meeting."""
        data = super().clean() or self.cleaned_data
        day = self.meeting.date if self.meeting else data.get("date")
        if day and data.get("papers_due") and data["papers_due"] > day:
            self.add_error("papers_due", _t("The deadline lies after the meeting."))
        return data


def as_stored(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting that is there."""
    return {
        "seen": meeting.version,
        "begins_at": meeting.begins_at,
        "place": meeting.place,
        "kind": meeting.kind,
        "papers_due": meeting.papers_due,
        "cancelled": meeting.cancelled,
    }
