"""Forms of a plan in the workspace: what is public, and publishing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..document import PlanDocument


class PublicForm(forms.Form):
    """Which milestones the public may see with the next publication (uids)."""

    public = forms.MultipleChoiceField(
        label=_("Milestones for everybody"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, uids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public"].choices = [(uid, uid) for uid in uids]


class PublishForm(forms.Form):
    """Confirming a publication: what was seen, and what the public is told of it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What has changed, and why?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In plain words. It is shown to the public with the new version."),
    )
    looked = forms.BooleanField(
        label=_("I have looked: it may be published"),
        required=False,
        error_messages={"required": _("Look the marked places through and confirm it.")},
    )

    def __init__(self, *args: Any, first: bool, flagged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _(
            "Write what has changed and why, so that those who follow the plan understand it."
        )
        if first:
            del self.fields["reason"]
        if flagged:
            self.fields["looked"].required = True
        else:
            del self.fields["looked"]


_CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})\d{2}[- ]?\d{4}(?![\d-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<![\d-])(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?![\d-])")


def personal_looking(document: PlanDocument) -> list[tuple[str, str]]:
    """Texts of a process plan with something like a CPR number, e-mail or telephone number, as
    (milestone title, what was found). CPR: a valid day and month, no modulus 11."""
    found = []
    for line in document.process_plan.milestones:
        text = " ".join([line.title, line.description, line.written, *line.bodies])
        for match in _CPR.finditer(text):
            if 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
                found.append((line.title, match[0]))
        found += [(line.title, match[0]) for match in _MAIL.finditer(text)]
        found += [(line.title, match[0]) for match in _PHONE.finditer(text)]
    return list(dict.fromkeys(found))
