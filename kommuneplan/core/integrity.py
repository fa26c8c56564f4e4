"""What was received, frozen, published or noted is as it was: every app looks at its own.

A check is registered in ``ready()``; ``manage.py verify_versions`` runs them all, also after a
backup is restored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Erasure, StoredFile
from .privacy.actions import noted_in
from .privacy.ledger import ledger, unreadable


@dataclass(frozen=True, slots=True)
class IntegrityFault:
    """Something that is not as it was: where, and what."""

    where: str
    what: str

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


Look = Callable[[], Iterator[IntegrityFault | None]]
"""Looks at one thing after the other: None for one that is as it was."""


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """A kind of thing and how it is looked at."""

    key: str
    label: Any
    look: Look


@dataclass(frozen=True, slots=True)
class IntegrityResult:
    """So many things of a kind were looked at, and this was found."""

    check: IntegrityCheck
    looked_at: int
    faults: list[IntegrityFault]


_checks: dict[str, IntegrityCheck] = {}


def register_integrity(check: IntegrityCheck) -> None:
    """The same key again replaces it."""
    _checks[check.key] = check


def results() -> Iterator[IntegrityResult]:
    """Every check, run now, in the order of their keys."""
    for _key, check in sorted(_checks.items()):
        found = list(check.look())
        yield IntegrityResult(check, len(found), [one for one in found if one is not None])


# --- core's own


def register_own() -> None:
    """Called once, when the app is ready."""
    register_integrity(IntegrityCheck("core.files", gettext_lazy("Files"), _files))
    register_integrity(IntegrityCheck("core.ledger", gettext_lazy("The ledger"), _ledger))


def sha256_of_file(stored: StoredFile) -> str | None:
    """The digest of what lies in the store now; None where nothing does."""
    try:
        with stored.content.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def _files() -> Iterator[IntegrityFault | None]:
    for stored in StoredFile.objects.order_by("pk").iterator(500):
        there = sha256_of_file(stored)
        if there is None:
            yield IntegrityFault(str(stored.uid), _("the file is gone from the store"))
        elif there != stored.sha256:
            yield IntegrityFault(str(stored.uid), _("the file is not what was handed in"))
        else:
            yield None


def _ledger() -> Iterator[IntegrityFault | None]:
    """Each line can be read, and every erasure of the database stands in it."""
    for _line in range(unreadable()):
        yield IntegrityFault(ledger().name, _("a line of the ledger cannot be read"))
    noted = {str(one.uid) for one in noted_in(ledger())}
    for uid in Erasure.objects.order_by("pk").values_list("uid", flat=True):
        if str(uid) in noted:
            yield None
        else:
            yield IntegrityFault(str(uid), _("an erasure does not stand in the ledger"))
