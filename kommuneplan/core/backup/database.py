"""The rows of a live database as files, and back, for each of the two databases.

Both are one moment: every row that was acknowledged before is in it, and nothing half done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction

from kommuneplan.core.models import StoredFile
from kommuneplan.core.site.public_mark import TABLE as PUBLIC_MARK

SQLITE, TABLES = "database.sqlite3", "tables"


_FILES = f'SELECT content FROM "{StoredFile._meta.db_table}"'  # noqa: S608  (our own table)


class Damaged(Exception):
    """The database in a backup is not whole."""


@dataclass(frozen=True, slots=True)
class SavedRows:
    """What the saved rows are: how many each table has, and the files they name."""

    counts: dict[str, int]
    files: set[str]


class Saver(Protocol):
    """How one sort of database is saved and brought back."""

    def save(self, folder: Path) -> SavedRows:
        """Write the rows into the folder."""

    def load(self, folder: Path) -> None:
        """Put the rows of the folder in the place of all that is there."""


def saver() -> Saver:
    """For the database of this installation."""
    return _Sqlite() if connection.vendor == "sqlite" else _Postgresql()


def tables() -> list[str]:
    """Every table of the program that holds something of its own: the mark of public pages is
    given anew by the database with every row that comes back."""
    with connection.cursor() as cursor:
        return sorted({*connection.introspection.table_names(cursor)} - {PUBLIC_MARK})


def counts() -> dict[str, int]:
    """How many rows each table has now."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in tables()}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608  (our own tables)
    return int(cursor.fetchone()[0])


class _Sqlite:
    """SQLite's own backup, in one read transaction. A copy of the file would miss what still lies
    in the journal."""

    def save(self, folder: Path) -> SavedRows:
        target = folder / SQLITE
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            _check(copy)
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            own = {name for (name,) in names if not name.startswith("sqlite_")} - {PUBLIC_MARK}
            found = {name: _count_in(copy, name) for name in sorted(own)}
            return SavedRows(found, {name for (name,) in copy.execute(_FILES)})

    def load(self, folder: Path) -> None:
        with closing(
            sqlite3.connect(f"file:{folder / SQLITE}?mode=ro&immutable=1", uri=True)
        ) as copy:
            _check(copy)
            connection.ensure_connection()
            copy.backup(connection.connection, pages=-1)
        connection.close()


def _count_in(copy: sqlite3.Connection, table: str) -> int:
    return int(copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0])  # noqa: S608  (our own tables)


def _check(copy: sqlite3.Connection) -> None:
    said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise Damaged(said)


class _Postgresql:
    """Each table by COPY, all of them in one snapshot; pg_dump, which may be missing or of
    another version than the server, is not needed."""

    def save(self, folder: Path) -> SavedRows:
        place = folder / TABLES
        place.mkdir()
        found = {}
        with _snapshot(), connection.cursor() as cursor:
            for table in tables():
                with (place / f"{table}.copy").open("wb") as file:
                    columns = _columns(cursor, table)
                    cursor.cursor.copy_expert(f'COPY "{table}" ({columns}) TO STDOUT', file)
                (place / f"{table}.columns").write_text(columns, encoding="utf-8")
                found[table] = _count(cursor, table)
            cursor.execute(_FILES)
            return SavedRows(found, {name for (name,) in cursor.fetchall()})

    def load(self, folder: Path) -> None:
        saved = sorted((folder / TABLES).glob("*.copy"))
        names = ", ".join(f'"{file.stem}"' for file in saved)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for file in saved:
                columns = file.with_suffix(".columns").read_text(encoding="utf-8")
                with file.open("rb") as rows:
                    cursor.cursor.copy_expert(f'COPY "{file.stem}" ({columns}) FROM STDIN', rows)
                _count_on(cursor, file.stem)


@contextmanager
def _snapshot() -> Iterator[None]:
    """All that is read inside was so at one moment."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _columns(cursor: Any, table: str) -> str:
    described = connection.introspection.get_table_description(cursor, table)
    return ", ".join(f'"{column.name}"' for column in described)


def _count_on(cursor: Any, table: str) -> None:
    """New rows get numbers after the highest that came back."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        name, column = sequence["name"], sequence["column"]
        cursor.execute(
            f'SELECT setval(%s, GREATEST((SELECT COALESCE(MAX("{column}"), 0) FROM "{table}"), 1),'  # noqa: S608
            f' (SELECT COUNT(*) > 0 FROM "{table}"))',
            [f'"{name}"'],
        )
