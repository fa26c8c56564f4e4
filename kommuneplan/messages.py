"""Messages to the user: English source strings, said in the active language when there is one.

What reads hostile files also runs in a bare subprocess without Django; there a message stays its
source string, and the parent process says it.
"""

from __future__ import annotations

import sys


def gettext(source: str) -> str:
    """The message in the active language; the source itself outside a running Django."""
    if "django.conf" not in sys.modules:
        return source
    from django.conf import settings

    if not settings.configured:
        return source
    from django.utils.translation import gettext as translate

    return str(translate(source))


def gettext_noop(source: str) -> str:
    """Mark a message that is said later, elsewhere."""
    return source
