"""Forms of the list of parties of a round, and of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations import deadlines
from consultations.enums import HeardBy, PartyCategory
from consultations.models import Invitation, Party, Round, StandardList
from consultations.models.party import ContactPerson
from consultations.models.round import last_day
from kommuneplan.collation import fold
from kommuneplan.core.forms import day_field, mail_field, words_field
from kommuneplan.core.models import Body
from plans.enums import PlanKind

CONTACTS = 2  # empty rows at the end of the contact persons
MOST = 60


class ChooseForm(forms.Form):
    """Parties of the register that go on a list: single ones, and whole standard lists."""

    parties = forms.ModelMultipleChoiceField(
        Party.objects.filter(retired_at__isnull=True),
        label=_("Parties"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lists = forms.ModelMultipleChoiceField(
        StandardList.objects.all(),
        label=_("Standard lists"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """Something is chosen."""
        cleaned = super().clean()
        if not cleaned.get("parties") and not cleaned.get("lists"):
            self.add_error(None, _t("Choose at least one party or one list."))
        return cleaned

    @property
    def chosen(self) -> list[Party]:
        """Every party that is chosen, each once."""
        named = list(self.cleaned_data["parties"])
        on_lists = Party.objects.filter(
            standard_lists__in=self.cleaned_data["lists"], retired_at__isnull=True
        )
        return list(dict.fromkeys([*named, *on_lists]))


class PartyInvitationForm(forms.Form):
    """Whom a party's letter goes to, and until when it may answer."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    email = mail_field(
        label=_("E-mail"), required=False, help_text=_("The letter and the link go here.")
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=150, required=False)
    last_day = day_field(
        label=_("Own last day"),
        required=False,
        help_text=_("Up to and including this day. Empty: as for everybody."),
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if round.announced_at is not None:
            del self.fields["last_day"]

    @property
    def closes_at(self) -> dt.datetime | None:
        """The party's own deadline."""
        day = self.cleaned_data.get("last_day")
        return deadlines.ends(day) if day else None


class TakeOffForm(forms.Form):
    """Why a party is taken off the list."""

    reason = words_field(2, label=_("Reason"), error_messages={"required": _("Write the reason.")})


class PartyForm(forms.Form):
    """A party in the register, with its contact persons in numbered rows."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Write the name of the party.")},
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[(one.value, capfirst(one.label)) for one in PartyCategory]
    )
    email = mail_field(
        label=_("E-mail"),
        required=False,
        help_text=_("Empty: the letter goes to the first contact person."),
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Council or committee of the municipality"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
        help_text=_("Its meetings are then shown against the deadline, and its secretary can "
                    "answer for it."),
    )  # fmt: skip
    heard_by = forms.ChoiceField(
        label=_("Is heard by law or agreement as"),
        choices=[("", _("Nothing of the kind")), *((one.value, one.label) for one in HeardBy)],
        required=False,
    )
    note = words_field(2, label=_("Internal note"), required=False)

    def __init__(self, *args: Any, party: Party | None = None, **kwargs: Any) -> None:
        self.there = list(party.contacts.all()) if party else []
        if party is not None:
            kwargs["initial"] = {**_of_party(party), **_of_contacts(self.there)}
        super().__init__(*args, **kwargs)
        taken = Party.objects.filter(body__isnull=False)
        taken = taken.exclude(pk=party.pk) if party else taken
        self.fields["body"].queryset = Body.objects.exclude(pk__in=taken.values("body"))
        self.party = party
        for place in range(len(self.there) + CONTACTS):
            self._add_contact(place)

    def _add_contact(self, place: int) -> None:
        def text(label: Any, longest: int) -> forms.CharField:
            return forms.CharField(label=label, max_length=longest, required=False)

        self.fields[f"contact_{place}_name"] = text(_("Name"), 150)
        self.fields[f"contact_{place}_role"] = text(_("Function"), 150)
        self.fields[f"contact_{place}_email"] = mail_field(label=_("E-mail"), required=False)
        self.fields[f"contact_{place}_phone"] = text(_("Telephone"), 30)

    @property
    def contact_rows(self) -> list[list[Any]]:
        """The fields of each contact person."""
        return [
            [self[f"contact_{place}_{name}"] for name in ("name", "role", "email", "phone")]
            for place in range(len(self.there) + CONTACTS)
        ]

    @property
    def main_fields(self) -> list[Any]:
        """The fields of the party itself."""
        return [self[name] for name in ("name", "category", "email", "body", "heard_by", "note")]

    def clean(self) -> dict[str, Any]:
        """No two parties of one name; a contact person has one."""
        cleaned = super().clean()
        name = cleaned.get("name", "")
        same = Party.objects.filter(search_text__startswith=fold(name), retired_at__isnull=True)
        same = same.exclude(pk=self.party.pk) if self.party else same
        if name and any(fold(one.name) == fold(name) for one in same[:MOST]):
            self.add_error("name", _t("There is a party of this name in the register already."))
        for row in self.contact_rows:
            words = [cleaned.get(field.name, "") for field in row]
            if any(words) and not words[0]:
                self.add_error(row[0].name, _t("Write the name of the contact person."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Column values of the party."""
        names = ("name", "category", "email", "body", "heard_by", "note")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def contacts(self) -> list[dict[str, str]]:
        """The contact persons that stand there, those known with their uid."""
        found = []
        for place in range(len(self.there) + CONTACTS):
            facts = {
                name: self.cleaned_data[f"contact_{place}_{name}"]
                for name in ("name", "role", "email", "phone")
            }
            if facts["name"]:
                uid = str(self.there[place].uid) if place < len(self.there) else ""
                found.append({**facts, "uid": uid})
        return found


def _of_party(party: Party) -> dict[str, Any]:
    return {
        "seen": party.version,
        "name": party.name,
        "category": party.category,
        "email": party.email,
        "body": party.body.uid if party.body else None,
        "heard_by": party.heard_by,
        "note": party.note,
    }


def _of_contacts(there: Sequence[ContactPerson]) -> dict[str, str]:
    return {
        f"contact_{place}_{name}": getattr(one, name)
        for place, one in enumerate(there)
        for name in ("name", "role", "email", "phone")
    }


class ListForm(forms.Form):
    """A standard list: for which kind of plan, and who stands on it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Write the title of the list.")},
    )
    plan_kind = forms.ChoiceField(
        label=_("For plans of the kind"),
        choices=[("", _("All kinds")), *((one.value, capfirst(one.label)) for one in PlanKind)],
        required=False,
    )
    parties = forms.ModelMultipleChoiceField(
        Party.objects.filter(retired_at__isnull=True),
        label=_("Parties"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PastedPartiesForm(forms.Form):
    """A line for each party, and the list they go on."""

    text = words_field(
        8,
        label=_("The parties, one a line"),
        max_length=400_000,
        strip=False,
        help_text=_(
            "Name, category and e-mail, as columns from Excel or with semicolons between. What "
            "else stands in the line becomes the internal note."
        ),
        error_messages={"required": _("Write at least one line.")},
    )
    category = forms.ChoiceField(
        label=_("Category, where a line has none"),
        choices=[(one.value, capfirst(one.label)) for one in PartyCategory],
        initial=PartyCategory.ASSOCIATION.value,
    )
    standard = forms.ModelChoiceField(
        StandardList.objects.all(),
        label=_("Put them on a standard list"),
        to_field_name="uid",
        required=False,
        empty_label=_("None"),
    )
    new_list = forms.CharField(
        label=_("Or on a new list, with the title"), max_length=200, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        """One list."""
        cleaned = super().clean()
        if cleaned.get("standard") and cleaned.get("new_list"):
            self.add_error("new_list", _t("Choose a list, or write the title of a new one."))
        return cleaned


def as_invited(invitation: Invitation) -> dict[str, Any]:
    """What the form shows of a party on the list."""
    return {
        "seen": invitation.version,
        "email": invitation.email,
        "contact_name": invitation.contact_name,
        "last_day": last_day(invitation.closes_at),
    }
