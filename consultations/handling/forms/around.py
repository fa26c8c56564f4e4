"""Forms of handling that are not about one remark: many at once, themes, standard answers, what
was said at meetings, ready for the agenda."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.models import StandardAnswer, Theme
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.models import User
from kommuneplan.timespan.forms import in_reach

from ..draft import Draft
from ..fields import MAX_WORDS, RichText, in_plain, long_words, proposals, spot_choices
from ..many_changes import Wish
from ..remarks import Choices

MOST_AT_ONCE = 200
MOST_SAID = 50
KEEP = "-"  # a choice that changes nothing
NOBODY = "0"
GONE_FROM_LIST = _("Some of the marked remarks are not in this list any more, so nothing was done.")


class ManyForm(forms.Form):
    """What is done to the marked remarks; what is left alone changes nothing."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    assignee = forms.ChoiceField(label=_("Handled by"), required=False)
    proposal = forms.ChoiceField(label=_("The administration proposes"), required=False)
    answer = forms.ChoiceField(label=_("Standard answer"), required=False)
    decision = forms.ChoiceField(label=_("The committee decided"), required=False)
    decision_words = long_words(2, label=_("The committee's words"), required=False)

    def __init__(self, data: Any, *, choices: Choices, may_decide: bool) -> None:
        super().__init__(data, auto_id="many_%s")
        self.keys = {str(one.uid): one.pk for one in choices.rows}
        keep = (KEEP, _t("Leave as it is"))
        self.fields["theme"].choices = [
            keep, *_named(choices, "theme"), (NOBODY, _t("No theme")),
        ]  # fmt: skip
        self.fields["assignee"].choices = [
            keep, *_named(choices, "person"), (NOBODY, _t("Nobody")),
        ]  # fmt: skip
        self.fields["proposal"].choices = proposals(_t("Leave as it is"))
        self.fields["answer"].choices = [("", _t("Copy none in")), *_named(choices, "answer")]
        self.fields["decision"].choices = proposals(_t("Leave as it is"))
        if not may_decide:
            del self.fields["decision"], self.fields["decision_words"]

    def clean(self) -> dict[str, Any]:
        """Words of a decision belong to one."""
        data = super().clean() or {}
        if data.get("decision_words") and not data.get("decision"):
            self.add_error(
                "decision",
                _("Choose what the committee decided, or delete the committee’s words."),
            )
        return data

    def wish(self, *, together: bool) -> Wish:
        """What was chosen for the marked remarks."""
        data = self.cleaned_data
        return Wish(
            sorting=self.sorting,
            proposal=data["proposal"],
            answer=self.copied,
            decision=data.get("decision", ""),
            decision_words=data.get("decision_words", ""),
            together=together,
        )

    @property
    def sorting(self) -> dict[str, Any]:
        """The theme and the assignee, where one was chosen."""
        found: dict[str, Any] = {}
        for name, model in (("theme", Theme), ("assignee", User)):
            value = self.cleaned_data.get(name) or KEEP
            if value != KEEP:
                found[name] = model._default_manager.filter(pk=self.keys.get(value)).first()
        return found

    @property
    def copied(self) -> StandardAnswer | None:
        """The standard answer, where one was chosen."""
        key = self.keys.get(self.cleaned_data["answer"])
        return StandardAnswer.objects.get(pk=key) if key else None


def _named(choices: Choices, kind: str) -> list[tuple[str, str]]:
    return [(str(one.uid), one.title) for one in choices.of(kind)]


def marked(data: Any) -> tuple[set[UUID], str]:
    """The uids of the marked remarks, and why nothing can be done to them, if so."""
    sent = set(data.getlist("remark"))
    if len(sent) > MOST_AT_ONCE:
        said = _t("%(n)d remarks are marked; at most %(most)d can be changed at once. "
                  "Nothing was done.")  # fmt: skip
        return set(), said % {"n": len(sent), "most": MOST_AT_ONCE}
    try:
        found = {UUID(value) for value in sent}
    except ValueError:
        return set(), GONE_FROM_LIST
    if not found:
        return found, _t("No remark was marked, so nothing was done. Mark some first.")
    return found, ""


class AddThemeForm(forms.Form):
    """A new theme."""

    title = forms.CharField(
        label=_("New theme"),
        max_length=200,
        error_messages={"required": _("Write what the theme is called.")},
    )


class ThemeForm(SeenVersionForm):
    """A theme's name, and the administration's summary of what was said."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Write what the theme is called.")},
    )
    summary = RichText(label=_("Summary of what was said"), rows=8)

    def __init__(self, data: Any, *, theme: Theme) -> None:
        known = {"title": theme.title, "summary": in_plain(theme.summary)}
        super().__init__(data, initial={**known, "seen": theme.version})


class StandardAnswerForm(SeenVersionForm):
    """A reply that is used again."""

    title = forms.CharField(
        label=_("What it is called"),
        max_length=200,
        error_messages={"required": _("Write what the answer is called.")},
    )
    reply = RichText(
        label=_("The administration's reply"),
        required=True,
        error_messages={"required": _("Write the reply.")},
    )
    proposal = forms.ChoiceField(label=_("The administration proposes"), required=False)

    def __init__(self, data: Any = None, *, answer: StandardAnswer | None = None) -> None:
        known: dict[str, Any] = {"seen": 0}
        if answer is not None:
            known = {"title": answer.title, "reply": in_plain(answer.reply)}
            known |= {"proposal": answer.proposal, "seen": answer.version}
        super().__init__(data, initial=known)
        self.fields["proposal"].choices = proposals(_t("Nothing"))


class SaidForm(forms.Form):
    """What was said at a meeting: an empty line between one remark and the next."""

    said = forms.CharField(
        label=_("What was said"),
        max_length=MAX_WORDS * 4,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Leave an empty line between one remark and the next."),
        error_messages={"required": _("Write what was said.")},
    )
    anchor = forms.ChoiceField(label=_("Is about"), required=False)

    def __init__(self, data: Any = None, *, draft: Draft) -> None:
        super().__init__(data)
        spots = list(draft.spots.values())
        self.fields["anchor"].choices = spot_choices(_t("The plan as a whole"), spots, "")

    def clean_said(self) -> list[str]:
        """The remarks, one by one."""
        found = re.split(r"\n(?:[^\S\n]*\n)+", self.cleaned_data["said"].replace("\r\n", "\n"))
        said = [one.strip() for one in found if one.strip()]
        if len(said) > MOST_SAID:
            raise forms.ValidationError(
                _("At most %(n)d remarks can be added at once.") % {"n": MOST_SAID}
            )
        return said


class MeetingInputForm(SaidForm):
    """A meeting, and what was said there."""

    title = forms.CharField(
        label=_("Meeting"),
        max_length=200,
        error_messages={"required": _("Write which meeting it was.")},
    )
    held_on = forms.DateField(
        label=_("Held on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[in_reach],
        error_messages={
            "required": _("Write the day of the meeting."),
            "invalid": _("Write a date: day, month and year."),
        },
    )
    field_order = ["title", "held_on", "said", "anchor"]


class ReadyForm(SeenVersionForm):
    """Ready for the agenda; ``in_spite`` where something is missing."""

    in_spite = long_words(
        label=_("Why is it put on the agenda all the same?"),
        error_messages={"required": _("Write why it is put on the agenda all the same.")},
    )

    def __init__(self, data: Any = None, *, seen: int, missing: bool) -> None:
        super().__init__(data, initial={"seen": seen})
        if not missing:
            del self.fields["in_spite"]
