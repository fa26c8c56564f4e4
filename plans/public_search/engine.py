"""The two indexes of signs, and how each is asked. Nothing is weighed here, and no word is bent: a
row has a sign or it has not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import NotSupportedError, connection
from django.db.models import BooleanField, Expression, F

from plans.models.searched import SearchEntry

TABLE = SearchEntry._meta.db_table
FTS = "plans_search_signs"
_VECTOR = "array_to_tsvector(string_to_array({signs}, ' '))"

# The signs lie in the entries; FTS5 holds which rows have which, without their places in a row.
_GONE = f"INSERT INTO {FTS}({FTS}, rowid, signs) VALUES ('delete', old.id, old.signs);"  # noqa: S608
_NEW = f"INSERT INTO {FTS}(rowid, signs) VALUES (new.id, new.signs);"  # noqa: S608
_TRIGGER = f"CREATE TRIGGER IF NOT EXISTS {FTS}_{{0}} AFTER {{0}} ON {TABLE} BEGIN {{1}} END"
_TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(signs, content='{TABLE}',"
    " content_rowid='id', detail='none', columnsize=0, tokenize='ascii')"
)
_SQLITE = (
    _TABLE,
    _TRIGGER.format("insert", _NEW),
    _TRIGGER.format("delete", _GONE),
    _TRIGGER.format("update", f"{_GONE} {_NEW}"),
)
_INDEX = f"CREATE INDEX IF NOT EXISTS {FTS} ON {TABLE} USING gin ({_VECTOR.format(signs='signs')})"
_POSTGRESQL = (_INDEX,)


def make() -> None:
    """Make the index of this database, where it is not there."""
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def overwrite_what_is_gone() -> None:
    """Leave nothing of what was taken out of the entries: FTS5 only notes that it is gone, until it
    puts its pieces together anew. PostgreSQL takes it out of the index with the row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")  # noqa: S608  (our own table)


def is_whole() -> bool:
    """Does the index say of each entry what the entry says?"""
    if connection.vendor != "sqlite":
        return True  # the index is made by the database itself, of the column
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"INSERT INTO {FTS}({FTS}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except Exception:
            return False
    return True


class HasSigns(Expression):
    """True of an entry that has, of each group of signs, at least one. ``asked``: the groups as
    ``written`` has them, or what stands in for them in a prepared query."""

    conditional = True

    def __init__(self, asked: str) -> None:
        super().__init__(output_field=BooleanField())
        self.asked = asked
        self.columns: list[Any] = [F("pk"), F("signs")]

    def get_source_expressions(self) -> list[Any]:
        """The columns it looks at."""
        return self.columns

    def set_source_expressions(self, columns: list[Any]) -> None:
        """The same, resolved."""
        self.columns = columns

    @property
    def identity(self) -> tuple[Any, ...]:
        """Two are the same when they ask for the same."""
        return (type(self), self.asked)

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        """There is no third database."""
        raise NotSupportedError(f"No search on {connection.vendor}")

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        """Rows of FTS5."""
        key, parameters = compiler.compile(self.columns[0])
        sql = f"{key} IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608
        return sql, [*parameters, self.asked]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        """A vector of the column, as the index holds it."""
        signs, parameters = compiler.compile(self.columns[1])
        return f"{_VECTOR.format(signs=signs)} @@ %s::tsquery", [*parameters, self.asked]


def written(groups: Iterable[Iterable[str]]) -> str:
    """Groups of signs as this database reads them; a sign is letters and digits alone."""
    if connection.vendor == "sqlite":
        return " AND ".join(f"({' OR '.join(group)})" for group in groups)
    return " & ".join(f"({' | '.join(map(_quoted, group))})" for group in groups)


def _quoted(sign: str) -> str:
    return f"'{sign}'"
