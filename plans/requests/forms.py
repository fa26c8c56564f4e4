"""Forms of what bodies have asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.forms import PastMeetingField, SeenVersionForm, day_field, words_field
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.core.permissions import is_administrator
from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.phrase import day_words
from plans.agenda.choice import ItemField, items_of_meetings
from plans.enums import Asker, RequestState
from plans.models import AgendaItem, CommitteeRequest, Plan, PlanVersion

from .listing import ALL, WAITING


def bodies_to_ask(user: User, plan: Plan | None = None) -> QuerySet[Body]:
    """The bodies whose requests a person may write down: an administrator every body that meets, a
    secretary their own, and for a plan of theirs every political body that may ask about it."""
    political = [kind for kind in BodyKind if kind.is_political]
    if is_administrator(user):
        return Body.objects.filter(kind__in=[*political, BodyKind.ADVISORY])
    secretary_of = [body for body, role in user.roles() if role == Role.SECRETARY]
    own = Q(pk__in=secretary_of)
    runs = plan is not None and Plan.objects.run_by(user).filter(pk=plan.pk).exists()
    return Body.objects.filter(own | Q(kind__in=political) if runs else own)


class RequestForm(SeenVersionForm):
    """What was asked for: one line, when it is due, and where it was asked."""

    title = forms.CharField(
        label=_("What is asked for?"),
        max_length=300,
        help_text=_("One line, as the members would say it. No names of private persons."),
        error_messages={"required": _("Write what is asked for.")},
    )
    when = TimeSpanField(
        label=_("When is it due?"),
        required=False,
        undated=True,
        help_text=_(
            "As it was said: “inden årets udgang”, “ultimo oktober”, “senest 1. marts”. Empty: no "
            "date was set. What comes back every year is a duty of the plan and not a request."
        ),
    )
    meeting = PastMeetingField(
        label=_("Asked at the meeting"), empty_label=_("Not at one of these meetings")
    )
    item = ItemField(label=_("Under the item of the agenda"))
    item_label = forms.CharField(
        label=_("Under the item"),
        required=False,
        max_length=200,
        help_text=_("As the agenda calls it, for example “efterretningssag C”."),
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Asked by"),
        to_field_name="uid",
        required=False,
        empty_label=_("The body that met"),
        help_text=_("Only where no meeting is chosen above."),
    )
    asked_on = day_field(
        label=_("Asked on"), required=False, help_text=_("Only where no meeting is chosen above.")
    )
    asker = forms.ChoiceField(
        label=_("Who asked?"),
        choices=[(value, capfirst(label)) for value, label in Asker.choices],
        initial=Asker.BODY,
        help_text=_("In general terms: nobody is named."),
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("About the plan"),
        to_field_name="uid",
        required=False,
        empty_label=_("No plan of ours"),
    )
    words = words_field(4, label=_("In more words"), required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        row: CommitteeRequest | None = None,
        meeting: Meeting | None = None,
        item: AgendaItem | None = None,
        plan: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        """``meeting``, ``item`` and ``plan``: what a new request begins with. The items that are
        offered are those of the meeting it begins with."""
        chosen = row.meeting if row else meeting
        under = row.item if row else item
        about = row.plan if row else plan
        initial = _as_typed(row) if row else {"seen": 0}
        initial["meeting"] = chosen.uid if chosen else None
        initial["plan"] = about.uid if about else None
        initial["item"] = under.uid if under else None
        super().__init__(*args, initial=initial, **kwargs)
        bodies = bodies_to_ask(user, about)
        if row is not None:
            bodies = bodies | Body.objects.filter(pk=row.body_id)
        elif chosen is not None:
            bodies = bodies | Body.objects.filter(pk=chosen.body_id)
        self.fields["body"].queryset = bodies.distinct()
        self.fields["meeting"].of_bodies(bodies, also=chosen)
        known = items_of_meetings([chosen], user, on=today()) if chosen else []
        if under is not None and under.uid not in {one.uid for one in known}:
            known.append(under)
        self.fields["item"].offer(known)
        if not known:
            del self.fields["item"]
        plans = Plan.objects.readable_by(user).filter(retired_at__isnull=True)
        self.fields["plan"].queryset = (
            (plans | Plan.objects.filter(pk=about.pk)) if about else plans
        ).distinct()
        self.fields["when"].year_parts = year_parts()
        self.fields["when"].year = chosen.date.year if chosen else today().year

    def clean(self) -> dict[str, Any]:
        """The meeting says the body and the day; without one, the body has to be said."""
        data = super().clean() or {}
        item = data.get("item")
        if item is not None:
            _take_meeting(self, data, item)
        meeting = data.get("meeting")
        if meeting is not None:
            data["body"], data["asked_on"] = meeting.body, None
        elif not data.get("body") and "meeting" not in self.errors:
            self.add_error("body", _("Choose the meeting above, or the body that asked."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        data = self.cleaned_data
        names = (
            "title",
            "meeting",
            "item",
            "item_label",
            "body",
            "asked_on",
            "asker",
            "plan",
            "words",
        )
        facts = {name: data.get(name) for name in names}
        return {**facts, "when": data["when"].span, "written": data["when"].written}


def _take_meeting(form: forms.Form, data: dict[str, Any], item: AgendaItem) -> None:
    """The item says the meeting; another one beside it is a mistake."""
    if data.get("meeting") not in (None, item.meeting):
        form.add_error("item", _("This item is of another meeting. Correct one of them."))
    else:
        data["meeting"] = item.meeting


def _as_typed(row: CommitteeRequest) -> dict[str, Any]:
    """A stored request as its form shows it."""
    names = ("title", "item_label", "asked_on", "asker", "words")
    return {
        **{name: getattr(row, name) for name in names},
        "seen": row.version,
        "when": row.when or row.written,
        "body": row.body.uid,
    }


class VersionField(forms.ModelChoiceField):
    """A frozen version by its name."""

    def label_from_instance(self, obj: PlanVersion) -> str:
        """ "Version 3, 14. april 2027" """
        return f"{obj.name}, {day_words(obj.frozen_at.date())}"


class RequestAnswerForm(SeenVersionForm):
    """What answered a request, and when."""

    NAMES = ("answered_on", "document", "link", "meeting", "item", "item_label", "frozen", "words")

    document = forms.CharField(
        label=_("With which paper?"),
        required=False,
        max_length=300,
        help_text=_("Its title, with its number where it has one."),
    )
    link = forms.URLField(
        label=_("Link to it"), required=False, max_length=1000, assume_scheme="https"
    )
    meeting = PastMeetingField(
        label=_("At which meeting?"), empty_label=_("Not at one of these meetings")
    )
    item = ItemField(label=_("Under the item of the agenda"))
    item_label = forms.CharField(label=_("Under the item"), required=False, max_length=200)
    frozen = VersionField(
        PlanVersion.objects.none(),
        label=_("With which version of the plan?"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
    )
    answered_on = day_field(
        label=_("On which day?"),
        required=False,
        help_text=_("Empty: the day of the meeting, else today."),
    )
    words = words_field(4, label=_("In words"), required=False)

    def __init__(self, *args: Any, row: CommitteeRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": row.version}, **kwargs)
        self.row = row
        meeting = self.fields["meeting"]
        meeting.of_bodies(Body.objects.filter(pk=row.body_id))
        held = meeting.queryset.filter(date__lte=today(), date__gte=row.asked_day or dt.date.min)
        self.fields["item"].offer(items_of_meetings(held, user, on=today()))
        if not self.fields["item"].has_items:
            del self.fields["item"]
        if row.plan is None:
            del self.fields["frozen"]
        else:
            versions = row.plan.versions.listed().order_by("-number")
            self.fields["frozen"].queryset = versions

    def clean(self) -> dict[str, Any]:
        """Something answered it, after it was asked and not in the time to come."""
        data = super().clean() or {}
        if data.get("item") is not None:
            _take_meeting(self, data, data["item"])
        meeting = data.get("meeting")
        by = {"document", "link", "meeting", "frozen"}
        if not any(data.get(name) for name in by) and not by & set(self.errors):
            self.add_error(
                "document",
                _("Say what answered it: a paper, a link, a meeting or a version of the plan."),
            )
        day = data.get("answered_on") or (meeting.date if meeting else today())
        data["answered_on"] = day
        asked = self.row.asked_day
        if "answered_on" not in self.errors:
            if day > today():
                self.add_error(
                    "meeting" if meeting and meeting.date == day else "answered_on",
                    _("That day is still to come. Write the answer down when it has been given."),
                )
            elif asked and day < asked:
                self.add_error(
                    "answered_on",
                    _("It was asked for on %(day)s: an answer cannot be older.")
                    % {"day": day_words(asked)},
                )
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data.get(name) for name in self.NAMES}


class WhyForm(SeenVersionForm):
    """A request is opened again, or withdrawn, for a reason."""

    reason = words_field(3, label=_("Why?"), error_messages={"required": _("Write why.")})


class FilterForm(forms.Form):
    """Which requests of the list are wanted."""

    udvalg = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Body"),
        to_field_name="slug",
        required=False,
        empty_label=_("All"),
    )
    aar = forms.TypedChoiceField(label=_("Asked in the year"), required=False, coerce=int)
    tilstand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (WAITING, _("Open, the late ones first")),
            *((one.value, capfirst(one.label)) for one in RequestState),
            (ALL, _("All")),
        ],
    )

    def __init__(self, *args: Any, bodies: list[Body], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["udvalg"]
        body.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        body.choices = [("", _("All")), *((one.slug, one.name) for one in bodies)]
        self.fields["aar"].choices = [("", _("All")), *((year, str(year)) for year in years)]

    @property
    def wanted(self) -> dict[str, Any]:
        """What holds; what cannot be read is left out."""
        if not self.is_valid():
            return {name: self.cleaned_data.get(name) for name in self.fields}
        return self.cleaned_data
