"""One thing as it was: a state has the number that its lock version had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from kommuneplan.core.models import User
from plans.models import Plan

from .changes import FieldChange, HistoryChange, change_between, field_changes, load
from .kinds import BY_CODE, TrackedTable
from .values import RecordNames, Titles, title

# What is put back with an earlier state. Whether a thing is public, and its place among the
# others, stay as they are: an old state must not publish anything.
PUT_BACK = {
    "plan": (
        "title", "proposal", "still_open", "decided_by", "case_number", "document_number",
        "document_date", "sender_unit", "recipients", "annex_number", "case_worker", "first_year",
        "last_year", "expires_on",
    ),
    "afsnit": ("title", "text"),
    "milepael": (
        "title", "when", "description", "kind", "bodies", "others", "meeting", "phase",
        "focus_area", "conditional", "confirmed", "state", "done_on",
    ),
    "indsatsomraade": ("title", "theme", "goals", "first_year", "last_year"),
}  # fmt: skip


@dataclass(frozen=True)
class EarlierState:
    """A thing as it stood after a change, the change itself, and how it stands now.

    ``now`` is the latest record; ``live`` the row, or None when it has been deleted.
    """

    plan: Plan
    kind: TrackedTable
    record: Any
    change: HistoryChange
    names: RecordNames
    by: User | None
    now: Any
    live: Any
    earlier: int | None
    later: int | None

    @property
    def title(self) -> str:
        """What it was called."""
        return self.change.title

    @property
    def is_now(self) -> bool:
        """Is it the state in which it stands?"""
        return self.later is None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Has it been deleted or taken out?"""
        return self.live is None or getattr(self.live, "retired_at", None) is not None

    @property
    def seen(self) -> int:
        """The lock version that stands now; 0 when it has been deleted."""
        return self.live.version if self.live is not None else 0


def kind_with(code: str, *, states: bool = False) -> TrackedTable:
    """The kind of a part of an address; Http404 for what has no such pages."""
    kind = BY_CODE.get(code)
    if kind is None or not (kind.has_states if states else kind.has_uid):
        raise Http404("no such kind")
    return kind


def thing(plan: Plan, kind: TrackedTable, uid: Any, titles: Titles) -> tuple[int, str]:
    """The key and the latest title of a thing of this plan, also a deleted one; Http404 else."""
    rows = _records(plan, kind, uid).order_by("-history_date", "-history_id")
    last = rows.values_list("history_id", flat=True).first()
    if last is None:
        raise Http404("no such thing in this plan")
    (record,) = load(kind, [last])
    return record.id, title(kind, record, RecordNames([(kind, record)], titles))


def state(plan: Plan, kind: TrackedTable, uid: Any, number: int, titles: Titles) -> EarlierState:
    """A state by its number; Http404 when this plan has no such."""
    records = _records(plan, kind, uid)
    stood = records.exclude(history_type="-").order_by("history_id")
    same = list(stood.filter(version=number).values_list("history_id", flat=True))
    if not same:
        raise Http404("no such state")
    before = records.filter(history_id__lt=same[0]).order_by("-history_id")
    ids = [
        before.values_list("history_id", flat=True).first(),
        same[-1],
        records.order_by("-history_id").values_list("history_id", flat=True)[0],
    ]
    found = {row.pk: row for row in load(kind, filter(None, ids))}
    base, record, now = (found.get(pk) for pk in ids)
    names = RecordNames([(kind, row) for row in (record, base, now) if row is not None], titles)
    earlier = stood.filter(history_id__lt=same[0]).order_by("-history_id")
    later = stood.filter(history_id__gt=same[-1])
    return EarlierState(
        plan=plan,
        kind=kind,
        record=record,
        change=change_between(kind, base, record, names),
        names=names,
        by=User.objects.filter(pk=record.history_user_id).first(),
        now=now,
        live=kind.model._default_manager.filter(pk=record.id).first(),
        earlier=earlier.values_list("version", flat=True).first(),
        later=later.values_list("version", flat=True).first(),
    )


def would_change(found: EarlierState) -> list[FieldChange]:
    """What would be another if the state were put back now."""
    kind = found.kind
    gone = found.now.history_type == "-"
    was = None if gone else found.now
    return field_changes(kind, was, found.record, found.names, PUT_BACK[kind.code])


def _records(plan: Plan, kind: TrackedTable, uid: Any) -> Any:
    return kind.records(plan).filter(uid=uid)
