"""Messages to the user: English source strings, said in the active language when there is one.

What reads hostile files also runs in a bare subprocess without Django; there a message stays its
source string, and the parent process says it.
"""

from __future__ import annotations

import gettext as _gettext
import sys
from pathlib import Path

_said = _gettext.NullTranslations()


def say_in(language: str) -> None:
    """From now on say messages in a language, in a process without Django."""
    global _said
    there = Path(__file__).parent / "locale"
    _said = _gettext.translation("django", there, [language], fallback=True)


def gettext(source: str) -> str:
    """The message in the active language; outside a running Django in that of ``say_in``, else the
    source itself."""
    if "django.conf" not in sys.modules:
        return _said.gettext(source)
    from django.conf import settings

    if not settings.configured:
        return source
    from django.utils.translation import gettext as translate

    return str(translate(source))


def gettext_noop(source: str) -> str:
    """Mark a message that is said later, elsewhere."""
    return source
