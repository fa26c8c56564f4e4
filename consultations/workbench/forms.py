"""What is written of each remark of a response, all in one form; and the keys of a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.handling.fields import (
    ALONE,
    ByUid,
    RichText,
    as_shown,
    long_words,
    proposals,
    spot_choices,
)
from consultations.handling.meanwhile import LeftOver, left_over
from consultations.handling.remarks import handlers, themes_of
from consultations.models import Remark, Theme
from kommuneplan.clock import local_day
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.models import User

from .bench import Bench
from .keys import Keys, KeyStep

_SEEN = re.compile(r"b([0-9]{1,9})-seen")


class RemarkReplyForm(SeenVersionForm):
    """What is written of one remark of the response. What another answers has no reply of its
    own."""

    reply = RichText(label=_("The administration's reply"), rows=3)
    proposal = forms.ChoiceField(
        label=_("The administration proposes"), widget=forms.RadioSelect, required=False
    )
    reason = long_words(2, label=_("Reason"), required=False)
    wanted_anchor = forms.ChoiceField(label=_("Paragraph that is to change"), required=False)
    wanted_change = long_words(2, label=_("What is to be changed"), required=False)
    theme = ByUid(Theme.objects.none(), label=_("Theme"))
    assignee = ByUid(User.objects.none(), label=_("Handled by"))
    anchor = forms.ChoiceField(label=_("Is about"), required=False)

    def __init__(self, data: Any, *, remark: Remark, bench: Bench) -> None:
        self.remark, self.bench = remark, bench
        super().__init__(
            data,
            initial={**as_shown(remark), "seen": remark.version},
            prefix=f"b{remark.number}",
            auto_id="id_%s",
        )
        round, on = bench.round, local_day(bench.at)
        self.fields["proposal"].choices = proposals(_t("Undecided"))
        self.fields["theme"].queryset = themes_of(round)
        people = handlers(round.plan, on=on) | User.objects.filter(pk=remark.assignee_id)
        self.fields["assignee"].queryset = people
        spots = list(bench.draft.spots.values())
        new = bench.draft.new_spots
        self.fields["anchor"].choices = spot_choices("", spots, remark.anchor)
        self.fields["wanted_anchor"].choices = spot_choices("", spots, remark.wanted_anchor, new)
        if remark.same_as_id is not None:
            for name in ALONE:
                del self.fields[name]

    @property
    def is_written(self) -> bool:
        """Was anything of it changed on the page? The page says only what it has seen else."""
        return any(name != "seen" for name in self.changed_data)

    @property
    def facts(self) -> dict[str, Any]:
        """What is to be saved of a form that holds: what was changed on the page, no more."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "seen"}


def replies(bench: Bench, data: Any = None) -> list[RemarkReplyForm]:
    """A form for each remark that lies open; of what was sent, for each that the page showed."""
    if data is None:
        return [RemarkReplyForm(None, remark=row, bench=bench) for row in bench.at_hand]
    sent = [row for row in bench.remarks if f"b{row.number}-seen" in data]
    return [RemarkReplyForm(data, remark=row, bench=bench) for row in sent]


def left_of(
    bench: Bench, data: Mapping[str, str], numbers: Collection[int] | None = None
) -> list[LeftOver]:
    """What was typed of remarks that have no form for it any more: they were taken back, or are
    answered together with others now. ``numbers``: of these alone."""
    sent = {int(found[1]) for name in data if (found := _SEEN.fullmatch(name))}
    alone = {row.number for row in bench.remarks if row.same_as_id is None}
    asked = sorted((sent if numbers is None else sent & set(numbers)) - alone)
    if not asked:
        return []
    rows = bench.response.remarks.filter(number__in=asked).select_related("same_as")
    known = {row.number: row for row in rows}
    found = [left_over(n, known.get(n), data, f"b{n}-") for n in asked]
    return [one for one in found if one is not None]


_STEPS = {
    KeyStep.NEXT: _("To the next response"),
    KeyStep.PREVIOUS: _("To the previous response"),
    KeyStep.SAVE: _("Save, and next"),
    KeyStep.CLEAR: _("May be published, and next"),
    KeyStep.EACH: _("Each paragraph by itself"),
    KeyStep.OUT: _("Take out all that was found"),
}


class KeysForm(forms.Form):
    """With which keys a person works, or with none."""

    is_on = forms.BooleanField(label=_("Work with keys"), required=False)

    def __init__(self, data: Any, *, keys: Keys) -> None:
        known = {step.value: keys.letters.get(step, "") for step in KeyStep}
        super().__init__(data, initial={**known, "is_on": keys.is_on})
        for step in KeyStep:
            self.fields[step.value] = forms.CharField(
                label=_STEPS[step],
                max_length=1,
                required=False,
                widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
                error_messages={"max_length": _("Write one letter or number, or nothing.")},
            )

    def clean(self) -> dict[str, Any]:
        """Each key does one thing."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for step in KeyStep:
            letter = data[step.value] = (data.get(step.value) or "").lower()
            if letter and not letter.isalnum():
                self.add_error(step.value, _("Write one letter or number, or nothing."))
            elif letter and letter in taken:
                self.add_error(step.value, _("The key is used for something else already."))
            taken[letter] = step.value
        return data

    @property
    def keys(self) -> Keys:
        """What was chosen."""
        data = self.cleaned_data
        return Keys(data["is_on"], {step: data[step] for step in KeyStep if data[step]})
