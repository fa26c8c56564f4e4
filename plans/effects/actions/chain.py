"""What is done to a theory of change: themes and their nodes added, changed, moved, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.enums import EffectKind
from plans.models import (
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    Plan,
)
from plans.models.effects import EffectRow

from ..published import was_published

MANY = ("references", "focus_areas", "milestones", "indicators", "efforts")


class NeedsReason(Exception):
    """Others have read it: it is taken out with a reason, not deleted."""


class WrongWay(Exception):
    """What is closer to the goals cannot contribute to what stands further from them."""


# --- themes ------------------------------------------------------------------------------------


@transaction.atomic
def add_theme(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> EffectTheme:
    """A new theme, last in the order."""
    plan = _lock(plan)
    theme = EffectTheme(plan=plan, position=_next(plan.effect_themes), **_columns(facts))
    _save(theme, by)
    _point(theme, facts, by)
    return theme


@transaction.atomic
def edit_theme(
    *, theme: EffectTheme, seen: int, facts: Mapping[str, Any], by: User | None
) -> EffectTheme:
    """Change a theme. Raises Conflict when it was saved since ``seen``."""
    row = _seen(EffectTheme, theme, seen)
    return _edit(row, facts, by)


# --- nodes -------------------------------------------------------------------------------------


@transaction.atomic
def add_node(
    *, theme: EffectTheme, kind: str, title: str, serves: EffectNode | None = None, by: User | None
) -> EffectNode:
    """One line more: a goal, result, activity or resource, last among its own kind; it is internal
    until it is marked public. ``serves``: what it contributes to, where that was said."""
    _lock(theme.plan)
    rows = theme.nodes.filter(kind=kind)
    node = EffectNode(theme=theme, kind=kind, title=title, position=_next(rows))
    _save(node, by)
    if serves is not None:
        _contribute(node, {serves: ""}, by)
    return node


@transaction.atomic
def edit_node(
    *,
    node: EffectNode,
    seen: int,
    facts: Mapping[str, Any],
    serves: Mapping[EffectNode, str] | None = None,
    by: User | None,
) -> EffectNode:
    """Change a node, and what it contributes to: node → assumption. Raises Conflict when it was
    saved since ``seen``, WrongWay where the chain would run backwards."""
    row = _seen(EffectNode, node, seen)
    changed = serves is not None and _contribute(row, serves, by)
    return _edit(row, facts, by, always=changed)


def _contribute(node: EffectNode, serves: Mapping[EffectNode, str], by: User | None) -> bool:
    """Let it contribute to these and to no others; whether anything is another than it was."""
    kind = EffectKind(node.kind)
    if any(not kind.may_serve(EffectKind(other.kind)) for other in serves):
        raise WrongWay
    there = {link.serves_id: link for link in node.links.all()}
    changed = False
    for other, assumption in serves.items():
        link = there.pop(other.pk, None) or EffectLink(node=node, serves=other)
        if link.pk is None or link.assumption != assumption:
            link.assumption = assumption
            _save(link, by)
            changed = True
    for link in there.values():
        link._history_user = by
        link.delete()
        changed = True
    return changed


# --- sources -----------------------------------------------------------------------------------


@transaction.atomic
def add_reference(*, plan: Plan, facts: Mapping[str, Any], by: User | None) -> EffectReference:
    """One more source that claims can point to."""
    plan = _lock(plan)
    row = EffectReference(plan=plan, position=_next(plan.effect_references), **facts)
    _save(row, by)
    return row


@transaction.atomic
def edit_reference(
    *, reference: EffectReference, seen: int, facts: Mapping[str, Any], by: User | None
) -> EffectReference:
    """Change a source. Raises Conflict when it was saved since ``seen``."""
    row = _seen(EffectReference, reference, seen)
    return _edit(row, facts, by)


# --- all of them -------------------------------------------------------------------------------


@transaction.atomic
def move(*, row: EffectRow, step: int, by: User | None) -> bool:
    """One place up (-1) or down (1) among its like; False where there is no such place."""
    _lock(plan_of(row))
    rows = list(_alike(row))
    place = [one.pk for one in rows].index(row.pk)
    if not 0 <= place + step < len(rows):
        return False
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for position, one in enumerate(rows, start=1):
        if one.position != position:
            one.position = position
            _save(one, by)
    return True


@transaction.atomic
def remove(*, row: EffectRow, seen: int, reason: str = "", by: User | None) -> bool:
    """Delete what nobody else has read; take the rest out, for a reason. True when it is deleted.

    Raises Conflict when it was saved since ``seen``, NeedsReason when others have read it, or
    something of it, and no reason is given.
    """
    _lock(plan_of(row))
    one = _seen(type(row), row, seen)
    if not was_published(one):
        one._history_user = by
        one.delete()
        return True
    if not reason.strip():
        raise NeedsReason
    one.retired_at, one.retired_because = clock.now(), reason.strip()
    _save(one, by)
    return False


@transaction.atomic
def restore(*, row: EffectRow, by: User | None) -> EffectRow:
    """Put back what was taken out, where it stood. Twice is as once."""
    one = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if one.retired_at is not None:
        one.retired_at, one.retired_because = None, ""
        _save(one, by)
    return one


@transaction.atomic
def mark(*, row: EffectTheme | EffectNode, public: bool, by: User | None) -> None:
    """Let it be published, or keep it internal."""
    one = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if one.is_public != public:
        one.is_public = public
        _save(one, by)


def plan_of(row: EffectRow) -> Plan:
    """The plan a row belongs to."""
    return row.theme.plan if isinstance(row, EffectNode) else row.plan  # type: ignore[attr-defined]


def _alike(row: EffectRow) -> Any:
    """Those it is moved among: its own kind in its theme, or all of the plan."""
    if isinstance(row, EffectNode):
        rows = row.theme.nodes.filter(kind=row.kind)
    else:
        rows = type(row)._default_manager.filter(plan=plan_of(row))
    return rows.filter(retired_at__isnull=True).order_by("position", "pk")


def _edit(row: Any, facts: Mapping[str, Any], by: User | None, *, always: bool = False) -> Any:
    """Store what is another than it was; nothing where all is the same."""
    values = _columns(facts)
    pointed = {
        name: facts[name]
        for name in MANY
        if name in facts
        and {one.pk for one in facts[name]} != {one.pk for one in getattr(row, name).all()}
    }
    if always or pointed or any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        _save(row, by)
        _point(row, pointed, by)
    return row


def _point(row: Any, facts: Mapping[str, Iterable[Any]], by: User | None) -> None:
    row._history_user = by
    for name in MANY:
        if name in facts:
            getattr(row, name).set(facts[name])


def _columns(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in MANY}


def _seen(model: Any, row: Any, seen: int) -> Any:
    one = model._default_manager.select_for_update().get(pk=row.pk)
    if one.version != seen:
        raise Conflict(one)
    return one


def _next(rows: Any) -> int:
    last = rows.order_by("position").last()
    return last.position + 1 if last else 1


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
