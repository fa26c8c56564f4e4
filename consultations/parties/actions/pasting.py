"""Parties that were pasted go into the register, and onto a standard list where one is named."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from consultations.models import Party, StandardList
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict, Outdated
from plans.setup.actions.shown import as_shown

from ..pasted import PartyFate, PartyPreview, PastedParty
from .register import CONTACT, save_list, save_party


@transaction.atomic
def enter_parties(
    *,
    preview: Callable[[], PartyPreview],
    seen: str,
    standard: StandardList | None = None,
    new_list: str = "",
    by: User,
) -> PartyPreview:
    """Do what the preview shows, and give it. ``new_list``: the title of a list that is made of
    them. Raises Outdated when the register has changed since ``seen``."""
    found = as_shown(preview, seen)
    try:
        parties = [_entered(row, by) for row in found.parties]
        if standard is not None:
            _on_list(standard, parties, by)
        elif new_list:
            save_list(standard=None, title=new_list, plan_kind="", parties=parties, by=by)
    except Conflict as error:
        raise Outdated from error
    return found


def _entered(row: PastedParty, by: User) -> Party:
    """The party of a line: a new one, or the one that is there, given its address."""
    if row.party is None:
        facts = {"name": row.name, "category": row.category, "email": row.email,
                 "note": row.note, "heard_by": row.heard_by, "body": row.body}  # fmt: skip
        return save_party(party=None, facts=facts, contacts=(), by=by)
    if row.fate is PartyFate.SAME:
        return row.party
    there = [
        {"uid": str(one.uid), **{name: getattr(one, name) for name in CONTACT}}
        for one in row.party.contacts.all()
    ]
    facts = {"email": row.email}
    return save_party(party=row.party, facts=facts, contacts=there, seen=row.party.version, by=by)


def _on_list(standard: StandardList, parties: list[Party], by: User) -> None:
    there = list(standard.parties.all())
    save_list(
        standard=standard,
        title=standard.title,
        plan_kind=standard.plan_kind,
        parties=[*there, *parties],
        seen=standard.version,
        by=by,
    )
