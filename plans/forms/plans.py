"""Forms of a plan in the workspace: what is public, and publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import now
from kommuneplan.personal import Kind, find
from kommuneplan.richtext import plain

from ..document import PlanDocument
from ..enums import Audience


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


class PublishVersionForm(PublishForm):
    """Publishing a frozen version: to whom, from when, and what is told of it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(a.value, capfirst(a.label)) for a in (Audience.PUBLIC, Audience.MEMBERS)],
        widget=forms.RadioSelect,
    )
    visible_from = forms.DateTimeField(
        label=_("Visible from"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: at once."),
    )
    field_order = ["seen", "audience", "visible_from", "looked", "reason"]

    def clean_visible_from(self) -> dt.datetime | None:
        """A time to come, or none."""
        at = self.cleaned_data["visible_from"]
        if at is not None and at < now():
            raise forms.ValidationError(
                _t("The time is past. Leave it empty to publish at once, or choose a later one.")
            )
        return at


_ASKED = {Kind.CPR, Kind.EMAIL, Kind.PHONE}


def _texts(document: PlanDocument, whole: bool) -> Iterator[tuple[str, str]]:
    for line in document.process_plan.milestones:
        yield line.title, " ".join([line.title, line.description, line.written, *line.bodies])
    if not whole:
        return
    head = document.head
    yield head.title, " ".join([head.title, head.proposal, head.still_open, head.decided_by])
    for section in document.text:
        words = " ".join(plain(block.html) for block in section.blocks)
        yield section.title, f"{section.title} {words}"


def personal_looking(document: PlanDocument, *, whole: bool = False) -> list[tuple[str, str]]:
    """Texts of a process plan, or of the ``whole`` document, with something like a CPR number,
    e-mail or telephone number, as (title of milestone or section, what was found)."""
    found = [
        (title, finding.quote)
        for title, text in _texts(document, whole)
        for finding in find(text)
        if finding.kind in _ASKED
    ]
    return list(dict.fromkeys(found))
