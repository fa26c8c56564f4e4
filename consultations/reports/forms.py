"""The document numbers of what is filed in the case system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from .case_file import CaseItem

LONGEST = 60


class NumbersForm(forms.Form):
    """A field for each thing; an empty one is not filed, or no longer."""

    def __init__(self, data: Any = None, *, things: Iterable[CaseItem]) -> None:
        super().__init__(data)
        self.things = {f"{one.kind}-{one.uid}": one for one in things}
        for name, thing in self.things.items():
            self.fields[name] = forms.CharField(
                label=_("Document no. of %(title)s") % {"title": thing.title},
                required=False,
                max_length=LONGEST,
                initial=thing.document_number,
            )

    def rows(self) -> list[tuple[CaseItem, Any]]:
        """Each thing with its field."""
        return [(thing, self[name]) for name, thing in self.things.items()]

    @property
    def numbers(self) -> dict[tuple[str, UUID], str]:
        """What was typed, by kind and uid; only what was sent."""
        return {
            (thing.kind, thing.uid): self.cleaned_data[name]
            for name, thing in self.things.items()
            if name in self.data
        }
