"""Notes for the user: English source strings, shown in the active language."""

from __future__ import annotations


def note(message: str, **values: object) -> str:
    """``message`` in the active language with its ``%(name)s`` places filled.

    Works without Django being set up: then the source string is used as it is.
    """
    from django.conf import settings

    if settings.configured:
        from django.utils.translation import gettext

        message = gettext(message)
    return message % values if values else message


def source(message: str) -> str:
    """Mark a source string for the catalogue; it is translated when shown."""
    return message
