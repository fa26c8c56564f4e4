"""The form of hiding personal data in a frozen version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.personal import find

from ..redaction_preview import BlockChoice


class HideBlocksForm(forms.Form):
    """Which blocks lose their words, and why.

    ``agreed`` is asked for where it was shown what that does (the page then sends ``shown``),
    unless that page asks for the other places of the version as well (``more``).
    """

    blocks = forms.MultipleChoiceField(
        label=_("What is to be hidden?"),
        error_messages={"required": _("Choose at least one place.")},
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why is it hidden?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the history, which only colleagues read. Do not repeat what is hidden."),
        error_messages={"required": _("Write why it is hidden.")},
    )
    agreed = forms.BooleanField(
        label=_("I have looked: these words are to be destroyed for ever"),
        required=False,
        error_messages={"required": _("Mark that you have looked at what it means.")},
    )

    def __init__(self, *args: Any, blocks: list[BlockChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wants_more = "more" in self.data
        self.fields["agreed"].required = "shown" in self.data and not self.wants_more
        self.fields["blocks"].choices = [(block.anchor, block.words) for block in blocks]

    def choose(self, anchors: list[str]) -> None:
        """These blocks besides those that were chosen."""
        self.data = self.data.copy()
        self.data.setlist("blocks", [*self.cleaned_data["blocks"], *anchors])

    def clean_reason(self) -> str:
        """Without the very thing that is hidden."""
        reason: str = self.cleaned_data["reason"]
        found = find(reason)
        if found:
            raise forms.ValidationError(
                _t("“%(found)s” looks like personal data. Write the reason without it.")
                % {"found": found[0].quote}
            )
        return reason
