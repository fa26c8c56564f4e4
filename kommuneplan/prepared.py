"""Queries that depend on nothing but the time: composed once, asked many times.

Django takes several times as long to compose the SQL of a public list as the database takes to
answer it. A ``Prepared`` composes it at the first asking, for an instant far away, and from then
on only puts the real instant in; what is asked is still said once, as an ordinary queryset.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Field, Model, QuerySet
from django.db.models.expressions import RawSQL

from kommuneplan.clock import local_day

# No row is from then, so it can be found again among the parameters of the composed SQL. It is the
# first instant of a day in Denmark: what asks for the beginning of the day asks for the same.
_FAR_AWAY = dt.datetime(8999, 12, 31, 23, tzinfo=dt.UTC)
_NEAR_IT = dt.timedelta(days=400)
Row = TypeVar("Row", bound=Model)


class Prepared:
    """``build(at=…)`` gives the queryset, ordered and as ``values_list`` of text and numbers.

    Days are read with ``as_day``. A day among the parameters that follows from ``at`` must lie
    within 400 days of it. What else is another each time is composed with something that stands in
    for it, such as ``stand_ins``, and told with each asking.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.composed: dict[str, tuple[str, list[Any]]] = {}

    def rows(
        self,
        *,
        at: dt.datetime,
        first: int = 0,
        most: int | None = None,
        instead: Mapping[Any, Any] | None = None,
    ) -> list[tuple[Any, ...]]:
        """The rows at an instant, from number ``first`` on, at most ``most`` of them; ``instead``:
        what is meant by each parameter that stands in for another."""
        sql, values = self._asked(at, instead)
        if most is not None:
            sql += f" LIMIT {int(most)} OFFSET {int(first)}"
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def instances(
        self, model: type[Row], *, at: dt.datetime, instead: Mapping[Any, Any] | None = None
    ) -> list[Row]:
        """The rows as objects, where the query gives those of one table alone, whole or ``only``
        some of their columns."""
        return list(model._default_manager.raw(*self._asked(at, instead)))

    def _asked(self, at: dt.datetime, instead: Mapping[Any, Any] | None) -> tuple[str, list[Any]]:
        if connection.vendor not in self.composed:
            sql, parameters = self.build(at=_FAR_AWAY).query.sql_with_params()
            self.composed[connection.vendor] = sql, [_mark(value) for value in parameters]
        sql, marked = self.composed[connection.vendor]
        values = _values(marked, at)
        return sql, [instead.get(value, value) for value in values] if instead else values


def stand_ins(count: int, *, series: int = 1) -> list[int]:
    """Keys that no row has, to stand in for as many; another ``series`` has others."""
    return [-(series * 1_000_000 + number) for number in range(1, count + 1)]


def in_place_of(standing: Sequence[int], keys: Collection[int]) -> dict[int, int]:
    """The keys, at most as many, in the place of those that stand in for them."""
    assert len(keys) <= len(standing)
    return dict(zip(standing, keys, strict=False))


class PreparedColumns:
    """``build(at=…)`` gives the rows of a table with annotations, which may look at the row and at
    the time; ``added_to`` gives other rows of that table the same ones. Annotations that look at
    rows a foreign key leads to name a column there in ``joined``.

    The columns name tables, so the rows are asked for by themselves, not inside another query.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any]], *, joined: tuple[str, ...] = ()
    ) -> None:
        self.build = build
        self.joined = {f"_joined_{number}": F(path) for number, path in enumerate(joined)}
        self.composed: dict[str, dict[str, tuple[str, list[Any], Field[Any, Any]]]] = {}
        self.tables: dict[str, Any] = {}

    def added_to(self, rows: QuerySet[Any], *, at: dt.datetime) -> QuerySet[Any]:
        """The rows with the annotations as they are at an instant."""
        if connection.vendor not in self.composed:
            self.composed[connection.vendor] = self._compose()
        rows = rows.alias(**self.joined)
        rows.query.get_initial_alias()
        for alias, table in self.tables.items():
            assert rows.query.alias_map.get(alias) == table, f"{alias} is another table here"
        columns = self.composed[connection.vendor]
        return rows.annotate(
            **{
                name: _Column(sql, _values(marked, at), kind)
                for name, (sql, marked, kind) in columns.items()
            }
        )

    def _compose(self) -> dict[str, tuple[str, list[Any], Field[Any, Any]]]:
        query = self.build(at=_FAR_AWAY).query
        compiler = query.get_compiler(connection=connection)
        compiler.setup_query()
        columns = {}
        for name, column in query.annotation_select.items():
            sql, parameters = compiler.compile(column)
            columns[name] = sql, [_mark(value) for value in parameters], column.output_field
        used = {alias for alias, times in query.alias_refcount.items() if times}
        self.tables = {alias: query.alias_map[alias] for alias in used}
        return columns


class _Column(RawSQL):
    """SQL that holds in the query it was composed for."""

    def relabeled_clone(self, change_map: dict[str, str]) -> _Column:
        raise TypeError("Prepared columns cannot be asked for inside another query.")


def as_day(value: Any) -> dt.date | None:
    """A day as the database gave it (SQLite gives text)."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _mark(parameter: Any) -> Any:
    """The instant itself, the distance of a day from it, or the parameter as it is."""
    if parameter == connection.ops.adapt_datetimefield_value(_FAR_AWAY):
        return _FAR_AWAY
    day = _parsed(parameter)
    if day and abs(day - local_day(_FAR_AWAY)) <= _NEAR_IT:
        return day - local_day(_FAR_AWAY)
    return parameter


def _parsed(parameter: Any) -> dt.date | None:
    if type(parameter) is dt.date:
        return parameter
    try:
        return dt.date.fromisoformat(parameter) if isinstance(parameter, str) else None
    except ValueError:
        return None


def _values(marked: list[Any], at: dt.datetime) -> list[Any]:
    """The parameters with the real instant, and the real days, in the places of the marks."""
    instant = connection.ops.adapt_datetimefield_value(at)
    today = local_day(at)
    return [
        instant
        if mark is _FAR_AWAY
        else connection.ops.adapt_datefield_value(today + mark)
        if isinstance(mark, dt.timedelta)
        else mark
        for mark in marked
    ]
