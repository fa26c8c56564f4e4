"""What somebody had typed when their session was over, kept until they have signed in again.

It travels in the page, signed, and is stored nowhere: no row and no session holds a text nobody
has sent. It is sent on only when the person presses a button.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

_SALT = "kommuneplan.kept"
_LASTS = 12 * 3600  # seconds
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (a field's name)


@dataclass(frozen=True, slots=True)
class PendingForm:
    """A form to send on: its address here, and its fields with all their values, in order."""

    address: str
    fields: list[tuple[str, list[str]]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each value with its field's name."""
        return [(name, value) for name, values in self.fields for value in values]


def has_typed(request: HttpRequest) -> bool:
    """Does the request carry anything but its token?"""
    return bool(request.FILES) or any(name != _TOKEN for name in request.POST)


def keep(request: HttpRequest) -> str:
    """The request's address and fields as signed text, for a hidden field. Files are left out."""
    fields = [(name, values) for name, values in request.POST.lists() if name != _TOKEN]
    return signing.dumps([request.get_full_path(), fields], salt=_SALT, compress=True)


def kept(sealed: str) -> PendingForm | None:
    """What ``keep`` put away; None for everything that it did not."""
    if not sealed:
        return None
    try:
        address, fields = signing.loads(sealed, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return None
    return PendingForm(address, [(name, values) for name, values in fields])
