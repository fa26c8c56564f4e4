"""The form of what a person wants by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds import kinds


class WantedForm(forms.Form):
    """Each kind of notice, by mail or not."""

    wanted = forms.MultipleChoiceField(
        label=_("I want a mail when"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].unmarked = True  # to want none is a choice like the others
        self.fields["wanted"].choices = [(one.name, one.label) for one in kinds.values()]
