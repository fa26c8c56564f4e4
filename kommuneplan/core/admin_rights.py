"""What people may do in the admin by the roles they hold, and which rows are theirs there.

The admin asks Django's own permissions ("plans.change_plan"). They follow from the roles of the
day, as all rights do: no rows are kept in step, and a role that has ended gives nothing from that
day on. An administrator has them all. Others have those that are registered here, and of these
tables they meet only the rows that they work with; a permission that somebody was given by hand
holds beside them, as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from .enums import Role
from .models import User

Holds = Callable[[User], bool]
Within = Callable[[User], Q]
ACTS = ("view", "add", "change", "delete")
OWN_APPS = ("core", "plans", "consultations")


@dataclass(frozen=True, slots=True)
class AdminRight:
    """What those whom ``holds`` names may do with a table: ``acts`` with the rows ``within``."""

    model: type[Model]
    acts: tuple[str, ...]
    holds: Holds
    within: Within


_rights: list[AdminRight] = []


def everything(user: User) -> Q:
    """All rows: nothing in them is anybody's alone."""
    return Q()


def register_admin_rights(
    models: Iterable[type[Model]], acts: str, *, holds: Holds, within: Within = everything
) -> None:
    """Let some people do things with some tables; ``acts`` as words ("view change"). Called in
    ``ready()``."""
    _rights.extend(AdminRight(model, tuple(acts.split()), holds, within) for model in models)


def has_everything(user: User) -> bool:
    """An administrator, or who was made a superuser."""
    return user.is_superuser or user.has_role(Role.ADMINISTRATOR)


def asked_by_role(user: User) -> Q:
    """The permissions that follow from a person's roles today, as rows of Django's table."""
    if has_everything(user):
        return Q(content_type__app_label__in=OWN_APPS)
    held: dict[Holds, bool] = {}
    found = Q(pk__in=())
    for right in _rights:
        if right.holds not in held:
            held[right.holds] = right.holds(user)
        if held[right.holds]:
            meta = right.model._meta
            names = [f"{act}_{meta.model_name}" for act in right.acts]
            found |= Q(content_type__app_label=meta.app_label, codename__in=names)
    return found


def rows_for(user: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some rows that a person meets in the admin."""
    if has_everything(user):
        return rows
    mine = [one for one in _rights if one.model is rows.model and one.holds(user)]
    if not mine:
        return rows  # nothing follows from a role: what was given by hand holds as it is
    within = Q(pk__in=())
    for one in mine:
        condition = one.within(user)
        if not condition:
            return rows
        within |= condition
    return rows.filter(pk__in=rows.model._default_manager.filter(within).values("pk"))
