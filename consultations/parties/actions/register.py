"""The register of parties: whom the municipality hears, and the standard lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from consultations.models import ContactPerson, Party, StandardList
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict

CONTACT = ("name", "role", "email", "phone")


@transaction.atomic
def save_party(
    *,
    party: Party | None,
    facts: Mapping[str, Any],
    contacts: Iterable[Mapping[str, str]],
    seen: int = 0,
    by: User | None,
) -> Party:
    """Store a party (a new one without ``party``) and its contact persons, which are those given:
    whoever is not among them is a contact person no more.

    Raises Conflict when somebody has changed the party since ``seen``.
    """
    row = Party() if party is None else Party.objects.select_for_update().get(pk=party.pk)
    if party is not None and row.version != seen:
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _saved(row, by)
    _keep_contacts(row, contacts, by)
    return row


def _keep_contacts(party: Party, contacts: Iterable[Mapping[str, str]], by: User | None) -> None:
    there = {str(one.uid): one for one in party.contacts.all()}
    for facts in contacts:
        one = there.pop(facts.get("uid", ""), None) or ContactPerson(party=party)
        changed = [name for name in CONTACT if getattr(one, name) != facts[name]]
        for name in changed:
            setattr(one, name, facts[name])
        if changed:
            _saved(one, by)
    for gone in there.values():
        gone._history_user = by
        gone.delete()


@transaction.atomic
def retire_party(*, party: Party, retired: bool, by: User | None) -> Party:
    """Offer a party no more, or again. Lists of rounds it stands on keep it."""
    row = Party.objects.select_for_update().get(pk=party.pk)
    if (row.retired_at is not None) != retired:
        row.retired_at = clock.now() if retired else None
        _saved(row, by)
    return row


@transaction.atomic
def save_list(
    *,
    standard: StandardList | None,
    title: str,
    plan_kind: str,
    parties: Iterable[Party],
    seen: int = 0,
    by: User | None,
) -> StandardList:
    """Store a standard list (a new one without ``standard``) with the parties on it.

    Raises Conflict when somebody has changed it since ``seen``.
    """
    row = StandardList() if standard is None else standard
    if standard is not None:
        row = StandardList.objects.select_for_update().get(pk=standard.pk)
        if row.version != seen:
            raise Conflict(row)
    row.title, row.plan_kind = title, plan_kind
    _saved(row, by)
    row.parties.set(parties)
    return row


def _saved(row: Any, by: User | None) -> Any:
    row._history_user = by
    row.save()
    return row
