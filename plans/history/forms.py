"""Which part of a plan's history somebody wants to see, and putting an earlier state back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import COPENHAGEN
from kommuneplan.timespan.phrase import day_words

from .entries import HistorySelection
from .kinds import BY_CODE, KINDS, ROOMS, TrackedTable, field_label, told_fields
from .listing import Writers


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    wrong = _("Write a date: day, month and year.")
    return forms.DateField(widget=widget, required=False, error_messages={"invalid": wrong}, **more)


def field_choices(codes: Collection[str]) -> list[Any]:
    """Every field that is told of these kinds, by the kind of thing it belongs to."""
    groups = []
    for kind in KINDS:
        if kind.code not in codes:
            continue
        names = told_fields(kind.code) if kind.tracked else ()
        choices = [(f"{kind.code}.{name}", field_label(kind, name)) for name in names]
        if choices:
            groups.append((kind.label, choices))
    return [("", _("All fields")), *groups]


class HistoryFilter(forms.Form):
    """What, by whom, from when until when, and which field. What makes no sense is left out of
    the filter, and said."""

    hvad = forms.ChoiceField(label=_("What"), required=False)
    hvem = forms.ChoiceField(label=_("Who"), required=False)
    fra = _day(label=_("From"))
    til = _day(label=_("Until and including"))
    felt = forms.ChoiceField(label=_("Field"), required=False)

    def __init__(self, data: Any, *, writers: Writers, of: TrackedTable | None = None) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.people = {str(person.uid): person for person in writers.people}
        self.of = of
        if of is None:
            self.fields["hvad"].choices = [("", _("Everything")), *ROOMS.items()]
            asked = str(data.get("felt") or "").partition(".")[0]  # also one from an old link
            self.fields["felt"].choices = field_choices({*writers.kinds, asked})
        else:
            del self.fields["hvad"]
            own = [(f"{of.code}.{name}", field_label(of, name)) for name in told_fields(of.code)]
            self.fields["felt"].choices = [("", _("All fields")), *own]
        names = [(uid, person.name) for uid, person in self.people.items()]
        self.fields["hvem"].choices = [("", _("Everybody")), *names]

    @property
    def is_used(self) -> bool:
        """Is anything left out?"""
        return any(self.data.get(name) for name in self.fields)

    @property
    def faults(self) -> list[str]:
        """What could not be used, in words."""
        return [f"{self[name].label}: {errors[0]}" for name, errors in self.errors.items()]

    @property
    def words(self) -> str:
        """The filters in use, in words: "Hvem: Ida, Fra: 3. marts 2026"."""
        used = []
        for name, value in self.cleaned_data.items() if self.is_valid() or self.errors else ():
            if value:
                shown = day_words(value) if isinstance(value, dt.date) else _label(self, name)
                used.append(f"{self[name].label}: {shown}")
        return ", ".join(used)

    def wanted(self, thing: tuple[TrackedTable, int] | None = None) -> HistorySelection:
        """The filters as the history takes them; the period in Danish days."""
        self.is_valid()
        data = self.cleaned_data
        code, _dot, name = (data.get("felt") or "").partition(".")
        person = self.people.get(data.get("hvem") or "")
        return HistorySelection(
            room=data.get("hvad") or "",
            person=person.pk if person else None,
            first=_midnight(data.get("fra")),
            until=_midnight(data.get("til"), days=1),
            field=(BY_CODE[code], name) if name else None,
            thing=thing,
        )


def _label(form: HistoryFilter, name: str) -> str:
    """What the chosen value of a list is called; a field with the kind it belongs to."""
    value = form.cleaned_data[name]
    if name == "felt":
        code, _dot, field = value.partition(".")
        return f"{BY_CODE[code].label} – {field_label(BY_CODE[code], field)}"
    return str(dict(form.fields[name].choices)[value])


def _midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    if day is None or day >= dt.date.max - dt.timedelta(days=days):
        return None
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time.min, COPENHAGEN)


class PutBackForm(forms.Form):
    """An earlier state is put back over the one that was seen; a published date with a reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    reason = forms.CharField(
        label=_("Why is the date moved?"),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        help_text=_(
            "This date has been published. The old date and the reason are shown to the public."
        ),
        error_messages={"required": _("This date has been published. Write why it is moved.")},
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["reason"]
