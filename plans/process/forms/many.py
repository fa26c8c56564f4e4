"""The rows that are ticked in the room, and by how many days they are moved."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.many import ManyAct

FARTHEST = 3650  # days


class TickedForm(forms.Form):
    """Which rows, as they were seen (``uid.version``), and what is done to them."""

    act = forms.ChoiceField(choices=[(one.value, one.value) for one in ManyAct])

    @property
    def seen(self) -> dict[str, int]:
        """The versions that were seen, by uid; what is neither is nobody's row."""
        return seen_rows(self.data.getlist("row"))


def seen_rows(ticked: list[str]) -> dict[str, int]:
    """``uid.version`` of each box that is ticked."""
    found = {}
    for one in ticked:
        uid, _dot, version = one.partition(".")
        if version.isascii() and version.isdigit() and len(version) < 10:
            try:
                found[str(uuid.UUID(uid))] = int(version)
            except ValueError:
                continue
    return found


class MoveManyForm(forms.Form):
    """By how many days."""

    days = forms.IntegerField(
        label=_("Days later"),
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=_("7 is a week. Write a minus in front to move them to an earlier day."),
        error_messages={"required": _("Write by how many days they are moved.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].widget.attrs |= {"inputmode": "text"}
