"""Which year, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Body


class WheelForm(forms.Form):
    """A year, and a body or all of them. In the address ``aar`` and ``udvalg``."""

    aar = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Nothing is known of that year. Choose another.")},
    )
    udvalg = forms.ChoiceField(
        label=_("Body"),
        required=False,
        error_messages={"invalid_choice": _("There is no such body. Choose another.")},
    )

    def __init__(self, data: Any, *, years: range, bodies: Sequence[Body], this_year: int) -> None:
        initial = {"aar": this_year}
        super().__init__({**initial, **data.dict()}, initial=initial)
        self.fields["aar"].choices = [(year, str(year)) for year in reversed(years)]
        self.fields["udvalg"].choices = [
            ("", _("All bodies")),
            *((body.slug, body.name) for body in bodies),
        ]
        self.bodies = {body.slug: body for body in bodies}
        self.this_year = this_year

    @property
    def year(self) -> int:
        """The chosen year; this one where none was, or none that is known."""
        self.is_valid()
        return self.cleaned_data.get("aar") or self.this_year

    @property
    def body(self) -> Body | None:
        """The chosen body."""
        self.is_valid()
        return self.bodies.get(self.cleaned_data.get("udvalg") or "")
