"""Colleagues as they are pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.accounts.people_forms import roles_to_give
from kommuneplan.core.models import Body, User

from .meetings import body_field

LONGEST_TEXT = 100_000


class ColleaguesForm(forms.Form):
    """A line for each colleague, and what holds where a line does not say it."""

    text = forms.CharField(
        label=_("Your colleagues, one a line"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Name; e-mail; role. Also from Excel. Roles are plan lead, manager, director, "
            "committee secretary, member, administrator. A committee in the line holds for that "
            "person."
        ),
        error_messages={"required": _("Write at least one line.")},
    )
    role = forms.ChoiceField(label=_("Role, where a line has none"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, user: User, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, capfirst(role.label)) for role in roles_to_give(user)]
        self.fields["role"].choices = [("", _("It stands in the line")), *roles]
        self.fields["body"] = body_field(
            bodies,
            label=_("Committee or council, where a line has none"),
            required=False,
            empty_label=_("It stands in the line"),
        )
        if len(bodies) == 1:
            self.fields["body"].empty_label = None
        for name in ("role", "body"):
            self.fields[name].unmarked = True
        self.order_fields(["text", "body", "role", "seen"])
