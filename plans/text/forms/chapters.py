"""Forms of a plan's target groups and principles, and of the chapters made of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.plain_text import can_be_seen
from plans.models import Section

from ..chapter_templates import TARGET_GROUPS, choices
from ..outline import OutlineLine

MOST = 40  # lines in one list: more are no chapters any more


class LinesForm(forms.Form):
    """Several at once, a line each."""

    lines = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One on each line, in the order they are to stand."),
        error_messages={"required": _("Write at least one.")},
    )

    def __init__(self, *args: Any, label: str, there: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].label = label
        self.there = there

    def clean_lines(self) -> list[str]:
        """The titles."""
        titles = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        titles = [title for title in titles if can_be_seen(title)]
        if any(len(title) > 300 for title in titles):
            raise forms.ValidationError(
                _("One of the lines is longer than 300 letters. Make it a heading, not a text.")
            )
        if self.there + len(titles) > MOST:
            raise forms.ValidationError(
                _("There can be no more than %(n)s. Gather some of them under one heading."),
                params={"n": MOST},
            )
        return titles


class LineForm(forms.Form):
    """The name of a target group or a principle."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    title = forms.CharField(
        label=_("Title"), max_length=300, error_messages={"required": _("Write what it is called.")}
    )


class ChaptersForm(forms.Form):
    """A template for the chapters."""

    template = forms.ChoiceField(
        label=_("Which chapters?"),
        choices=choices,
        widget=forms.RadioSelect,
        initial=TARGET_GROUPS,
        error_messages={"required": _("Choose a template.")},
    )


class TieForm(forms.Form):
    """A section that is written already and is to stand for a part of the matrix."""

    section = forms.ModelChoiceField(
        Section.objects.none(),
        label=_("The section that says it already"),
        to_field_name="uid",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the section.")},
    )

    def __init__(self, *args: Any, outline: list[OutlineLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [line for line in outline if not line.section.chapter_part]
        names = {line.section.pk: f"{line.number} {line.title}" for line in free}
        self.fields["section"].queryset = Section.objects.filter(pk__in=names)
        self.fields["section"].label_from_instance = lambda row: names[row.pk]
        self.fields["section"].choices = [
            ("", _("Choose")),
            *((str(line.section.uid), names[line.section.pk]) for line in free),
        ]
