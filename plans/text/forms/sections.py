"""Forms of the text: a section, its place, what is written in it, comments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.keeping import Typed
from kommuneplan.richtext.blocks import Block
from kommuneplan.richtext.editor import widget
from kommuneplan.richtext.plaintext import to_html
from plans.models import Section

MAX_TEXT = 2_000_000  # letters of HTML in one section: some 300 pages
_TOO_LONG = _("The text is too long for one section. Divide it into several.")


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


class WriteForm(forms.Form):
    """What is written in a section, and what the page knew when it was opened.

    ``plain`` comes from the simple text box of a browser without JavaScript and then holds.
    """

    title = forms.CharField(
        label=_("Heading"),
        max_length=300,
        error_messages={"required": _("Write a heading for the section.")},
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        error_messages={"max_length": _TOO_LONG},
    )
    plain = forms.CharField(
        required=False, max_length=MAX_TEXT, strip=False, error_messages={"max_length": _TOO_LONG}
    )
    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    page = forms.RegexField(r"^[0-9a-z]*$", required=False, max_length=32)
    sequence = forms.IntegerField(required=False, min_value=0, max_value=2**53)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = widget()

    @property
    def words(self) -> dict[str, str]:
        """Title and text as they were typed."""
        data = self.cleaned_data
        text = to_html(data["plain"]) if "plain" in self.data else data["text"]
        return {"title": data["title"], "text": text}

    @property
    def typed(self) -> Typed:
        """What was sent, and what the page had shown: only the fields that came."""
        sent = {"title", "text"} & {*self.data} | ({"text"} if "plain" in self.data else set())
        return Typed(
            words={name: words for name, words in self.words.items() if name in sent},
            seen={name: self.data.get(f"seen.{name}", "") for name in ("title", "text")},
            page=self.cleaned_data["page"],
            sequence=self.cleaned_data["sequence"] or 0,
        )


class DraftForm(WriteForm):
    """The same while one writes: a heading may be empty for a moment, and what was not touched is
    not sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


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
