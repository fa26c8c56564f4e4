"""A document as it was handed in: its bytes, read once and kept with the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from kommuneplan.core.models import StoredFile, User
from plans.readers.files.source import RefusedFile


@dataclass(frozen=True, slots=True)
class UploadedDocument:
    """A file somebody has handed in."""

    name: str
    data: bytes
    content_type: str

    def stored(self, *, by: User, content_type: str = "") -> StoredFile:
        """The file as a row, for its import; ``content_type`` where the reader knows better."""
        return StoredFile.keep(self.name, self.data, content_type or self.content_type, by)


def document_of(
    upload: UploadedFile, *, at_most: int, too_large: Callable[[str, int], RefusedFile]
) -> UploadedDocument:
    """The uploaded file in memory. A file over the limit is refused before a byte is read."""
    if upload.size > at_most:
        raise too_large(upload.name, upload.size)
    return UploadedDocument(upload.name, upload.read(), upload.content_type or "")
