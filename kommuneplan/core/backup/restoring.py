"""Bringing a backup back: checked before, checked after, and nobody who was erased comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django_q.models import OrmQ

from kommuneplan import clock
from kommuneplan.core.enums import MailReason, NoticeEnd
from kommuneplan.core.file_store import names_in
from kommuneplan.core.models import Erasure, Mail, Notice, User
from kommuneplan.core.privacy import hidden
from kommuneplan.core.privacy.actions import line_of, noted_in, replay
from kommuneplan.core.privacy.ledger import append, ledger
from kommuneplan.core.site import public_mark
from kommuneplan.core.site.page_cache import forget_pages

from .database import counts, saver
from .manifest import Manifest, NotWhole, read
from .saving import MEDIA, applied

_afterwards: list[Callable[[], object]] = []


def register_afterwards(make_anew: Callable[[], object]) -> None:
    """Called in ``ready()`` by an app that keeps something made from the rows: it is made anew from
    those that came back. Twice is as once."""
    if make_anew not in _afterwards:
        _afterwards.append(make_anew)


class RestoreOccupied(Exception):
    """There is something in the place where the backup would go."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and what was done to it afterwards."""

    manifest: Manifest
    erased_again: int
    hidden_again: int
    mails_held: int


def restore(folder: Path, *, replace: bool = False, ledgers: Iterable[Path] = ()) -> Restored:
    """Put a backup in the place of this installation's rows and files.

    Erasures and hidings noted in the ledger beside the database and in ``ledgers`` are done again,
    and the erasures of the database that is replaced. Raises NotWhole, and Occupied unless
    ``replace``.
    """
    manifest = read(folder)
    _fits(manifest)
    if is_occupied() and not replace:
        raise RestoreOccupied
    noted = (ledger(), *ledgers)
    erasures, hidings = [*noted_in(*noted), *_erasures_here()], hidden.noted_in(*noted)
    saver().load(folder)
    _files(folder, manifest)
    _compare(manifest)
    if connection.vendor == "sqlite":
        call_command("migrate", interactive=False, verbosity=0)
    held = _hold()
    again, hidden_again = replay(erasures), hidden.redo(hidings)
    for make_anew in _afterwards:
        make_anew()
    _note_all()
    public_mark.renew()
    forget_pages()
    return Restored(manifest, again, hidden_again, held)


def _fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise NotWhole(
            f"Sikkerhedskopien er fra {manifest.engine}, men databasen er {connection.vendor}."
        )
    if connection.vendor == "postgresql" and not applied():
        call_command("migrate", interactive=False, verbosity=0)
    newer = set(manifest.migrations) - _known()
    same = set(manifest.migrations) == set(applied())
    if newer or (connection.vendor == "postgresql" and not same):
        raise NotWhole(
            "Sikkerhedskopien er lavet med en anden udgave af programmet. Gendan den med den "
            "udgave i en tom database, og opgradér derefter."
        )


def _known() -> set[str]:
    """The migrations of this edition of the program."""
    return {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}


def is_occupied() -> bool:
    """Whether somebody has an account here, or there are files."""
    has_files = any(True for _name in names_in(default_storage))
    here = User._meta.db_table in connection.introspection.table_names()
    return has_files or (here and User.objects.exists())


def _erasures_here() -> list[Erasure]:
    here = Erasure._meta.db_table in connection.introspection.table_names()
    return [
        Erasure(uid=one.uid, digest=one.digest, salt=one.salt, at=one.at)
        for one in (Erasure.objects.all() if here else ())
    ]


def _files(folder: Path, manifest: Manifest) -> None:
    """Exactly the files of the backup, in the store that is set up: what else lies there belongs to
    rows that are gone."""
    saved = {name.removeprefix(f"{MEDIA}/") for name in manifest.files if name.startswith(MEDIA)}
    for name in [*names_in(default_storage)]:
        default_storage.delete(name)
    for name in sorted(saved):
        with (folder / MEDIA / name).open("rb") as copy:
            kept = default_storage.save(name, File(copy))
        if kept != name:
            raise NotWhole(f"Filen {name} kunne ikke gendannes under sit navn.")


def _compare(manifest: Manifest) -> None:
    found = counts()
    wrong = [table for table, number in manifest.rows.items() if found.get(table) != number]
    if wrong:
        raise NotWhole(f"Antallet af rækker passer ikke i: {', '.join(wrong)}.")


@transaction.atomic
def _hold() -> int:
    """Sessions end, the queue is emptied, and no mail goes out by itself: it may have been sent
    after the backup was made, and somebody has to say. What nobody was told by then stands on each
    person's own page."""
    Session.objects.all().delete()
    OrmQ.objects.all().delete()
    Notice.objects.waiting().update(ended_at=clock.now(), end=NoticeEnd.HELD)
    return Mail.objects.waiting().update(
        next_try=None, failed_at=clock.now(), reason=MailReason.RESTORED
    )


def _note_all() -> None:
    """The ledger knows every erasure that the database knows, the old ones of a new machine too."""
    known = {str(one.uid) for one in noted_in(ledger())}
    append(*(line_of(one) for one in Erasure.objects.all() if str(one.uid) not in known))
