"""Forms of papers for agendas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm, day_field
from kommuneplan.timespan.phrase import day_words
from plans.enums import PaperPart
from plans.form_drafts import MAX_TEXT
from plans.models import AgendaItem, AgendaPaper, Annex, PaperSection, Plan, PlanVersion, Treatment

from .headings import WantedSection, help_of

MOST_HEADINGS = 14


class TurnField(forms.ModelChoiceField):
    """A body's turn with the plan."""

    def label_from_instance(self, obj: Treatment) -> str:
        """ "Socialudvalget, 3. marts 2027: Vedtagelse af strategien" """
        day = f", {day_words(obj.meeting.date)}" if obj.meeting else ""
        return f"{obj.body.name}{day}: {obj.matter.title}"


def treatments_of(plan: Plan) -> QuerySet[Treatment]:
    """The turns of bodies with a plan that are still to come."""
    rows = Treatment.objects.filter(matter__plans__cycle__plan=plan, outcome="")
    rows = rows.filter(matter__closed_at__isnull=True).select_related("body", "meeting", "matter")
    return rows.order_by("matter__created_at", "position", "pk").distinct()


class OwnItemField(forms.ModelChoiceField):
    """An item of a meeting that is no matter."""

    def label_from_instance(self, obj: AgendaItem) -> str:
        """ "Socialudvalget, 3. marts 2027: Status på haver" """
        meeting = obj.meeting
        day = f", {day_words(meeting.date)}" if meeting else ""
        return f"{obj.body.name}{day}: {obj.title}"


class BeginForm(forms.Form):
    """A paper is begun: for a body's turn, or for others."""

    treatment = TurnField(
        Treatment.objects.none(),
        label=_("For which treatment?"),
        to_field_name="uid",
        required=False,
        empty_label=_("None yet, or it is sent to others"),
    )
    item = OwnItemField(
        AgendaItem.objects.none(),
        label=_("Or for which other item of a meeting?"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Write what the paper is called.")},
    )
    recipient = forms.CharField(
        label=_("Recipient"),
        max_length=200,
        required=False,
        help_text=_("Only where it is sent to others than the body that treats it."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"title": plan.title}, **kwargs)
        self.fields["treatment"].queryset = treatments_of(plan)
        items = AgendaItem.objects.filter(plan=plan, item_outcome__isnull=True).told().by_day()
        self.fields["item"].queryset = items
        if not items.exists():
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        """It is for one thing."""
        data = super().clean() or {}
        if data.get("treatment") and data.get("item"):
            self.add_error("item", _t("Choose a treatment or an item, not both."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """What the paper is begun with."""
        return self.cleaned_data


class PaperHeadForm(SeenVersionForm):
    """What stands at the head of a paper."""

    NAMES = ("title", "recipient", "letter_date", "case_number", "document_number", "case_worker")

    title = BeginForm.base_fields["title"]
    recipient = BeginForm.base_fields["recipient"]
    letter_date = day_field(label=_("Date of the paper"), required=False)
    case_number = forms.CharField(label=_("Case number"), max_length=60, required=False)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    case_worker = forms.CharField(
        label=_("Case worker, as a role"),
        max_length=200,
        required=False,
        help_text=_("“Planning consultant”, never a name."),
    )

    def __init__(self, *args: Any, paper: AgendaPaper, **kwargs: Any) -> None:
        initial = {name: getattr(paper, name) for name in self.NAMES}
        super().__init__(*args, initial={**initial, "seen": paper.version}, **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


class PaperSectionForm(SeenVersionForm):
    """A section of a paper."""

    NAMES = ("text",)

    text = forms.CharField(
        widget=forms.Textarea({"rows": 5}), max_length=MAX_TEXT, required=False, strip=False
    )

    def __init__(
        self,
        *args: Any,
        section: PaperSection,
        kept: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``kept``: what the person has written here and not saved."""
        initial = {"text": section.text, "seen": section.version, **(kept or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["text"].label = section.heading
        self.fields["text"].help_text = help_of(section.part)
        self.fields["text"].unmarked = True

    def clean_text(self) -> str:
        """Lines end in one way, as what is kept of them does."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").rstrip()

    @property
    def facts(self) -> dict[str, str]:
        """The column values to store."""
        return {"text": self.cleaned_data["text"]}


class PaperAnnexesForm(forms.Form):
    """What goes with a paper."""

    versions = forms.ModelMultipleChoiceField(
        PlanVersion.objects.none(),
        label=_("Versions of the plan"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    annexes = forms.ModelMultipleChoiceField(
        Annex.objects.none(),
        label=_("Annexes of the plan"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, paper: AgendaPaper, **kwargs: Any) -> None:
        there = list(paper.annexes.select_related("version", "annex"))
        initial = {
            "versions": [one.version.uid for one in there if one.version],
            "annexes": [one.annex.uid for one in there if one.annex],
        }
        super().__init__(*args, initial=initial, **kwargs)
        plan = paper.plan
        self.fields["versions"].queryset = plan.versions.listed().order_by("-number")
        self.fields["versions"].label_from_instance = lambda one: one.name
        rows = plan.annexes.filter(retired_at__isnull=True).order_by("position", "pk")
        self.fields["annexes"].queryset = rows


class HandInForm(forms.Form):
    """The paper is handed in as it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RetirePaperForm(SeenVersionForm):
    """A paper is taken out, for a reason."""

    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write why.")},
    )


class HeadingForm(forms.Form):
    """One section that papers have; an empty heading leaves it out."""

    heading = forms.CharField(label=_("Section"), max_length=200, required=False)
    part = forms.ChoiceField(
        label=_("Made from"),
        choices=[(value, capfirst(label)) for value, label in PaperPart.choices],
        initial=PaperPart.OWN,
    )
    help_text = forms.CharField(label=_("What belongs here"), max_length=300, required=False)
    position = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=99, required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )  # fmt: skip


class HeadingsFormSet(forms.BaseFormSet):
    """All of them, and some empty ones."""

    def clean(self) -> None:
        """Each thing a section is made from stands once."""
        parts = [one.part for one in self.wanted if one.part != PaperPart.OWN]
        twice = {part for part in parts if parts.count(part) > 1}
        if twice:
            names = ", ".join(str(PaperPart(part).label) for part in sorted(twice))
            told = _t("This can only stand once: %(names)s. Let one of them be words of its own.")
            raise forms.ValidationError(told % {"names": names})
        if not parts and not self.wanted:
            raise forms.ValidationError(_t("A paper has at least one section. Write a heading."))

    @property
    def wanted(self) -> list[WantedSection]:
        """The sections in the order that was asked for."""
        rows = [one.cleaned_data for one in self.forms if getattr(one, "cleaned_data", None)]
        rows = [row for row in rows if row.get("heading")]
        last = len(rows) + 100
        rows.sort(key=lambda row: row.get("position") or last)
        return [WantedSection(row["part"], row["heading"], row["help_text"]) for row in rows]


def headings_form(data: Any, there: list[WantedSection]) -> Any:
    """The form of the setting, with what there is."""
    kind = forms.formset_factory(
        HeadingForm, formset=HeadingsFormSet, extra=2, max_num=MOST_HEADINGS, absolute_max=40
    )
    initial = [
        {"heading": one.heading, "part": one.part, "help_text": one.help_text, "position": place}
        for place, one in enumerate(there, start=1)
    ]
    return kind(data, initial=initial, prefix="a")
