"""A plan begun from nothing, and its place among the others: under which it stands, what it
replaces."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.lifecycle.cycles import cycle_to_edit
from plans.lifecycle.usual_people import appoint_usual
from plans.models import Plan

_TRIES = 3


class UnderItself(Exception):
    """The plan would stand under itself, or under a plan that stands under it."""


def create_plan(*, uid: uuid.UUID, facts: Mapping[str, Any], by: User) -> Plan:
    """A plan in draft with its first cycle. Asked twice with the same ``uid`` it is one plan.

    Two plans of the same title at the same moment reach for the same address; the second tries
    again and gets another.
    """
    for attempt in range(1, _TRIES + 1):
        found = Plan.objects.filter(uid=uid).first()
        if found is not None:
            return found
        try:
            return _created(uid, facts, by)
        except (IntegrityError, ValueError):
            if attempt == _TRIES:
                raise
    raise AssertionError


@transaction.atomic
def _created(uid: uuid.UUID, facts: Mapping[str, Any], by: User) -> Plan:
    plan = Plan(uid=uid, **facts)
    plan._history_user = by
    plan.save()
    cycle_to_edit(plan)
    appoint_usual(plan=plan, by=by)
    return plan


@transaction.atomic
def place_plan(
    *,
    plan: Plan,
    seen: int,
    kind: str,
    parent: Plan | None,
    replaces: Collection[Plan],
    replaces_in_words: str,
    by: User | None,
) -> Plan:
    """Put a plan in its place. Raises Conflict when it was saved since version ``seen``, and
    UnderItself.

    Both trees are locked, so that of two who would put two plans under each other one waits and
    is then refused.
    """
    trees = {one.root_id or one.pk for one in (plan, parent) if one}
    inside = Q(pk__in=trees) | Q(root__in=trees)
    list(Plan.objects.select_for_update().filter(inside).order_by("pk").values_list("pk"))
    row = Plan.objects.get(pk=plan.pk)
    row.kind, row.replaces_in_words = kind, replaces_in_words
    row.parent = Plan.objects.get(pk=parent.pk) if parent else None
    if row.version != seen:
        raise Conflict(row)
    above = row.parent
    while above is not None:
        if above.pk == row.pk:
            raise UnderItself
        above = above.parent
    row._history_user = by
    row.save()
    row.replaces.set(replaces)
    return row
