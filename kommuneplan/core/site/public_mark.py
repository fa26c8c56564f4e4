"""One mark for all that the public is shown: another after every change of it, and as time passes.

A page that is kept under the mark needs to know of nothing it shows: whatever is written to a table
that a public page may ask, by whichever process and whichever way, gives another mark, which nobody
has seen before, in the same transaction. The database does it itself, by a trigger on each table.
So a table counts unless it is declared that the public is shown nothing of it
(``register_unshown``); the triggers follow the tables after each ``migrate``.

By time alone something changes at midnight in Denmark, and at the instants that are stored in the
columns declared by ``register_instants``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models
from django.db.models.signals import post_migrate
from django.utils.translation import get_language

from kommuneplan.clock import local_day

TABLE = "core_public_mark"
_NAME = "tells_public_mark"
_unshown: dict[str, str] = {}
_instants: dict[str, tuple[str, ...]] = {}
_apps: set[str] = set()


def register_unshown(app: str, reason: str, *models: str) -> None:
    """Called in ``ready()``: public pages are shown nothing of these tables of an app, and why. All
    others of the app count, and those a many-to-many field makes; histories do not."""
    _unshown.update({f"{app}.{model}".lower(): reason for model in models})
    if app not in _apps:
        _apps.add(app)
        post_migrate.connect(_put_triggers, sender=apps.get_app_config(app))


def register_instants(app: str, **columns: tuple[str, ...]) -> None:
    """Called in ``ready()``: by model, the columns with instants to come at which a public page
    shows something else."""
    _instants.update({f"{app}.{model}".lower(): names for model, names in columns.items()})


def public_mark(*, at: dt.datetime) -> str:
    """The mark at an instant, in one query that asks one row.

    It is read before what is kept under it, so what is kept is never older than its mark.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT mark FROM {TABLE} ORDER BY id")  # noqa: S608  (our own words)
        rows = cursor.fetchall()
    told = (rows, _next_instant(rows, at), local_day(at), get_language(), settings.CODE_REVISION)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def renew() -> None:
    """Another mark, after rows have come from elsewhere: one of then names pages of then."""
    made = "hex(randomblob(12))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET mark = {made}")  # noqa: S608  (our own words)


# --- what time changes ---

_known: tuple[Any, dt.datetime, list[dt.datetime]] | None = None
"""The rows of a mark, since when they are known, and the instants then to come."""


def _next_instant(rows: Any, at: dt.datetime) -> dt.datetime | None:
    """The first instant to come at which something else is shown. Those there are change only with
    the mark, so they are asked for once."""
    global _known
    known = _known
    if known is None or known[0] != (connection.alias, rows) or at < known[1]:
        known = ((connection.alias, rows), at, _coming(at))
        _known = known
    return next((instant for instant in known[2] if instant > at), None)


def _coming(at: dt.datetime) -> list[dt.datetime]:
    asked = [
        f"SELECT {column} FROM {apps.get_model(label)._meta.db_table} WHERE {column} > %(at)s"  # noqa: S608
        for label, columns in sorted(_instants.items())
        for column in columns
    ]
    if not asked:
        return []
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(f"{' UNION '.join(asked)} ORDER BY 1", {"at": now})
        return [_aware(row[0]) for row in cursor.fetchall()]


def _aware(stored: dt.datetime) -> dt.datetime:
    """An instant as it was stored (SQLite gives it without its zone)."""
    return stored if stored.tzinfo else stored.replace(tzinfo=dt.UTC)


# --- the triggers ---


def counted() -> Iterator[type[models.Model]]:
    """The tables of which public pages may be shown something."""
    for app in sorted(_apps):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            is_history = hasattr(model, "history_object") or not model._meta.managed
            if not is_history and model._meta.label_lower not in _unshown:
                yield model


def _put_triggers(sender: Any, using: str, **signal: Any) -> None:
    """After ``migrate``: each table that counts has its triggers, and no other."""
    there = set(connections[using].introspection.table_names())
    tables = [one._meta.db_table for one in counted() if one._meta.app_label == sender.label]
    own = [one._meta.db_table for one in sender.get_models(include_auto_created=True)]
    wanted = {table for table in tables if table in there}
    put = _ON.get(connections[using].vendor)
    assert put, "the triggers are written for SQLite and PostgreSQL"
    put(connections[using], wanted, {table for table in own if table in there})


def _on_sqlite(database: Any, wanted: set[str], own: set[str]) -> None:
    changes = f"UPDATE {TABLE} SET mark = hex(randomblob(12))"  # noqa: S608  (our own words)
    triggers = {
        f"{table}_{act.lower()}_{_NAME}": f"AFTER {act} ON {table} BEGIN {changes}; END"
        for table in wanted
        for act in ("INSERT", "UPDATE", "DELETE")
    }
    with database.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} (id integer PRIMARY KEY, mark text NOT NULL)"
        )
        cursor.execute(
            f"INSERT INTO {TABLE} SELECT 1, hex(randomblob(12)) "  # noqa: S608
            f"WHERE NOT EXISTS (SELECT 1 FROM {TABLE})"
        )
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"%{_NAME}"],
        )
        there = {name: sql for name, table, sql in cursor.fetchall() if table in own}
        for name in there:
            if not there[name].endswith(triggers.get(name, "nothing")):
                cursor.execute(f"DROP TRIGGER {name}")
        for name, words in triggers.items():
            if not there.get(name, "").endswith(words):
                cursor.execute(f"CREATE TRIGGER {name} {words}")


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {TABLE} SET mark = gen_random_uuid() WHERE id = (
        SELECT id FROM {TABLE} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    );
    IF NOT FOUND THEN
        INSERT INTO {TABLE} DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$"""  # noqa: S608  (our own words)
"""Nobody waits for anybody: who finds every row held by the transactions of others adds one of
their own. So there are as many rows as ever wrote at once, and all of them are the mark."""


def _on_postgresql(database: Any, wanted: set[str], own: set[str]) -> None:
    with database.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} ("
            "id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
            "mark uuid NOT NULL DEFAULT gen_random_uuid())"
        )
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname = %s AND pg_table_is_visible(c.oid)",
            [_NAME],
        )
        there = {table for (table,) in cursor.fetchall()} & own
        if not there:
            cursor.execute(_FUNCTION)
        for table in there - wanted:
            cursor.execute(f"DROP TRIGGER {_NAME} ON {table}")
        for table in wanted - there:
            cursor.execute(
                f"CREATE TRIGGER {_NAME} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {_NAME}()"
            )


_ON = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def without_triggers() -> Iterable[str]:
    """Tables that count and do not tell; none where ``migrate`` has run."""
    names = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname LIKE %s AND pg_table_is_visible(c.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(names, [f"%{_NAME}"])
        there = {table for (table,) in cursor.fetchall()}
    return sorted({one._meta.db_table for one in counted()} - there)
