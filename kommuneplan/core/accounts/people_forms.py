"""Forms about who has which role."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, User
from kommuneplan.core.permissions import GIVEN_BY_SECRETARIES, is_administrator
from kommuneplan.timespan.forms import in_reach


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, validators=[in_reach], **more)


_OFTEN_FIRST = (
    *(Role.MEMBER, Role.LEAD, Role.MANAGER, Role.DIRECTOR),
    *(Role.SECRETARY, Role.COUNCIL_SECRETARY, Role.ADMINISTRATOR),
)


def roles_to_give(user: User) -> list[Role]:
    """The roles that somebody may give, those given most often first."""
    if is_administrator(user):
        return list(_OFTEN_FIRST)
    return [role for role in _OFTEN_FIRST if role in GIVEN_BY_SECRETARIES]


class EndRoleForm(forms.Form):
    """From which day a role is over."""

    on = _day(
        label=_("Ends on"),
        help_text=_("From that day on the person does not have the role."),
        error_messages={"required": _("Write the day on which the role ends.")},
    )


class RoleForm(forms.Form):
    """Which role, in which body, from when until when."""

    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose what the person is to do.")}
    )
    body = forms.ModelChoiceField(
        Body.objects.all(),
        label=_("Body"),
        required=False,
        to_field_name="slug",
        empty_label=_("None (administrator)"),
    )
    begins = _day(
        label=_("From"), error_messages={"required": _("Write the day on which the role begins.")}
    )
    ends = _day(
        label=_("Until and including"), required=False, help_text=_("Empty: until further notice.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, capfirst(role.label)) for role in _OFTEN_FIRST]
        self.fields["role"].choices = [("", _("Choose")), *roles]
        self.fields["begins"].initial = today

    def clean(self) -> dict[str, Any]:
        """A body for everybody but the administrator; days in order."""
        data = super().clean() or self.cleaned_data
        role, body = data.get("role"), data.get("body")
        if role == Role.ADMINISTRATOR and body:
            self.add_error("body", _("An administrator belongs to no body. Choose none."))
        if role and role != Role.ADMINISTRATOR and not body and "body" not in self.errors:
            self.add_error("body", _("Choose the body in which the person has the role."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day is before the first. Check both."))
        return data


class RoleKeyField(forms.Field):
    """One of a person's roles as pages name it: "member/socialudvalget/2026-01-01"."""

    def __init__(self, *, rows: list[Membership]) -> None:
        super().__init__(widget=forms.HiddenInput)
        self.rows = {role_key(row): row for row in rows}

    def clean(self, value: Any) -> Membership:
        """The row; ValidationError when the person has no such role any more."""
        if value not in self.rows:
            raise ValidationError(_("The person no longer has that role. Nothing was changed."))
        return self.rows[value]


def role_key(row: Membership) -> str:
    """What names a role among a person's."""
    begins: dt.date = row.begins
    return f"{row.role}/{row.body.slug if row.body else ''}/{begins:%Y-%m-%d}"
