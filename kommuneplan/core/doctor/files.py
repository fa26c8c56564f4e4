"""What lies on the disk: is it there, is there room, and who may read it?"""

from __future__ import annotations

import filecmp
import json
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _

from kommuneplan.core.models import StoredFile

from .diagnosis import Diagnosis, fault, fine, warning

_GB = 1_000_000_000
FULL = 1 * _GB  # an evening before a deadline sends in some hundred files of 10 MB
SCARCE = 5 * _GB
MANIFEST = "staticfiles.json"


def static_files() -> Diagnosis:
    """What the finders find lies collected, and is the same."""
    remedy = _("Run manage.py collectstatic --noinput.")
    root = Path(settings.STATIC_ROOT)
    try:
        known = json.loads((root / MANIFEST).read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return fault(_("Static files"), _("They have not been collected."), remedy)
    old = [name for name, source in _found() if not _is_there(name, source, root, known)]
    if old:
        words = _("Not collected, or changed since: %(count)s, such as %(name)s.")
        return fault(_("Static files"), words % {"count": len(old), "name": min(old)}, remedy)
    return fine(_("Static files"), _("All are collected."))


def _found() -> Iterator[tuple[str, Path]]:
    seen = set()
    for finder in get_finders():
        for name, storage in finder.list([]):
            whole = str(Path(getattr(storage, "prefix", None) or "") / name)
            if whole not in seen:
                seen.add(whole)
                yield whole, Path(storage.path(name))


def _is_there(name: str, source: Path, root: Path, known: dict[str, str]) -> bool:
    collected = root / name
    return name in known and collected.is_file() and filecmp.cmp(source, collected)


def store() -> Diagnosis:
    """The store of files answers, and hands nothing to strangers."""
    subject, bucket = _("Store of files"), settings.S3_BUCKET
    if not bucket:
        return fine(subject, _("On this machine, in %(place)s.") % {"place": settings.MEDIA_ROOT})
    newest = StoredFile.objects.order_by("-pk").first()
    try:
        if newest is not None and default_storage.is_open_to_all(newest.content.name):
            return fault(
                subject,
                _("Whoever knows the name of a file in %(bucket)s can read it.")
                % {"bucket": bucket},
                _("Close the bucket: no public access, and no policy that lets everybody in."),
            )
        default_storage.exists("doctor")
    except Exception as error:  # each library has its own
        return fault(
            subject,
            _("%(bucket)s does not answer (%(error)s).")
            % {"bucket": bucket, "error": type(error).__name__},
            _("See to the store, or correct S3_ENDPOINT, S3_BUCKET and the keys."),
        )
    return fine(subject, _("%(bucket)s answers.") % {"bucket": bucket})


def disk() -> Diagnosis:
    """Room for what comes in, where files and rows are written."""
    if not _written():
        return fine(_("Disk"), _("Nothing is kept on this machine."))
    least, where = min((disk_free(path), path) for path in _written())
    told = {"free": f"{least / _GB:.1f}".replace(".", ","), "place": where}
    words = _("%(free)s GB free at %(place)s.") % told
    remedy = _("Make room, or give the place more.")
    if least < FULL:
        return fault(_("Disk"), words, remedy)
    if least < SCARCE:
        return warning(_("Disk"), words, remedy)
    return fine(_("Disk"), words)


def disk_free(path: Path) -> int:
    """The bytes that are free where a path lies."""
    return shutil.disk_usage(_there(path)).free


def _written() -> list[Path]:
    """The places on this machine's disks that fill up."""
    own = _places()
    if connection.vendor == "sqlite":
        own.append(_database().parent)
    if settings.BACKUP_ROOT:
        own.append(settings.BACKUP_ROOT)
    return own


def _places() -> list[Path]:
    """Where the house writes what is handed in and what it notes; nowhere, if there is a store."""
    if settings.S3_BUCKET:
        return []
    return [Path(settings.MEDIA_ROOT), Path(settings.ERASURE_LEDGER).parent]


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


def _there(path: Path) -> Path:
    """The path, or as much of it as there is."""
    return next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())


def permissions() -> Diagnosis:
    """The house can write where it must, and nobody else on the machine reads along."""
    subject = _("Permissions of files")
    for place in _places():
        if not _can_write(place):
            return fault(
                subject,
                _("The house cannot write in %(place)s.") % {"place": place},
                _("Let it belong to the user that the house runs as."),
            )
    for place in _private():
        if is_open_to_others(place):
            return fault(
                subject,
                _("Everybody on the machine can read %(place)s.") % {"place": place},
                _("Close it: chmod o-rwx %(place)s") % {"place": place},
            )
    return fine(subject, _("Ours to write, and nobody else's to read."))


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=_there(folder)):
            return True
    except OSError:
        return False


def _private() -> list[Path]:
    """What holds secrets or what people have written, as far as it is there."""
    places = [
        *([] if settings.S3_BUCKET else [Path(settings.MEDIA_ROOT)]),
        Path(settings.ERASURE_LEDGER),
        settings.BASE_DIR / ".env",
        *([settings.BACKUP_ROOT] if settings.BACKUP_ROOT else []),
        *([_database()] if connection.vendor == "sqlite" else []),
    ]
    return [place for place in places if place.exists()]


def is_open_to_others(path: Path) -> bool:
    """Whether any user of the machine can read it: it says so, and so does each folder above."""
    own = path.stat().st_mode
    readable = own & (stat.S_IROTH | stat.S_IXOTH if stat.S_ISDIR(own) else stat.S_IROTH)
    ways = (folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents)
    return bool(readable) and all(ways)
