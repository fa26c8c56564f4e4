"""Forms of the text: a section, its place, comments. What is written in it: ``core.forms``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.richtext.blocks import Block
from plans.models import Section


class AddForm(forms.Form):
    """A new section: its heading, and under which it stands."""

    title = forms.CharField(
        label=_("Heading"),
        max_length=300,
        error_messages={"required": _("Write a heading for the section.")},
    )
    parent = forms.ModelChoiceField(
        Section.objects.none(),
        label=_("Under"),
        to_field_name="uid",
        required=False,
        empty_label=_("No other section: a chapter of its own"),
    )

    def __init__(self, *args: Any, outline: list[Any], sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = sections
        numbers = {line.section.pk: f"{line.number} {line.section.title}" for line in outline}
        self.fields["parent"].label_from_instance = lambda row: numbers.get(row.pk, row.title)


class CommentForm(forms.Form):
    """A comment, and the paragraph it is about."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the comment first.")},
    )
    anchor = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, blocks: list[Block], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [("", _("The whole section"))] + [
            (block.anchor, _begins(block.text)) for block in blocks
        ]


def _begins(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"


class AnswerForm(forms.Form):
    """An answer to a comment."""

    text = forms.CharField(
        max_length=5000, error_messages={"required": _("Write the answer first.")}
    )
