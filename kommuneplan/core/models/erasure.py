"""That somebody was erased, without saying who."""

from __future__ import annotations

import hashlib
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock


def address_digest(address: str, salt: str) -> str:
    """The digest by which an erased address is known again: scrypt, because addresses can be
    guessed, and a fast digest would say who has been erased to whoever tries some thousands."""
    key = address.strip().lower().encode()
    return hashlib.scrypt(key, salt=salt.encode(), n=2**13, r=8, p=1, dklen=32).hex()


class Erasure(models.Model):
    """One erasure of a person: digest and time. It is replayed on a backup that is older."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    salt = models.CharField(max_length=32, editable=False)
    at = models.DateTimeField(_("erased"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.uid)

    def is_of(self, address: str) -> bool:
        """Whether this address was the erased one's."""
        return address_digest(address, self.salt) == self.digest
