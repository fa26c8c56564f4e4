"""Optimistic locking: nobody overwrites what they have not seen.

``Locked.save()`` is one conditional ``UPDATE … WHERE version = …`` and the history row,
in one transaction. Read-modify-save without it loses updates.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


def seen_in(words: str) -> int:
    """The number of a version or revision that a page sent back; -1, which is none, for anything
    but a number of a row."""
    return int(words) if words.isdecimal() and len(words) < 10 else -1


class Conflict(Exception):
    """Somebody else has saved the row since it was read; ``mine`` is what was not stored."""

    def __init__(self, mine: models.Model) -> None:
        super().__init__(f"{mine._meta.label} {mine.pk} has been changed by somebody else")
        self.mine = mine


class Locked(models.Model):
    """A row that can be edited by several people: each save states which version it saw."""

    version = models.PositiveIntegerField(_("lock version"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row and its history.

        Raises Conflict, and stores nothing, when the row has moved on since it was read.
        """
        seen = self.version
        self.version = seen + 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
        except BaseException:
            self.version = seen
            raise

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> bool:
        unchanged = base_qs.filter(version=self.version - 1)
        updated = super()._do_update(unchanged, using, pk_val, values, *rest)
        if not updated and not self._state.adding:
            raise Conflict(self)
        return updated


class Outdated(Exception):
    """Something has changed since the user looked; show it again before anything is written."""
