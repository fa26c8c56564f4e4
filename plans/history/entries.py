"""What was written of a plan, newest first, and the acts it belongs to.

An act is what one person did at one go: one request writes its rows within moments. Only light
rows are read here, of all tables in one query; the words come afterwards, for one page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from plans.models import Plan

from .kinds import KINDS, WHEN, WHEN_COLUMNS, TrackedTable, many_fields, member_rows

PAUSE = dt.timedelta(seconds=1)  # a longer one parts two acts of the same person
_ORDER = itemgetter(0, 2, 3)  # when, kind, record
LARGEST = 60  # entries of one act that are told together; an import may write hundreds


class HistoryEntry(NamedTuple):
    """One record: when, by whom, of which kind (its place in ``KINDS``), which, of what."""

    at: dt.datetime
    by: int | None
    kind: int
    record: int
    thing: int
    sign: str


@dataclass(frozen=True)
class HistorySelection:
    """Which part of the history somebody wants to see. Empty: all of it."""

    room: str = ""
    person: int | None = None
    first: dt.datetime | None = None
    until: dt.datetime | None = None
    field: tuple[TrackedTable, str] | None = None
    thing: tuple[TrackedTable, int] | None = None


def written(plan: Plan, wanted: HistorySelection) -> list[HistoryEntry]:
    """Every record of the kinds and the thing that are wanted, newest first."""
    queries = [kind.entries(plan, number, only) for number, kind, only in _sources(wanted)]
    first, *others = queries
    rows = first.union(*others, all=True) if others else first
    return sorted(map(HistoryEntry._make, rows), key=_ORDER, reverse=True)


def _sources(wanted: HistorySelection) -> Iterable[tuple[int, TrackedTable, Q | None]]:
    for number, kind in enumerate(KINDS):
        if wanted.field and kind != wanted.field[0]:
            continue
        if wanted.room and kind.room != wanted.room:
            continue
        if wanted.thing is None:
            yield number, kind, None
            continue
        of, pk = wanted.thing
        if kind == of:
            yield number, kind, Q(id=pk)
        elif of.code in kind.beside:
            only = Q()
            for column in kind.beside[of.code]:
                only |= Q(**{column: pk})
            yield number, kind, only


def before_each(entries: list[HistoryEntry]) -> dict[tuple[int, int], int]:
    """The record before, of the same thing, by (kind, record); nothing for the first."""
    last: dict[tuple[int, int], int] = {}
    found = {}
    for entry in reversed(entries):
        thing = entry.kind, entry.thing
        if thing in last:
            found[entry.kind, entry.record] = last[thing]
        last[thing] = entry.record
    return found


def chosen(plan: Plan, entries: list[HistoryEntry], wanted: HistorySelection) -> list[HistoryEntry]:
    """Those by the person, in the period and of the field that are wanted."""
    if wanted.person is not None:
        entries = [entry for entry in entries if entry.by == wanted.person]
    if wanted.first:
        entries = [entry for entry in entries if entry.at >= wanted.first]
    if wanted.until:
        entries = [entry for entry in entries if entry.at < wanted.until]
    if wanted.field:
        kind, name = wanted.field
        changed = _changing(kind, name, plan, wanted.thing)
        entries = [entry for entry in entries if entry.record in changed]
    return entries


def _changing(
    kind: TrackedTable, name: str, plan: Plan, thing: tuple[TrackedTable, int] | None
) -> set[int]:
    """The records of a kind in which a field is another than in the record before."""
    rows = kind.records(plan).exclude(history_type="-")
    if thing and thing[0] == kind:
        rows = rows.filter(id=thing[1])
    last: dict[int, Any] = {}
    found = set()
    for record, of, value in _values(kind, name, rows.order_by("history_date", "history_id")):
        if value != last.get(of, value if not value else None):
            found.add(record)
        last[of] = value
    return found


def _values(kind: TrackedTable, name: str, rows: QuerySet[Any]) -> Iterable[tuple[int, int, Any]]:
    if name in many_fields(kind.code):
        members: dict[int, set[int]] = {}
        for record, member in member_rows(kind, name, rows.order_by().values("history_id")):
            members.setdefault(record, set()).add(member)
        for record, of in rows.values_list("history_id", "id"):
            yield record, of, frozenset(members.get(record, ()))
        return
    columns = WHEN_COLUMNS if name == WHEN else (name,)
    for record, of, *value in rows.values_list("history_id", "id", *columns).iterator(2000):
        yield record, of, tuple(value) if any(value) else ()


def acts(entries: list[HistoryEntry]) -> list[list[HistoryEntry]]:
    """The entries in acts, the newest act first; in an act the newest entry first."""
    found: list[list[HistoryEntry]] = []
    running: dict[int | None, list[HistoryEntry]] = {}
    for entry in entries:
        act = running.get(entry.by)
        if act is None or act[-1].at - entry.at > PAUSE or len(act) >= LARGEST:
            act = running[entry.by] = []
            found.append(act)
        act.append(entry)
    return found
