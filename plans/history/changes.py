"""An act in words: what became of each thing, field by field, with what stood there before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.core.models import User
from kommuneplan.likeness import Likeness
from kommuneplan.plain_text import reads_as
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece, PieceMark

from .entries import HistoryEntry
from .kinds import (
    KINDS,
    TrackedTable,
    field_label,
    many_fields,
    member_rows,
    model_field,
    told_fields,
)
from .values import RecordNames, Titles, raw, said_of_both, title

SHORT = 240  # letters; a longer text is compared on the page of the change


@dataclass(frozen=True)
class FieldChange:
    """One field of one change, in words before and after; either may be empty."""

    name: str
    label: str
    before: str
    after: str
    is_text: bool

    @property
    def is_long(self) -> bool:
        """Too long to be read in a list."""
        return len(self.before) > SHORT or len(self.after) > SHORT

    @cached_property
    def pieces(self) -> list[ComparedPiece]:
        """Word for word where it is a text; as a whole where it is a date, a name, a choice."""
        if self.is_text:
            return _compared(self.before, self.after)
        both = [
            ComparedPiece(self.before, PieceMark.REMOVED),
            ComparedPiece(self.after, PieceMark.ADDED),
        ]
        return [piece for piece in both if piece.text]

    @cached_property
    def parts(self) -> list[ParagraphChange]:
        """The paragraphs that are not the same; of a date, a name or a choice the whole of it."""
        if not self.is_text:
            return [ParagraphChange(tuple(self.pieces))]
        return parts(self.before, self.after)


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph that is new, gone or another."""

    pieces: tuple[ComparedPiece, ...]

    @property
    def before(self) -> list[ComparedPiece]:
        """As it was."""
        return comparison.before(self.pieces)

    @property
    def after(self) -> list[ComparedPiece]:
        """As it is."""
        return comparison.after(self.pieces)


def parts(before: str, after: str) -> list[ParagraphChange]:
    """Two texts paragraph by paragraph, those that differ; word for word within each."""
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    found = []
    for step, i1, i2, j1, j2 in Likeness(old, new).get_opcodes():
        if step != "equal":
            for one, two in zip_longest(old[i1:i2], new[j1:j2], fillvalue=""):
                found.append(ParagraphChange(tuple(_compared(one, two))))
    return found


def _compared(before: str, after: str) -> list[ComparedPiece]:
    """As ``wording.compare``, the equal words at both ends left out of the comparing."""
    if not before or not after or not _alike(before, after):
        return [
            p
            for p in (
                ComparedPiece(before, PieceMark.REMOVED),
                ComparedPiece(after, PieceMark.ADDED),
            )
            if p.text
        ]
    old, new = before.split(" "), after.split(" ")
    shortest = min(len(old), len(new))
    first = 0
    while first < shortest and old[first] == new[first]:
        first += 1
    last = 0
    while last < shortest - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle = comparison.compare(
        " ".join(old[first : len(old) - last]), " ".join(new[first : len(new) - last])
    )
    head = ComparedPiece(" ".join(old[:first]) + " ") if first else None
    tail = ComparedPiece(" " + " ".join(old[len(old) - last :])) if last else None
    return [piece for piece in (head, *middle, tail) if piece is not None]


def _alike(before: str, after: str) -> bool:
    """Have the two a third of their words in common? Else marks within them would only confuse."""
    old, new = Counter(before.split()), Counter(after.split())
    return 3 * (old & new).total() >= max(old.total(), new.total())


@dataclass
class HistoryChange:
    """What became of one thing in one act. ``record`` is how it stood after it (how it stood last,
    when it was deleted), ``base`` how it stood before; None when it was not there."""

    kind: TrackedTable
    record: Any
    base: Any
    sign: str
    title: str
    reasons: list[str]
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def verb(self) -> str:
        """What was done: added, changed, deleted, taken_out, back."""
        if self.sign == "-":
            return "deleted"
        if self.base is None:
            return "added"
        if self.base.history_type == "-":
            return "back"
        was, now = (getattr(row, "retired_at", None) for row in (self.base, self.record))
        if bool(was) != bool(now):
            return "taken_out" if now else "back"
        return "changed"

    @property
    def number(self) -> int | None:
        """The number of the state it was left in, where its states have addresses."""
        return self.record.version if self.kind.has_states else None

    @property
    def uid(self) -> Any:
        """What it is named by in an address."""
        return self.record.uid if self.kind.has_uid else None


@dataclass
class HistoryAct:
    """What one person did at one go."""

    at: dt.datetime
    by: User | None
    changes: list[HistoryChange]

    @cached_property
    def reasons(self) -> list[str]:
        """Why all of it was done; what holds for one thing alone is told beside it."""
        first, *others = [change.reasons for change in self.changes]
        return [one for one in first if all(one in reasons for reasons in others)]


def tell(
    acts: Sequence[Sequence[HistoryEntry]],
    before: dict[tuple[int, int], int],
    titles: Titles,
    only: str = "",
) -> list[HistoryAct]:
    """Acts in words. ``before`` is the record before each; ``only`` the one field to tell.

    One query for each kind there is, and one for each table that is pointed to.
    """
    plan = [_steps(act, before) for act in acts]
    records = _loaded(
        (step.kind, pk)
        for steps in plan
        for step in steps
        for pk in (step.last, step.base)
        if pk is not None
    )
    names = RecordNames(((KINDS[kind], record) for (kind, _pk), record in records.items()), titles)
    people = User.objects.in_bulk({act[0].by for act in acts if act[0].by})
    told = []
    for act, steps in zip(acts, plan, strict=True):
        changes = [_change(step, records, names, only) for step in steps]
        told.append(HistoryAct(act[0].at, people.get(act[0].by), _worth_telling(changes)))
    return told


@dataclass(frozen=True)
class _Step:
    """The records of one thing in one act: its last, the one before its first, and its sign."""

    kind: int
    last: int
    base: int | None
    sign: str


def _steps(act: Sequence[HistoryEntry], before: dict[tuple[int, int], int]) -> list[_Step]:
    """In the order of the kinds, then as they were written."""
    things: dict[tuple[int, int], list[HistoryEntry]] = {}
    for entry in reversed(act):
        things.setdefault((entry.kind, entry.thing), []).append(entry)
    return [
        _Step(kind, rows[-1].record, before.get((kind, rows[0].record)), rows[-1].sign)
        for (kind, _thing), rows in sorted(things.items(), key=lambda one: one[0][0])
    ]


def _loaded(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    by_kind: dict[int, set[int]] = {}
    for kind, pk in wanted:
        by_kind.setdefault(kind, set()).add(pk)
    found = {}
    for number, ids in by_kind.items():
        for record in load(KINDS[number], ids):
            found[number, record.pk] = record
    return found


def load(kind: TrackedTable, ids: Iterable[int]) -> list[Any]:
    """Records without what is never told, each with its ``members``: the others it names."""
    ids = list(ids)
    rows = kind.history._default_manager.filter(pk__in=ids)
    heavy = {"blocks", "imported", "content", "search_text"}
    heavy &= {one.name for one in kind.history._meta.fields}
    records = list(rows.defer(*heavy) if heavy else rows)
    for name in many_fields(kind.code):
        members: dict[int, list[int]] = {}
        for record, member in member_rows(kind, name, ids):
            members.setdefault(record, []).append(member)
        for one in records:
            one.members = {
                **getattr(one, "members", {}),
                name: tuple(sorted(members.get(one.pk, ()))),
            }
    return records


def _change(
    step: _Step, records: dict[tuple[int, int], Any], names: RecordNames, only: str
) -> HistoryChange:
    record = records[step.kind, step.last]
    base = records.get((step.kind, step.base)) if step.base is not None else None
    return change_between(KINDS[step.kind], base, record, names, sign=step.sign, only=only)


def change_between(
    kind: TrackedTable,
    base: Any,
    record: Any,
    names: RecordNames,
    *,
    sign: str = "~",
    only: str = "",
) -> HistoryChange:
    """What differs from one record of a thing to a later one."""
    found = HistoryChange(kind, record, base, sign, title(kind, record, names), [])
    was = base if base is not None and getattr(base, "history_type", "") != "-" else None
    now = record
    if sign == "-":  # as it stood last; whom it named is gone from the record of its deletion
        record.members = getattr(was or record, "members", {})
        was, now = record, None
    found.reasons = _reasons(kind, base, record, sign)
    found.fields = field_changes(kind, was, now, names, [only] if only else None)
    return found


def field_changes(
    kind: TrackedTable, was: Any, now: Any, names: RecordNames, wanted: Sequence[str] | None = None
) -> list[FieldChange]:
    """The fields that differ between two records; of one alone, those that say something."""
    found = []
    for name in wanted or told_fields(kind.code):
        if name == "title" and (was is None or now is None):
            continue  # the change is named by it
        if was is not None and now is not None and raw(kind, was, name) == raw(kind, now, name):
            continue
        if (was is None or now is None) and not _says_something(kind, was or now, name):
            continue
        if name == "position":  # the numbers themselves say nothing: they have gaps
            found.append(FieldChange(name, field_label(kind, name), "", _("moved"), False))
            continue
        before, after = said_of_both(kind, was, now, name, names)
        if not reads_as(before, after):
            found.append(FieldChange(name, field_label(kind, name), before, after,
                                     _is_text(kind, name)))  # fmt: skip
    return found


def _says_something(kind: TrackedTable, record: Any, name: str) -> bool:
    """A new thing is told by what was decided of it, not by what everything begins with."""
    if record is None:
        return False
    value = raw(kind, record, name)
    if name == "position" or not value:
        return False
    if name in {"when", *many_fields(kind.code)}:
        return True
    column = model_field(kind, name)
    return not column.has_default() or callable(column.default) or value != column.default


def _is_text(kind: TrackedTable, name: str) -> bool:
    if name == "when" or name in many_fields(kind.code):
        return False
    column = model_field(kind, name)
    return column.get_internal_type() in {"CharField", "TextField"} and not column.choices


def _reasons(kind: TrackedTable, base: Any, record: Any, sign: str) -> list[str]:
    """The reason of the act, and those that stand in fields of the thing and are new."""
    if sign == "-":
        return [record.history_change_reason] if record.history_change_reason else []
    found = [getattr(record, "history_change_reason", None) or ""]
    for name in kind.why:
        value = getattr(record, name)
        if value and (base is None or getattr(base, name) != value):
            found.append(value)
    return list(dict.fromkeys(filter(None, found)))


def _worth_telling(changes: list[HistoryChange]) -> list[HistoryChange]:
    """Those in which something can be seen to have changed; all, if none can."""
    seen = [one for one in changes if one.fields or one.reasons or one.verb != "changed"]
    return seen or changes[:1]


def verb_word(verb: str) -> str:
    """What was done, in a word."""
    return {
        "added": _("Added"),
        "changed": _("Changed"),
        "deleted": _("Deleted"),
        "taken_out": _("Was taken out"),
        "back": _("Was put back"),
    }[verb]
