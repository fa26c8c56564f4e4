"""The index kept in step with what is published, in the transaction that changes it.

What is shown from an instant to come is in the index already; who may read it is asked anew of each
answer (``finding``). What is taken from readers leaves the index at once, and no word of it stays
in its tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from plans.models.searched import SearchEntry

from . import engine
from .entries import entries_of
from .sources import SearchedSource, source, sources
from .words import EDITION

BATCH = 50  # things whose words are in memory at once


@transaction.atomic
def refresh(key: str, keys: Collection[int], *, takes_words: bool = False) -> None:
    """Make the entries of some things anew: those that ought to be there, and none of the others.
    ``takes_words``: something was hidden or taken back, and must not stay in the index's tables.
    What says the same as before is left as it is."""
    one, keys = source(key), sorted(set(keys))
    if not keys:
        return
    there = _rows_by_key(one, keys)
    wanted = {thing.key: entries_of(thing) for thing in one.things(keys)}
    changed = [key for key in keys if _all_said(there.get(key)) != _all_said(wanted.get(key))]
    gone = [row.pk for key in changed for row in there.get(key, ())]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    made = [row for key in changed for row in wanted.get(key, ())]
    SearchEntry.objects.bulk_create(made, batch_size=500)
    if takes_words and gone:
        engine.overwrite_what_is_gone()


def _rows_by_key(one: SearchedSource, keys: Collection[int]) -> dict[int, list[SearchEntry]]:
    rows: dict[int, list[SearchEntry]] = {}
    for row in SearchEntry.objects.filter(source=one.key, key__in=keys).order_by("position", "pk"):
        rows.setdefault(row.key, []).append(row)
    return rows


def _all_said(rows: list[SearchEntry] | None) -> list[tuple[Any, ...]]:
    return [
        (row.found_as, row.place, row.kind, row.edition, row.title, row.text, row.signs)
        for row in rows or ()
    ]


def rebuild() -> int:
    """Make the whole index anew; how many things are in it."""
    engine.make()
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        made = sum(_filled(one, sorted(one.keys())) for one in sources())
        engine.overwrite_what_is_gone()
    return made


def _filled(one: SearchedSource, keys: Iterable[int]) -> int:
    made = 0
    for some in _batches(keys):
        refresh(one.key, some)
        made += len(some)
    return made


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, BATCH)):
        yield some


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """What the index says otherwise than the pages: keys of things that it lacks, that it should
    not have, and that it tells otherwise; how many it tells alike."""

    source: str
    lacking: tuple[int, ...] = ()
    too_many: tuple[int, ...] = ()
    told_otherwise: tuple[int, ...] = ()
    alike: int = 0

    def __bool__(self) -> bool:
        """Is there anything?"""
        return bool(self.lacking or self.too_many or self.told_otherwise)


def compared() -> Iterator[OutOfStep]:
    """Each sort of thing as it is indexed beside what its pages say now, word for word."""
    for one in sources():
        wanted, there = set(one.keys()), _indexed(one)
        otherwise: list[int] = []
        for some in _batches(sorted(wanted & there)):
            otherwise += _told_otherwise(one, some)
        yield OutOfStep(
            one.key,
            tuple(sorted(wanted - there)),
            tuple(sorted(there - wanted)),
            tuple(otherwise),
            len(wanted & there) - len(otherwise),
        )


def _told_otherwise(one: SearchedSource, keys: list[int]) -> list[int]:
    there = _rows_by_key(one, keys)
    now = {thing.key: entries_of(thing) for thing in one.things(keys)}
    return [key for key in keys if _all_said(there.get(key)) != _all_said(now.get(key))]


def _indexed(one: SearchedSource) -> set[int]:
    return set(SearchEntry.objects.filter(source=one.key, position=0).values_list("key", flat=True))


def catch_up() -> int:
    """After an upgrade: index what was published before there was an index, and anew what was
    indexed by older rules; how many things that were."""
    SearchEntry.objects.exclude(edition=EDITION).delete()
    made = 0
    for one in sources():
        wanted, there = set(one.keys()), _indexed(one)
        if there - wanted:
            refresh(one.key, there - wanted, takes_words=True)
        made += _filled(one, sorted(wanted - there))
    return made


def after_migrating(**facts: Any) -> None:
    """The index is there as soon as its table is, and full as soon as all tables are."""
    if facts.get("using", "default") != "default" or not _is_there():
        return
    engine.make()
    if not _is_halfway():
        catch_up()


def _is_there() -> bool:
    tables = set(connection.introspection.table_names())
    needed = {SearchEntry._meta.db_table}
    needed.update(table._meta.db_table for one in sources() for table in one.tables)
    return needed <= tables


def _is_halfway() -> bool:
    """Are there migrations still to come? Then a table may lack a column."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
