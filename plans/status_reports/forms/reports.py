"""Forms of a status report: its head, its recipients, sending, correcting, publishing."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.forms import DraftForm as SectionDraftForm
from kommuneplan.core.forms import (
    MeetingField,
    PersonField,
    SeenVersionForm,
    WriteForm,
    day_field,
    words_field,
)
from kommuneplan.core.models import Body, Membership, User
from kommuneplan.timespan.forms import TimeSpanField
from plans.enums import RecipientKind, ReportChannel, ReportRepeats
from plans.models import (
    CommitteeRequest,
    Duty,
    Initiative,
    Plan,
    PlanLead,
    ReportRecipient,
    StatusReport,
)


class ReportForm(SeenVersionForm):
    """The head of a report."""

    NAMES = (
        *("title", "covers_from", "covers_until", "repeats", "owner", "dated_on", "sender_unit"),
        *("case_number", "document_number", "case_workers", "initiative"),
    )
    MANY = ("answers", "fulfils")

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the report is called.")},
    )
    covers_from = day_field(
        label=_("What has happened after"),
        required=False,
        help_text=_("The day until which the report before covers. Empty: from the beginning."),
    )
    covers_until = day_field(
        label=_("Until and including"),
        required=False,
        help_text=_("Empty: until the day on which it is begun."),
    )
    repeats = forms.ChoiceField(
        label=_("Does it come again?"),
        required=False,
        choices=[("", _("no")), *ReportRepeats.choices],
    )
    owner = PersonField(
        User.objects.none(),
        label=_("Who sees to it"),
        required=False,
        to_field_name="uid",
        empty_label=_("Nobody yet"),
    )
    dated_on = day_field(
        label=_("Date of the report"),
        required=False,
        help_text=_("Empty: the day on which it is sent for the first time."),
    )
    sender_unit = forms.CharField(label=_("Sender unit"), required=False, max_length=200)
    case_number = forms.CharField(label=_("Case number"), required=False, max_length=60)
    document_number = forms.CharField(label=_("Document number"), required=False, max_length=60)
    case_workers = words_field(
        2,
        label=_("Case workers, as roles"),
        required=False,
        max_length=1000,
        help_text=_(
            "One on each line, never a name. A line with only a question mark stands for somebody "
            "who is not told: it is shown as missing."
        ),
    )

    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=_("Is it about one initiative?"),
        required=False,
        to_field_name="uid",
        empty_label=_("No: about the whole plan"),
        help_text=_("It is then begun from the activities of the initiative alone."),
    )
    answers = forms.ModelMultipleChoiceField(
        CommitteeRequest.objects.none(),
        label=_("Which requests does it answer?"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )
    fulfils = forms.ModelMultipleChoiceField(
        Duty.objects.none(),
        label=_("Which duties does it fulfil?"),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, plan: Plan, report: StatusReport | None = None, **kwargs: Any
    ) -> None:
        first = kwargs.pop("initial", {})
        initial = {name: getattr(report, name) for name in self.NAMES} if report else {}
        if report:
            initial["owner"] = report.owner.uid if report.owner else None
            initial["initiative"] = report.initiative.uid if report.initiative else None
            initial |= {
                name: [one.uid for one in getattr(report, name).all()] for name in self.MANY
            }
        initial = {**initial, **first, "seen": report.version if report else 0}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = who_may_write(plan, report)
        self.fields["initiative"].queryset = plan.initiatives.filter(retired_at__isnull=True)
        self.fields["answers"].queryset = plan.requests.filter(withdrawn_on__isnull=True)
        self.fields["fulfils"].queryset = plan.duties.filter(retired_at__isnull=True)
        for name in ("initiative", *self.MANY):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data = super().clean() or {}
        first, last = data.get("covers_from"), data.get("covers_until")
        if first and last and last < first:
            self.add_error("covers_until", _t("The last day is before the first. Correct one."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The columns to store."""
        names = (*self.NAMES, *self.MANY)
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def who_may_write(plan: Plan, report: StatusReport | None = None) -> Any:
    """The people who work with a plan, and whoever sees to the report already."""
    day = today()
    secretaries = Membership.objects.held(on=day).filter(role=Role.SECRETARY, body=plan.body)
    leads = PlanLead.objects.leading(on=day).filter(plan=plan)
    may = Q(pk__in=secretaries.values("user")) | Q(pk__in=leads.values("user"))
    if report is not None:
        may |= Q(pk=report.owner_id)
    return User.objects.filter(may, is_active=True).order_by("name", "pk")


class BodyField(forms.ModelChoiceField):
    """A body by its name."""

    def label_from_instance(self, obj: Body) -> str:
        """The name."""
        return obj.name


class RecipientForm(SeenVersionForm):
    """Who is to have a report, by when and by which way, and when it went."""

    NAMES = ("kind", "body", "name", "channel", "meeting", "sent_on", "reference")

    kind = forms.ChoiceField(
        label=_("Who is it?"),
        choices=[(one.value, capfirst(one.label)) for one in RecipientKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
    )
    body = BodyField(
        Body.objects.none(), label=_("Body"), required=False, to_field_name="uid",
        empty_label=_("Choose"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name of the ministry or office"),
        required=False,
        max_length=200,
        help_text=_("An office or an authority, never a person: the public reads it."),
    )
    when = TimeSpanField(
        label=_("No later than"),
        required=False,
        undated=True,
        help_text=_("In words, as “senest 1. marts 2027” or “inden årets udgang”. May be empty."),
    )
    channel = forms.ChoiceField(
        label=_("By which way"),
        required=False,
        choices=[("", _("not decided")), *((c.value, capfirst(c.label)) for c in ReportChannel)],
    )
    meeting = MeetingField(label=_("At the meeting"), help_text=_("Of the body, where it is one."))
    sent_on = day_field(
        label=_("Sent on"),
        required=False,
        help_text=_("Once the report has been sent. May be written afterwards."),
    )
    reference = forms.CharField(
        label=_("Receipt or record number"),
        required=False,
        max_length=200,
        help_text=_("Where it can be found again that it went."),
    )

    def __init__(
        self,
        *args: Any,
        report: StatusReport,
        recipient: ReportRecipient | None = None,
        **kwargs: Any,
    ) -> None:
        self.report, self.recipient = report, recipient
        initial: dict[str, Any] = {"kind": RecipientKind.BODY, "seen": 0}
        if recipient is not None:
            initial = {name: getattr(recipient, name) for name in self.NAMES}
            initial["body"] = recipient.body.uid if recipient.body else None
            initial["meeting"] = recipient.meeting.uid if recipient.meeting else None
            initial |= {"when": recipient.when or recipient.written, "seen": recipient.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["body"].queryset = Body.objects.order_by("sort_key", "pk")
        if recipient is not None and recipient.body:
            self.fields["meeting"].of(recipient.body)
        else:
            del self.fields["meeting"]
        if not report.is_frozen:
            del self.fields["sent_on"]

    def clean(self) -> dict[str, Any]:
        """A body, or a name; each once."""
        data = super().clean() or {}
        kind, body = data.get("kind"), data.get("body")
        if kind == RecipientKind.BODY:
            data["name"] = ""
            if body is None and "body" not in self.errors:
                self.add_error("body", _t("Choose the body."))
            others = self.report.recipients.filter(body=body) if body else None
            if others is not None and self.recipient is not None:
                others = others.exclude(pk=self.recipient.pk)
            if others is not None and others.exists():
                self.add_error("body", _t("The body is to have the report already."))
        elif kind:
            data["body"] = data["meeting"] = None
            if not data.get("name") and "name" not in self.errors:
                self.add_error("name", _t("Write who is to have it."))
        if data.get("meeting") and data["meeting"].body_id != (body.pk if body else None):
            data["meeting"] = None
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The columns to store; the date in words beside its value."""
        chosen = self.cleaned_data["when"]
        values = {name: self.cleaned_data[name] for name in self.NAMES if name in self.cleaned_data}
        return {**values, "when": chosen.span, "written": chosen.written}


class ReportSendForm(SeenVersionForm):
    """To whom it goes now, and on which day."""

    to = forms.MultipleChoiceField(
        label=_("Who gets it now?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of those who are to have it.")},
    )
    on = day_field(
        label=_("Sent on"), error_messages={"required": _("Write the day on which it is sent.")}
    )

    settles = forms.MultipleChoiceField(
        label=_("What is settled with that?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A request is answered, and a turn of a duty fulfilled, when you say so here."),
    )

    def __init__(
        self,
        *args: Any,
        waiting: list[ReportRecipient],
        settles: list[CommitteeRequest | Duty],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settles"].choices = [(str(one.uid), one.title) for one in settles]
        if not settles:
            del self.fields["settles"]
        self.fields["to"].choices = [(str(one.uid), one.called) for one in waiting]

    def clean_on(self) -> Any:
        """Not a day to come: what was sent has been sent."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(
                _t("The day is still to come. Write the day on which it went.")
            )
        return day

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The uids of the recipients."""
        return [uuid.UUID(one) for one in self.cleaned_data["to"]]

    @property
    def settled(self) -> list[uuid.UUID]:
        """The uids of the requests and duties that it settles."""
        return [uuid.UUID(one) for one in self.cleaned_data.get("settles", ())]


class PublishReportForm(forms.Form):
    """Everybody may read it: what was looked through, and the question about personal data."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    looked = forms.BooleanField(
        label=_("I have looked: it may be published"),
        required=False,
        error_messages={"required": _("Look the marked places through and confirm it.")},
    )

    def __init__(self, *args: Any, flagged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if flagged:
            self.fields["looked"].required = True
        else:
            del self.fields["looked"]


class ReportWriteForm(WriteForm):
    """What is written in a section of a report; there are no images in it."""

    has_images = False


class ReportDraftForm(SectionDraftForm):
    """The same while one writes."""

    has_images = False
