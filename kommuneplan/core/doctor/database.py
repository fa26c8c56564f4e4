"""The database: does it answer, is it of this program, and what time is it there?"""

from __future__ import annotations

import datetime as dt

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.public_mark import without_triggers

from .diagnosis import Diagnosis, fault, fine, warning

NOTICED = dt.timedelta(seconds=1)
TOO_MUCH = dt.timedelta(seconds=10)  # a deadline is decided by the machine, a lease by both
_NOW = {
    "postgresql": "SELECT EXTRACT(EPOCH FROM clock_timestamp())",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
}


def reachable() -> Diagnosis:
    """Without it there is no page."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return fault(
            _("Database"),
            _("It does not answer (%(error)s).") % {"error": type(error).__name__},
            _("Start it, or correct DATABASE_URL."),
        )
    version = ".".join(str(part) for part in connection.get_database_version())
    return fine(_("Database"), f"{connection.display_name} {version}")


def migrations() -> Diagnosis:
    """The tables are those this program was written for: neither older nor newer."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = {app for app, _name in executor.loader.disk_migrations}
    foreign = {
        key
        for key in executor.loader.applied_migrations.keys() - executor.loader.disk_migrations
        if key[0] in ours and key not in executor.loader.replacements
    }
    if waiting:
        return fault(
            _("Migrations"),
            ngettext(
                "%(count)s has not been applied.", "%(count)s have not been applied.", len(waiting)
            )
            % {"count": len(waiting)},
            _("Stop the server and the worker, make a backup, and run manage.py migrate."),
        )
    if foreign:
        return fault(
            _("Migrations"),
            _("The database has been used by a newer edition of the program."),
            _("Install that edition again; a database does not go back."),
        )
    return fine(_("Migrations"), _("All are applied."))


def triggers() -> Diagnosis:
    """Every table that public pages ask tells them when it is written to."""
    missing = list(without_triggers())
    if not missing:
        return fine(_("Public pages"), _("Every change is told."))
    return fault(
        _("Public pages"),
        _("Changes of these tables are not told: %(tables)s.") % {"tables": ", ".join(missing)},
        _("Stop the server and the worker, and run manage.py migrate."),
    )


def told_to_citizens() -> Diagnosis:
    """Whoever answers is told whom to ask about personal data (GDPR art. 13(1)(b)), and whoever
    meets a barrier whom to write to."""
    house = Municipality.current()
    missing = []
    if not house.has_officer:
        missing.append(_("how to reach the data protection officer"))
    if not (house.contact_email and house.contact_phone):
        missing.append(_("a contact in writing and by telephone"))
    if not missing:
        return fine(_("What citizens are told"), _("Nothing is missing."))
    words = _("Missing: %(what)s.") % {"what": ", ".join(missing)}
    remedy = _("Fill it in under Setting up, The municipality.")
    return warning(_("What citizens are told"), words, remedy)


def clocks_agree() -> Diagnosis:
    """Who holds what, and for how long, is told by both clocks."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        there = dt.datetime.fromtimestamp(float(cursor.fetchone()[0]), dt.UTC)
    apart = abs(clock.now() - there)
    told = {"seconds": f"{apart.total_seconds():.1f}".replace(".", ",")}
    words = _("This machine and the database are %(seconds)s seconds apart.") % told
    remedy = _("Let both follow NTP (such as chrony or systemd-timesyncd).")
    if apart > TOO_MUCH:
        return fault(_("Clock"), words, remedy)
    if apart > NOTICED:
        return warning(_("Clock"), words, remedy)
    return fine(_("Clock"), _("This machine and the database agree."))
