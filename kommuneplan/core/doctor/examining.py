"""All questions, in the order in which one would ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import DatabaseError
from django.utils.translation import gettext as _

from . import database, files, running, surroundings
from .diagnosis import Diagnosis, fault, warning

QUESTIONS: tuple[Callable[[], Diagnosis], ...] = (
    surroundings.debug,
    surroundings.secret_key,
    surroundings.site_address,
    surroundings.allowed_hosts,
    surroundings.proxy,
    database.reachable,
    database.migrations,
    database.triggers,
    database.clocks_agree,
    database.told_to_citizens,
    files.static_files,
    files.store,
    files.disk,
    files.permissions,
    running.worker,
    running.backups,
    running.mails,
    running.strangers,
    running.shared_cache,
    surroundings.scanner,
)


def examine(questions: tuple[Callable[[], Diagnosis], ...] = QUESTIONS) -> Iterator[Diagnosis]:
    """Ask them all: one that cannot be answered keeps no other from being asked."""
    for question in questions:
        try:
            yield question()
        except DatabaseError:
            yield warning(
                question.__name__,
                _("Cannot be told: the database does not answer, or lacks a table."),
                _("See to the database first."),
            )
        except Exception as error:
            yield fault(
                question.__name__,
                _("Cannot be told: %(error)s.") % {"error": f"{type(error).__name__}: {error}"},
                _("See to this first."),
            )
