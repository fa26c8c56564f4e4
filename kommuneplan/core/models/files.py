"""Files handed in: kept privately, known by what is in them."""

from __future__ import annotations

import hashlib
import uuid
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.enums import ScanState


def private_path(stored: StoredFile, filename: str) -> str:
    """Where the bytes lie: by digest, without the name they came with."""
    return f"{stored.sha256[:2]}/{stored.sha256}-{stored.uid.hex}"


class StoredFile(models.Model):
    """Some bytes and the name they came under. No address leads to them but a view that checks.

    What refers to a file protects it: it cannot be deleted while a version needs it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    content = models.FileField(upload_to=private_path, max_length=200)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    scan_state = models.CharField(
        _("virus scan"),
        max_length=20,
        choices=ScanState.choices,
        default=ScanState.NOT_SCANNED,
    )
    refusal = models.CharField(
        max_length=20, blank=True, editable=False
    )  # a code: see kommuneplan.uploads.verdicts
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep_large(
        cls, name: str, content: IO[bytes], content_type: str, by: object = None
    ) -> StoredFile:
        """Store what an open file holds, a piece at a time."""
        content.seek(0)
        digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        size = content.tell()
        stored = cls(
            name=name[-255:], content_type=content_type, size=size, sha256=digest, created_by=by
        )
        content.seek(0)
        stored.content.save(name, File(content), save=False)
        stored.save()
        return stored

    @property
    def is_unopened(self) -> bool:
        """Has nobody opened it yet?"""
        return self.scan_state == ScanState.WAITING

    @property
    def is_refused(self) -> bool:
        """Is it one that is given to nobody, because of what is in it?"""
        return self.scan_state in (ScanState.REFUSED, ScanState.INFECTED)

    @classmethod
    def keep(
        cls,
        name: str,
        data: bytes,
        content_type: str,
        by: object = None,
        scan_state: ScanState = ScanState.NOT_SCANNED,
    ) -> StoredFile:
        """Store bytes under the name they came with."""
        stored = cls(
            name=name[-255:],
            content_type=content_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            scan_state=scan_state,
            created_by=by,
        )
        stored.content.save(name, ContentFile(data), save=False)
        stored.save()
        return stored
