"""Giving a role and ending it, on a day. Ended is at once: the next request is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, User

from .ending import end_on


class LastAdministrator(Exception):
    """Nobody would be left who may give roles."""


class HeldAlready(Exception):
    """The person has that role there on some of those days."""


RoleTaken = Callable[[Membership, "User | None"], None]
RoleEnded = Callable[[Membership, dt.date, "User | None"], None]

_role_taken: list[RoleTaken] = []
_role_ended: list[RoleEnded] = []


def register_role_taken(follows: RoleTaken) -> None:
    """What an app above does when somebody takes a role, in the same transaction; called in
    ``ready()``."""
    if follows not in _role_taken:
        _role_taken.append(follows)


def register_role_ended(follows: RoleEnded) -> None:
    """What an app above does when a role ends on a day (the first without it), in the same
    transaction; called in ``ready()``."""
    if follows not in _role_ended:
        _role_ended.append(follows)


def role_taken(membership: Membership, by: User | None) -> None:
    """Tell those above that somebody has a role from a day."""
    for follows in _role_taken:
        follows(membership, by)


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    body: Body | None,
    by: User | None,
    begins: dt.date | None = None,
    ends: dt.date | None = None,
) -> Membership:
    """Let a person have a role from a day (today) until a day (further notice), both included.

    Raises HeldAlready when they have it on some of those days.
    """
    User.objects.select_for_update().get(pk=user.pk)
    begins = begins or clock.today()
    held = Membership.objects.sharing(begins, ends)
    if held.filter(user=user, role=role, body=body).exists():
        raise HeldAlready
    row = Membership(user=user, role=role, body=body, begins=begins, ends=ends)
    row._history_user = by
    row.save()
    role_taken(row, by)
    return row


@transaction.atomic
def end_role(*, membership: Membership, on: dt.date, by: User | None) -> None:
    """Let a role end: ``on`` is the first day without it (see ``end_on``).

    Raises LastAdministrator when no open account would be left with that role.
    """
    administrators = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    rows = list(administrators.order_by("pk")) if membership.role == Role.ADMINISTRATOR else []
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    ends_already = row.ends and row.ends < on
    if rows and not ends_already and not _somebody_else(rows, row):
        raise LastAdministrator
    end_on(row, on=on, by=by)
    for follows in _role_ended:
        follows(row, on, by)


def _somebody_else(rows: list[Membership], ending: Membership) -> bool:
    """Whether another open account administers until further notice."""
    others = [one.user_id for one in rows if one.pk != ending.pk and one.ends is None]
    able = User.objects.filter(is_active=True)
    return able.filter(Q(pk__in=others) | Q(is_superuser=True)).exists()
