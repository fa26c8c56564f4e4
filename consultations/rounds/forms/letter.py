"""The form of the consultation letter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.richtext import editor
from kommuneplan.richtext.plaintext import to_html

MAX_LETTER = 100_000  # letters of HTML


class LetterForm(forms.Form):
    """The letter as rich text; ``plain`` comes from the simple text box of a browser without
    JavaScript and then holds."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Letter"), required=False, max_length=MAX_LETTER, strip=False)
    plain = forms.CharField(required=False, max_length=MAX_LETTER, strip=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = editor.widget(letter=True)

    @property
    def written(self) -> str:
        """The HTML to store."""
        data = self.cleaned_data
        return to_html(data["plain"]) if "plain" in self.data else data["text"]
